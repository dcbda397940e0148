import type { Claims } from './claims.ts';
import type { Level } from './permissions.ts';
import type { Conclusion } from './result.ts';

/**
 * What GitHub is to a runner: who a job is, what it may know, and where its services are. The local platform implements
 * it over its loopback forge.
 */
export interface RunnerServices {
  readonly urls: { readonly server: string; readonly api: string; readonly graphql: string };
  /** Secrets and variables of the repository. */
  settings(): Promise<EnvironmentSettings>;
  /**
   * Asks to use an environment. Resolves when its protection rules let the job in, with undefined when there is no such
   * environment; rejects with the reason when they do not.
   */
  enterEnvironment(name: string, job: JobIdentity, signal: AbortSignal): Promise<EnvironmentSettings | undefined>;
  /** Announces a job that starts and gets what it identifies itself with. */
  registerJob(job: JobIdentity): Promise<JobCredentials>;
  /** Announces how a job ended; its token is worth nothing from then on. */
  finishJob(job: JobIdentity, ending: JobEnding): Promise<void>;
}

export interface EnvironmentSettings {
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

export interface JobIdentity {
  /** Ids through the calls, such as `release/build`. */
  readonly id: string;
  readonly name: string;
  /** What the job's identity token says; audience, times and token id are the issuer's. */
  readonly claims: Claims;
  /** What its token may do; an area that is not named is `none`. */
  readonly permissions: Readonly<Record<string, Level>>;
  readonly environment: { readonly name: string; readonly deployment: boolean } | undefined;
}

export interface JobCredentials {
  readonly token: string;
  /** Where identity tokens are asked for; used only when the job has `id-token: write`. */
  readonly identity?: { readonly requestUrl: string; readonly requestToken: string };
  /** Artifact and cache services for actions that bring their own client. */
  readonly runtime?: { readonly url: string; readonly token: string; readonly resultsUrl?: string };
}

export interface JobEnding {
  readonly conclusion: Conclusion;
  /** Empty when the job has no environment, or none was given. */
  readonly environmentUrl: string;
}

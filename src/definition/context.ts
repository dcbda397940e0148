import type { Clock, Exec, Files, FindProgram, Http, Log } from '../effects/effects.ts';
import type { Forge } from '../effects/forge.ts';

/** What an action may use of the world, and what it is told about the run it belongs to. */
export interface Context {
  readonly exec: Exec;
  readonly files: Files;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly program: FindProgram;
  /** Identity token of this job for an audience; rejects with what to add to the workflow when there is none. */
  readonly identityToken: (audience: string) => Promise<string>;
  /** The GitHub API; rejects when there is no token. */
  readonly forge: (token: string) => Promise<Forge>;
  /** Absolute path of a file that is shipped with Slipway. */
  readonly packaged: (path: string) => string;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** A folder of this job that nobody else writes to. */
  readonly temp: string;
  /** Statements that gates of this job wrote; the frame keeps the list. */
  readonly evidence: () => Promise<readonly EvidenceFile[]>;
  /** Environment variables that programs of the field need to see, such as KUBECONFIG and DOCKER_CONFIG. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same with logins to clouds, for programs that speak to a cluster. */
  readonly clusterEnvironment: Readonly<Record<string, string>>;
  /** Settings of the local run and the CLI, by name in lower case (`trusted-root` for SLIPWAY_TRUSTED_ROOT); empty on GitHub. */
  readonly local: Readonly<Record<string, string>>;
  readonly run: WorkflowRun | undefined;
  /** Aborted when the step is cancelled. */
  readonly signal: AbortSignal;
  /** Values that `run` leaves for `post`, by name. */
  readonly state: Readonly<Record<string, string>>;
  readonly saveState: (name: string, value: string) => void;
}

/** A statement on disk, written by a gate of this very job. */
export interface EvidenceFile {
  readonly path: string;
  readonly sha256: string;
}

/** The workflow run, from the runner's default variables (docs.github.com, "Variables reference"). */
export interface WorkflowRun {
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly repositoryId: string;
  readonly runId: string;
  readonly attempt: string;
  readonly job: string;
  readonly actor: string;
  readonly event: string;
  readonly ref: string;
  /** Whether a rule protects the ref: only reviewed changes reach it. */
  readonly refProtected: boolean;
  readonly sha: string;
  /** Page of the run. */
  readonly url: string;
}

import type { RunNumbers } from './claims.ts';
import type { ConcurrencyGroups } from './concurrency.ts';
import type { EventFacts, WorkflowEvent } from './event.ts';
import type { Permissions } from './permissions.ts';
import type { WorkflowPlan } from './plan.ts';
import type { StopTimes } from './process.ts';
import type { Repositories, RepositoryMapping } from './repositories.ts';
import type { StepResult } from './result.ts';
import type { EnvironmentSettings, RunnerServices } from './services.ts';
import type { Builder, StandIn } from './stand-in.ts';

/** What a run is made of. */
export interface RunOptions {
  readonly event: WorkflowEvent;
  /** Path of the workflow in the repository of the event, such as `.github/workflows/release.yml`. */
  readonly workflow: string;
  /** `owner/name` of every repository that may take part, and where it lies. The event's own is read from git. */
  readonly repositories: Readonly<Record<string, RepositoryMapping>>;
  readonly run: RunNumbers;
  /** A folder of this run alone. It is not removed. */
  readonly folder: string;
  readonly services: RunnerServices;
  /** What `docker/build-push-action` is carried out with. */
  readonly builder?: Builder;
  /** Values of `runs-on` that this machine answers to. */
  readonly labels?: readonly string[];
  readonly defaultPermissions?: Permissions;
  readonly refProtected?: boolean;
  readonly immutableSubject?: boolean;
  /** Variables that every step sees besides those of a runner: the settings of a local platform. */
  readonly runnerEnvironment?: Readonly<Record<string, string>>;
  /** The environment of this machine, of which a step sees only what it needs to reach the network and its programs. */
  readonly hostEnvironment?: Readonly<Record<string, string | undefined>>;
  readonly toolCache?: string;
  /** A Node of version 24 or newer; by default the one that this runs on. */
  readonly node?: string;
  readonly standIns?: readonly StandIn[];
  /** Shared by runs that must respect each other's concurrency groups. */
  readonly concurrency?: ConcurrencyGroups;
  readonly onLine?: (line: LogLine) => void;
  /** Cancels the run: running steps are stopped in stages, then clean-up and `always()` run. */
  readonly cancel?: AbortSignal;
  /** Ends the run at once: everything that runs is killed, and nothing is started any more. */
  readonly kill?: AbortSignal;
  /** Shorter in tests. */
  readonly times?: Partial<Times>;
}

/** A line as it is printed, masked. */
export interface LogLine {
  readonly job: string;
  readonly step: string;
  readonly phase: StepResult['phase'];
  readonly text: string;
}

/** Milliseconds. */
export interface Times extends StopTimes {
  /** What `timeout-minutes` counts in. */
  readonly minute: number;
  /** From a cancellation until everything that still runs is killed. */
  readonly cancel: number;
}

/** What every job of a run needs. */
export interface RunContext {
  readonly options: RunOptions;
  readonly event: EventFacts;
  readonly run: RunNumbers;
  /** The workflow that the event started. */
  readonly entry: WorkflowPlan;
  readonly repositories: Repositories;
  readonly settings: EnvironmentSettings;
  readonly concurrency: ConcurrencyGroups;
  readonly times: Times;
  readonly node: string;
  readonly labels: readonly string[];
  readonly hostEnvironment: Readonly<Record<string, string>>;
  readonly cancel: AbortSignal;
  readonly kill: AbortSignal;
}

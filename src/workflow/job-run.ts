import type { JobFolders } from './job-folders.ts';
import type { JobState } from './job-state.ts';
import type { StepResult } from './result.ts';
import type { RunContext } from './run-context.ts';
import type { JobCredentials } from './services.ts';
import type { StepLog } from './step-log.ts';

/** A job that runs: what each of its steps works with. */
export interface JobRun {
  readonly context: RunContext;
  readonly state: JobState;
  readonly folders: JobFolders;
  readonly credentials: JobCredentials;
  /** By which processes of this job are known again. */
  readonly trackingId: string;
  /** Cancels the job: steps whose condition no longer holds are stopped. */
  readonly cancel: AbortSignal;
  /** Kills what runs; nothing is started any more. */
  readonly kill: AbortSignal;
  readonly openLog: (name: string, phase: StepResult['phase']) => StepLog;
}

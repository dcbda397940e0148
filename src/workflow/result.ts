import type { Problem } from './problem.ts';

/** How a step or job ended. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A line beside the code, as `::error::` and its kin ask for it; masked, and cut as GitHub cuts it. */
export interface Annotation {
  readonly type: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** What a step did. Every text in it is masked. */
export interface StepResult {
  readonly name: string;
  readonly phase: 'set up' | 'pre' | 'main' | 'post' | 'complete';
  /** Before `continue-on-error`. */
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly lines: readonly string[];
  readonly annotations: readonly Annotation[];
  /** Markdown of the step summary; empty when there is none. */
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/** A stand-in that ran in place of a third-party action. */
export interface UsedStandIn {
  readonly action: string;
  readonly instead: string;
}

export interface JobResult {
  /** Ids through the calls, such as `release/build`. */
  readonly id: string;
  /** Names through the calls, such as `Release / Build`. */
  readonly name: string;
  readonly conclusion: Conclusion;
  /** ISO 8601, UTC; both undefined for a job that never started. */
  readonly startedOn: string | undefined;
  readonly finishedOn: string | undefined;
  readonly steps: readonly StepResult[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly environment: { readonly name: string; readonly url: string } | undefined;
  readonly standIns: readonly UsedStandIn[];
}

/** What a whole run did. */
export interface RunResult {
  /** `startup_failure`: nothing ran, and `problems` says why. */
  readonly conclusion: Conclusion | 'startup_failure';
  readonly problems: readonly Problem[];
  readonly jobs: readonly JobResult[];
  /** Each action once. */
  readonly standIns: readonly UsedStandIn[];
  readonly annotations: readonly (Annotation & { readonly job: string })[];
  /** The code that ran: repositories at the commits used, and whether files were taken as they lie. */
  readonly sources: readonly {
    readonly repository: string;
    readonly ref: string;
    readonly sha: string;
    readonly asItLies: boolean;
  }[];
}

/** Failure before cancellation before success; nothing but skipped is skipped. */
export function combine(conclusions: readonly Conclusion[]): Conclusion {
  for (const conclusion of ['failure', 'cancelled', 'success'] as const)
    if (conclusions.includes(conclusion)) return conclusion;
  return 'skipped';
}

/** Seconds that a job took; empty for one that never started. */
export function secondsOf({ startedOn, finishedOn }: JobResult): string {
  if (startedOn === undefined || finishedOn === undefined) return '';
  return ((Date.parse(finishedOn) - Date.parse(startedOn)) / 1000).toFixed(1);
}

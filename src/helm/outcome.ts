import type { Finding, Measurement, Section } from '../report/report.ts';

/** How a change of a release ended. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly measurements: readonly Measurement[];
  readonly sections: readonly Section[];
  /** Pods that were seen to run what they should: the released image, or after a rollback all images of that revision. */
  readonly pods: number;
  /** Whether an earlier revision was seen to run again, or a failed first install to be gone. */
  readonly rolledBack: boolean;
}

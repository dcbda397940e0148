import type { Finding, PolicyUsed, Predicate, Section, Verdict } from '../report/report.ts';

/** Whether a digest may enter a stage, and everything a report or evidence needs to say about it. */
export interface PromotionDecision {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Clause, needed, found, result. */
  readonly table: Section;
  readonly policy: PolicyUsed;
  /** SLSA verification summary (slsa.dev/verification_summary/v1) of this decision. */
  readonly summary: Predicate;
}

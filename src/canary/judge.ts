import { binomialUpperTail } from '../statistics/binomial.ts';
import { pValueOfMoreBad, type Counts } from '../statistics/two-counts.ts';
import type { StagePlan } from './plan.ts';

/** Requests of a stage so far. At weight 100 the baseline's are those of the stages before. */
export interface StageCounts {
  readonly candidate: Counts;
  readonly baseline: Counts;
}

/** What a look at the counts said. */
export interface LookResult {
  /** Which look of the plan, from 0. */
  readonly look: number;
  /** How likely so many bad requests are when the candidate is no worse than the baseline. */
  readonly comparison: number;
  /** How likely they are when the candidate just keeps the error objective. */
  readonly objective: number;
  readonly verdict: 'worse-than-baseline' | 'misses-objective' | 'harmless' | 'passed';
}

/** The look that is due with these counts: the latest one that has its requests and comes after `done`, if any. */
export function dueLook({ needed, looks }: StagePlan, counts: StageCounts, done: number): number | undefined {
  const progress = Math.min(counts.candidate.requests / needed.candidate, counts.baseline.requests / needed.baseline);
  const due = looks.findLastIndex(({ at }) => progress >= at);
  return due > done ? due : undefined;
}

/** Takes a look of the plan. Only the last look, at which all needed requests were counted, can pass a stage. */
export function takeLook(plan: StagePlan, look: number, counts: StageCounts, errorObjective: number): LookResult {
  const alphas = plan.looks[look];
  if (alphas === undefined) throw new Error(`the plan has no look ${look}`);
  const { candidate, baseline } = counts;
  const comparison = pValueOfMoreBad(candidate, baseline);
  const objective = binomialUpperTail(candidate.bad, candidate.requests, errorObjective);
  const verdict =
    comparison <= alphas.comparisonAlpha
      ? 'worse-than-baseline'
      : objective <= alphas.objectiveAlpha
        ? 'misses-objective'
        : look === plan.looks.length - 1
          ? 'passed'
          : 'harmless';
  return { look, comparison, objective, verdict };
}

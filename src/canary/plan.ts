import { milliseconds } from '../documents/duration.ts';
import { requestsNeeded, type RequestsNeeded } from '../statistics/two-counts.ts';
import type { CanaryPolicy } from './policy-schema.ts';

/** One look at the counts of a stage, and what each of the two tests may reject at. */
export interface Look {
  /** Taken as soon as both sides have this share of the requests that the stage needs. */
  readonly at: number;
  /** For "the candidate is worse than the baseline". */
  readonly comparisonAlpha: number;
  /** For "the candidate misses the error objective". */
  readonly objectiveAlpha: number;
}

export interface StagePlan {
  /** Percent of the traffic that the candidate gets. */
  readonly weight: number;
  /** Milliseconds. */
  readonly maxDuration: number;
  readonly needed: RequestsNeeded;
  /** In the order of their requests; the last one is at all that are needed. */
  readonly looks: readonly Look[];
}

/**
 * When a stage looks, and the share of its false-alarm rate that the look spends. The early looks are there for gross
 * harm, which needs few requests; the last one, for which the requests are planned, spends half.
 */
const spending: readonly { readonly at: number; readonly share: number }[] = [
  { at: 1 / 8, share: 1 / 6 },
  { at: 1 / 4, share: 1 / 6 },
  { at: 1 / 2, share: 1 / 6 },
  { at: 1, share: 1 / 2 },
];

/** Share of a look that goes to the objective; a tail falls so fast that a tenth costs it little. */
const objectiveShare = 0.1;

/**
 * What each stage of a policy needs. The false-alarm rate is shared evenly over the stages, within a stage over its
 * looks, within a look over its two tests. As the chance that any of several events happens is at most the sum of their
 * chances (Bonferroni), a candidate that is no worse than the baseline and keeps the objective is rejected with at most
 * the rate of the policy, however the counts of one look depend on those of another.
 *
 * At weight 100 no baseline is beside the candidate: it is compared with the baseline's requests of the stages before,
 * and needs as many requests as the stage before it. As the baseline has at least those of that stage, the power holds.
 */
export function planStages(policy: CanaryPolicy): StagePlan[] {
  const alpha = policy['false-alarm-rate'] / policy.stages.length;
  const looks = spending.map(({ at, share }) => ({
    at,
    comparisonAlpha: alpha * share * (1 - objectiveShare),
    objectiveAlpha: alpha * share * objectiveShare,
  }));
  const lastAlpha = looks.at(-1)?.comparisonAlpha ?? 0;
  const effect = { baselineErrors: policy['baseline-errors'], ratio: policy['detect-ratio'] };
  const plans: StagePlan[] = [];
  for (const stage of policy.stages) {
    const { weight } = stage;
    const before = plans.at(-1);
    const needed =
      weight === 100 && before !== undefined
        ? before.needed
        : requestsNeeded(effect, weight / 100, lastAlpha, policy.power);
    plans.push({ weight, maxDuration: milliseconds(stage['max-duration']), needed, looks });
  }
  return plans;
}

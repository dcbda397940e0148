import { binomialUpperTail, poissonChance } from './binomial.ts';

/** How many requests one side answered, and how many of them were bad; whole numbers. */
export interface Counts {
  readonly requests: number;
  readonly bad: number;
}

/**
 * How likely it is that the candidate has at least this many of the bad requests when it is no worse than the
 * baseline: the exact conditional test of two Poisson rates, one-sided (Przyborowski and Wilenski, Biometrika 31,
 * 1940). Given all bad requests, each is the candidate's with the chance of the candidate's share of all requests, so
 * the count is Binomial; time of day and load, which move both rates together, cancel out. For bad requests that are
 * not rare the true count is hypergeometric, which has lighter tails: the value is then too large, never too small.
 * @returns a p-value in [0, 1]; 1 when there was no bad request or no request of the baseline
 */
export function pValueOfMoreBad(candidate: Counts, baseline: Counts): number {
  const requests = candidate.requests + baseline.requests;
  if (requests === 0) return 1;
  return binomialUpperTail(candidate.bad, candidate.bad + baseline.bad, candidate.requests / requests);
}

/** What a comparison shall be able to see. */
export interface Effect {
  /** Share of bad requests of a healthy baseline, in (0, 1). */
  readonly baselineErrors: number;
  /** How many times as many the candidate has, above 1. */
  readonly ratio: number;
}

/** The candidate's share of the bad requests when its rate is `ratio` times the baseline's. */
function shareOfBad(share: number, ratio: number): number {
  return (ratio * share) / (ratio * share + 1 - share);
}

/** The smallest count of the candidate's bad requests, out of `events`, at which the test rejects; events + 1 when none does. */
function criticalCount(events: number, share: number, alpha: number, atLeast: number): number {
  let count = atLeast;
  while (count <= events && binomialUpperTail(count, events, share) > alpha) count++;
  return count;
}

/**
 * The chance that the test rejects at `alpha` after this many requests of each side, when the candidate is as bad as
 * `effect` says: the power at each number of bad requests, weighed with how likely that number is (Poisson).
 */
export function power(candidate: number, baseline: number, effect: Effect, alpha: number): number {
  const share = candidate / (candidate + baseline);
  const mean = effect.baselineErrors * (baseline + effect.ratio * candidate);
  // Beyond ten standard deviations lies less than 1e-20 of the distribution; small means need the constant.
  const spread = 10 * Math.sqrt(mean) + 20;
  const badShare = shareOfBad(share, effect.ratio);
  let sum = 0;
  let critical = 0;
  for (let events = Math.max(0, Math.floor(mean - spread)); events <= mean + spread; events++) {
    // One more event raises the critical count by one or not at all.
    critical = criticalCount(events, share, alpha, critical);
    sum += poissonChance(events, mean) * binomialUpperTail(critical, events, badShare);
  }
  return Math.min(1, sum);
}

/** Requests that each side needs. */
export interface RequestsNeeded {
  readonly candidate: number;
  readonly baseline: number;
}

/**
 * The fewest requests of both sides, split by `share`, with which the test at `alpha` sees `effect` with at least the
 * wanted `power`.
 * @param share the candidate's share of all requests, in (0, 1)
 */
export function requestsNeeded(effect: Effect, share: number, alpha: number, wantedPower: number): RequestsNeeded {
  const baselineFor = (candidate: number): number => Math.ceil((candidate * (1 - share)) / share);
  const suffices = (candidate: number): boolean =>
    power(candidate, baselineFor(candidate), effect, alpha) >= wantedPower;
  let enough = 1;
  while (!suffices(enough)) enough *= 2;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (suffices(middle)) enough = middle;
    else tooFew = middle;
  }
  return { candidate: enough, baseline: baselineFor(enough) };
}

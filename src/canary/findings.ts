import type { Finding } from '../report/report.ts';
import type { LookResult } from './judge.ts';
import { canaryRules } from './rules.ts';
import { percentOf } from './summary.ts';
import type { TrafficProblem, TrafficSetup } from './traffic.ts';
import type { StageRecord } from './walk.ts';

/** The candidate is harmful: what the look saw, and how unlikely that is by chance. */
export function harmFinding({ plan, counts }: StageRecord, look: LookResult, errorObjective: number): Finding {
  const { candidate, baseline } = counts;
  const place = { resource: `stage ${plan.weight} %` };
  const seen = `${candidate.bad} of ${candidate.requests} requests of the candidate were bad`;
  return look.verdict === 'worse-than-baseline'
    ? {
        rule: canaryRules.worseThanBaseline,
        message: `${seen}, and ${baseline.bad} of ${baseline.requests} of the baseline: chance would do that once in ${onceIn(look.comparison)}.`,
        place,
      }
    : {
        rule: canaryRules.missesObjective,
        message: `${seen}; the objective is at most ${percentOf(errorObjective)} %, with which chance would do that once in ${onceIn(look.objective)}.`,
        place,
      };
}

/** `2400` for a chance of 0.00042, in two digits. */
function onceIn(chance: number): string {
  return chance === 0 ? 'more times than can be counted' : Number((1 / chance).toPrecision(2)).toString();
}

/** The time of a stage is over and its requests were not there. */
export function tooFewFinding({ plan, counts }: StageRecord): Finding {
  const place = { resource: `stage ${plan.weight} %` };
  const { candidate, baseline } = counts;
  const time = `${plan.maxDuration / 1000} s`;
  if (candidate.requests === 0)
    return {
      rule: canaryRules.noTraffic,
      message: `The candidate got no request in ${time} at weight ${plan.weight}.`,
      place,
    };
  return {
    rule: canaryRules.notEnoughRequests,
    message: `In ${time} the candidate got ${candidate.requests} of ${plan.needed.candidate} requests and the baseline ${baseline.requests} of ${plan.needed.baseline}.`,
    place,
  };
}

/** The weights could not be read or set. */
export function trafficFinding({ kind, message }: TrafficProblem, { route }: TrafficSetup): Finding {
  const place = { resource: `httproute/${route}` };
  switch (kind) {
    case 'unusable':
      return { rule: canaryRules.routeUnusable, message: `The route cannot be split: ${message}.`, place };
    case 'changed':
      return {
        rule: canaryRules.routeChanged,
        message: `The weights are not the ones of this canary: ${message}.`,
        place,
      };
    case 'cluster':
      return { rule: canaryRules.clusterUnreachable, message: `The cluster gave no weights: ${message}.`, place };
  }
}

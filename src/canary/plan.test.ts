import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { binomialDraw, randomNumbers } from '../../test/support/random.ts';
import { parseChecked } from '../documents/checked.ts';
import { power } from '../statistics/two-counts.ts';
import { dueLook, takeLook, type LookResult, type StageCounts } from './judge.ts';
import { planStages, type StagePlan } from './plan.ts';
import { canaryPolicySchema, type CanaryPolicy } from './policy-schema.ts';

const shipped = readFileSync('policies/canary.yaml', 'utf8');

function policyOf(text: string): CanaryPolicy {
  const checked = parseChecked(text, canaryPolicySchema);
  if ('problems' in checked) throw new Error(checked.problems.map(({ message }) => message).join('\n'));
  return checked.value;
}

/** Seconds that a stage takes at a total rate of requests a second, when the traffic follows the weights. */
function secondsAt({ needed, weight }: StagePlan, totalRate: number): number {
  const ofCandidate = needed.candidate / (totalRate * (weight / 100));
  const ofBaseline = weight === 100 ? 0 : needed.baseline / (totalRate * (1 - weight / 100));
  return Math.max(ofCandidate, ofBaseline);
}

const policy = policyOf(shipped);
const plans = planStages(policy);

describe('the policy', () => {
  it.each([
    ['weights that fall', '{ weight: 50,', '{ weight: 5,', 'more traffic than the one before'],
    ['an end below 100', '{ weight: 100,', '{ weight: 99,', 'The last stage has weight 100'],
    ['one stage', /.*weight: (?:10|50),.*\n/g, '', 'Too small'],
    ['more bad requests than requests', 'detect-ratio: 5', 'detect-ratio: 101', 'more bad requests than requests'],
    [
      'an objective that the baseline may miss',
      'error-objective: 0.05',
      'error-objective: 0.009',
      'the baseline itself',
    ],
    ['a selector for both sides', 'backend="{backend}"', 'backend="shop"', 'both sides are the same requests'],
    ['a query for a selector', 'selector: slipway', 'selector: sum(slipway', 'a metric name with labels in braces'],
    ['a time without unit', 'hold-limit: 5m', 'hold-limit: 300', 'hold-limit'],
    ['polling without a pause', 'poll-interval: 5s', 'poll-interval: 0s', 'At least 100ms'],
    ['an unknown key', 'power: 0.9', 'powers: 0.9', 'Unrecognized key: "powers"'],
  ])('refuses %s', (_, from, to, message) => {
    expect(() => policyOf(shipped.replaceAll(from, to))).toThrow(message);
  });
});

describe('the plan', () => {
  it('shares the false-alarm rate over stages, looks and tests, and spends no more than it has', () => {
    const spent = plans
      .flatMap(({ looks }) => looks)
      .reduce((sum, { comparisonAlpha, objectiveAlpha }) => sum + comparisonAlpha + objectiveAlpha, 0);
    expect(spent).toBeCloseTo(policy['false-alarm-rate'], 12);
  });

  it('gives the last look of each stage the power that is asked for', () => {
    const effect = { baselineErrors: policy['baseline-errors'], ratio: policy['detect-ratio'] };
    for (const { needed, looks } of plans) {
      const { comparisonAlpha } = looks.at(-1)!;
      expect(power(needed.candidate, needed.baseline, effect, comparisonAlpha)).toBeGreaterThanOrEqual(policy.power);
    }
  });

  it('asks at weight 100 for as many requests as in the stage before', () => {
    expect(plans[2]?.needed).toEqual(plans[1]?.needed);
  });

  it('is what the README promises for the policy that is shipped', () => {
    const rows = [
      ...readFileSync('actions/canary-analyze/README.md', 'utf8').matchAll(/^\| (\d+) requests\/s +\|(.*)\|$/gm),
    ];
    expect(rows).toHaveLength(4);
    for (const [, rate, cells = ''] of rows) {
      const seconds = plans.map((plan) => secondsAt(plan, Number(rate)));
      const total = seconds.reduce((sum, time) => sum + time, 0);
      expect(cells.split('|').map((cell) => cell.trim())).toEqual(
        [...seconds, total].map((time) => `${Math.ceil(time)} s`),
      );
    }
  });
});

describe('looking', () => {
  const plan: StagePlan = { ...plans[0]!, needed: { candidate: 80, baseline: 720 } };
  const counts = (candidate: number, baseline: number, bad = 0): StageCounts => ({
    candidate: { requests: candidate, bad },
    baseline: { requests: baseline, bad: 0 },
  });

  it.each([
    ['too few requests', counts(9, 720), -1, undefined],
    ['an eighth of both sides', counts(10, 90), -1, 0],
    ['the same once more', counts(11, 99), 0, undefined],
    ['as much as half, at once', counts(50, 400), -1, 2],
    ['a quarter of the baseline only', counts(80, 200), 0, 1],
    ['all requests', counts(80, 720), 1, 3],
    ['no baseline', counts(800, 0), -1, undefined],
  ])('with %s', (_, seen, done, wanted) => expect(dueLook(plan, seen, done)).toBe(wanted));

  it.each([
    ['nothing bad, before the end', 1, counts(20, 180), 'harmless'],
    ['nothing bad, at the end', 3, counts(80, 720), 'passed'],
    ['all bad ones at the candidate', 3, counts(80, 720, 4), 'worse-than-baseline'],
    ['nothing to compare with', 3, counts(80, 0, 40), 'misses-objective'],
  ])('%s', (_, look, seen, wanted) => expect(takeLook(plan, look, seen, 0.05).verdict).toBe(wanted));
});

describe('a whole canary of the shipped policy, simulated', () => {
  /** How one canary at 200 requests a second ends, polled every second. */
  function canary(errors: { candidate: number; baseline: number }, random: () => number): LookResult['verdict'] {
    const draw = (requests: number, chance: number) => ({ requests, bad: binomialDraw(requests, chance, random) });
    let earlier = { requests: 0, bad: 0 };
    for (const plan of plans) {
      const counts = {
        candidate: { requests: 0, bad: 0 },
        baseline: plan.weight === 100 ? earlier : { requests: 0, bad: 0 },
      };
      let look: LookResult | undefined;
      while (look?.verdict !== 'passed') {
        const ofCandidate = binomialDraw(200, plan.weight / 100, random);
        counts.candidate = sum(counts.candidate, draw(ofCandidate, errors.candidate));
        counts.baseline = sum(counts.baseline, draw(200 - ofCandidate, errors.baseline));
        const due = dueLook(plan, counts, look?.look ?? -1);
        if (due === undefined) continue;
        look = takeLook(plan, due, counts, policy['error-objective']);
        if (look.verdict === 'worse-than-baseline' || look.verdict === 'misses-objective') return look.verdict;
      }
      earlier = sum(earlier, counts.baseline);
    }
    return 'passed';
  }

  const sum = (one: { requests: number; bad: number }, other: { requests: number; bad: number }) => ({
    requests: one.requests + other.requests,
    bad: one.bad + other.bad,
  });

  const runs = 200;
  // Above each rate of rejection the simulation may lie by three standard errors.
  it.each([
    ['a healthy candidate, baseline 0.1 %', { candidate: 0.001, baseline: 0.001 }, 0, 0.025],
    ['a healthy candidate, baseline 1 %', { candidate: 0.01, baseline: 0.01 }, 0, 0.025],
    ['5 % errors, baseline 0.1 %', { candidate: 0.05, baseline: 0.001 }, 0.995, 1],
    ['5 % errors, baseline 1 %', { candidate: 0.05, baseline: 0.01 }, 0.99, 1],
    ['10 % errors on both sides', { candidate: 0.1, baseline: 0.1 }, 0.9, 1],
  ])('rejects %s as often as it should', (name, errors, atLeast, atMost) => {
    const random = randomNumbers(20_261_121);
    let rejected = 0;
    for (let run = 0; run < runs; run++) if (canary(errors, random) !== 'passed') rejected++;
    process.stdout.write(`${name}: ${rejected} of ${runs} canaries rejected\n`);
    expect(rejected / runs).toBeGreaterThanOrEqual(atLeast);
    expect(rejected / runs).toBeLessThanOrEqual(atMost);
  });
});

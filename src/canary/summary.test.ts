import { describe, expect, it } from '@jest/globals';
import type { StagePlan } from './plan.ts';
import { canaryMeasurements, stageTable, totals } from './summary.ts';
import type { StageRecord } from './walk.ts';

const needed = { candidate: 30, baseline: 270 };
const plans: StagePlan[] = [10, 50, 100].map((weight) => ({ weight, maxDuration: 60_000, needed, looks: [] }));
const stage = (index: number, candidate: [number, number], baseline: [number, number], look?: StageRecord['look']) => ({
  plan: plans[index]!,
  counts: {
    candidate: { requests: candidate[0], bad: candidate[1] },
    baseline: { requests: baseline[0], bad: baseline[1] },
  },
  ...(look && { look }),
});
const look = (verdict: NonNullable<StageRecord['look']>['verdict']) => ({
  look: 3,
  comparison: 0.123456,
  objective: 1,
  verdict,
});

describe('what a canary shows', () => {
  it('has a row for every stage of the plan, begun or not', () => {
    const stages = [
      stage(0, [31, 1], [280, 3], look('passed')),
      stage(1, [12, 6], [11, 0], look('worse-than-baseline')),
    ];
    expect(stageTable(plans, stages).rows).toEqual([
      ['10 %', 31, 30, 1, 280, 270, 3, '0.12', '1', 'passed'],
      ['50 %', 12, 30, 6, 11, 270, 0, '0.12', '1', 'worse than baseline'],
      ['100 %', '', 30, '', '', 270, '', '', '', 'not begun'],
    ]);
    expect(stageTable(plans, [stage(0, [3, 0], [27, 0])]).rows[0]?.at(-1)).toBe('not finished');
    expect(stageTable(plans, [stage(0, [9, 0], [80, 0], look('harmless'))]).rows[0]?.at(-1)).toBe('not finished');
  });

  it('counts every request once: at weight 100 those of the baseline are the earlier ones', () => {
    const stages = [stage(0, [30, 1], [270, 3]), stage(1, [300, 2], [270, 4]), stage(2, [300, 0], [540, 7])];
    expect(totals(stages)).toEqual({ candidate: { requests: 630, bad: 3 }, baseline: { requests: 540, bad: 7 } });
  });

  it('measures shares only of what there was', () => {
    expect(canaryMeasurements(plans, [], 0.05).map(({ name }) => name)).toEqual([
      'stages passed',
      'requests of the candidate',
    ]);
    expect(canaryMeasurements(plans, [stage(0, [40, 1], [360, 0], look('passed'))], 0.07)).toEqual([
      { name: 'stages passed', value: 1, unit: 'stages', limit: { atLeast: 3 } },
      { name: 'bad requests of the candidate', value: 2.5, unit: '%', limit: { atMost: 7 } },
      { name: 'bad requests of the baseline', value: 0, unit: '%' },
      { name: 'requests of the candidate', value: 40, unit: 'requests' },
    ]);
  });
});

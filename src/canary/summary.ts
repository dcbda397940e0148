import type { Measurement, Section } from '../report/report.ts';
import type { Counts } from '../statistics/two-counts.ts';
import type { StageCounts } from './judge.ts';
import type { StagePlan } from './plan.ts';
import type { StageRecord } from './walk.ts';

/** A row for each stage of the plan, also for those that were never begun. */
export function stageTable(plans: readonly StagePlan[], stages: readonly StageRecord[]): Section {
  return {
    title: 'Stages',
    columns: [
      'Weight',
      'Candidate',
      'needed',
      'bad',
      'Baseline',
      'needed',
      'bad',
      'p (baseline)',
      'p (objective)',
      'Result',
    ],
    rows: plans.map((plan, index) => {
      const stage = stages[index];
      const { needed } = plan;
      if (stage === undefined)
        return [`${plan.weight} %`, '', needed.candidate, '', '', needed.baseline, '', '', '', 'not begun'];
      const { candidate, baseline } = stage.counts;
      return [
        `${plan.weight} %`,
        ...[candidate.requests, needed.candidate, candidate.bad],
        ...[baseline.requests, needed.baseline, baseline.bad],
        chanceText(stage.look?.comparison),
        chanceText(stage.look?.objective),
        resultText(stage),
      ];
    }),
  };
}

function resultText({ look }: StageRecord): string {
  if (look === undefined || look.verdict === 'harmless') return 'not finished';
  return look.verdict.replaceAll('-', ' ');
}

function chanceText(chance: number | undefined): string {
  return chance === undefined ? '' : Number(chance.toPrecision(2)).toString();
}

/** Requests of both sides over all stages. */
export function totals(stages: readonly StageRecord[]): StageCounts {
  const sum = (counts: readonly Counts[]): Counts => ({
    requests: counts.reduce((total, { requests }) => total + requests, 0),
    bad: counts.reduce((total, { bad }) => total + bad, 0),
  });
  return {
    candidate: sum(stages.map(({ counts }) => counts.candidate)),
    // At weight 100 the baseline's requests are those of the stages before, once more.
    baseline: sum(stages.filter(({ plan }) => plan.weight < 100).map(({ counts }) => counts.baseline)),
  };
}

export function stagesPassed(stages: readonly StageRecord[]): number {
  return stages.filter(({ look }) => look?.verdict === 'passed').length;
}

export function canaryMeasurements(
  plans: readonly StagePlan[],
  stages: readonly StageRecord[],
  errorObjective: number,
): Measurement[] {
  const { candidate, baseline } = totals(stages);
  return [
    { name: 'stages passed', value: stagesPassed(stages), unit: 'stages', limit: { atLeast: plans.length } },
    ...badShare('bad requests of the candidate', candidate, { atMost: percentOf(errorObjective) }),
    ...badShare('bad requests of the baseline', baseline),
    { name: 'requests of the candidate', value: candidate.requests, unit: 'requests' },
  ];
}

/** Nothing when there was no request: a share of nothing is no number. */
function badShare(name: string, { requests, bad }: Counts, limit?: { atMost: number }): Measurement[] {
  if (requests === 0) return [];
  return [{ name, value: percentOf(bad / requests), unit: '%', ...(limit && { limit }) }];
}

/** A share as percent, in as many digits as a count of requests is worth. */
export function percentOf(share: number): number {
  return Number((share * 100).toFixed(4));
}

import type { JobResult } from '../workflow/result.ts';
import type { StandIn } from './page.ts';
import type { Journey } from './journey.ts';

/** The end of a local run for a terminal. */
export function journeyText(journey: Journey, standIns: readonly StandIn[], page: string): string {
  const { passed, sentence, runs, gates, figures, image, stages, evidence, evidenceFolder } = journey;
  const digest = image.split('@')[1] ?? 'none';
  return [
    '',
    'Jobs',
    ...runs.flatMap(({ result }) => result.jobs.filter(({ steps }) => steps.length > 0).map(jobLine)),
    '',
    'Verdicts',
    ...gates.map(
      ({ job, report }) => `  ${report.verdict === 'pass' ? '✓' : '✗'} ${report.gate} in ${job}: ${report.headline}`,
    ),
    '',
    'Figures beside the goals',
    ...figures.map(({ name, value, limit, met }) => `  ${met ? '✓' : '✗'} ${name}: ${value} (${limit})`),
    '',
    'The image',
    `  signed                ${digest}`,
    ...Object.entries(stages).flatMap(([name, { declared = 'none', running }]) => [
      `  ${`${name}, cluster`.padEnd(20)}  ${declared}`,
      `  ${`${name}, processes`.padEnd(20)}  ${[...new Set(running)].join(', ') || 'none'} (${running.length} running)`,
    ]),
    '',
    'Stand-ins: what is not the real thing here',
    ...standIns.map(({ part, here }) => `  ${part}: ${here}`),
    '',
    `Evidence: ${evidence.length} signed statements and the trusted root, in ${evidenceFolder}`,
    `Report:   ${page}`,
    '',
    `${passed ? '✓' : '✗'} ${sentence}`,
  ].join('\n');
}

function jobLine({ id, conclusion, startedOn = '', finishedOn = '' }: JobResult): string {
  const seconds = (Date.parse(finishedOn) - Date.parse(startedOn)) / 1000;
  return `  ${conclusion === 'success' ? '✓' : '✗'} ${id.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s`;
}

import { secondsOf, type JobResult } from '../workflow/result.ts';
import type { GateReport } from './gates.ts';
import type { Journey } from './journey.ts';
import type { Judgement } from './judgement.ts';
import type { ShownStandIn } from './page.ts';

/** The end of a local run for a terminal. */
export function journeyText(
  { runs, logFolder, gates, image, stages, evidence, evidenceFolder }: Journey,
  { passed, sentence, figures }: Judgement,
  standIns: readonly ShownStandIn[],
  page: string,
): string {
  const jobs = runs.flatMap(({ result }) => result.jobs.filter(({ steps }) => steps.length > 0));
  return [
    '',
    'Jobs',
    ...jobs.flatMap(jobLines),
    '',
    'Verdicts',
    ...gates.flatMap(gateLines),
    '',
    'Figures beside the goals',
    ...figures.map(({ name, value, limit, met }) => `  ${mark(met)} ${name}: ${value} (${limit})`),
    '',
    'The image',
    `  signed                ${image?.split('@')[1] ?? 'none'}`,
    ...Object.entries(stages).flatMap(([name, { declared = 'none', running }]) => [
      `  ${`${name}, cluster`.padEnd(21)} ${declared}`,
      `  ${`${name}, processes`.padEnd(21)} ${[...new Set(running)].join(', ') || 'none'} (${running.length} running)`,
    ]),
    '',
    'Stand-ins: what is not the real thing here',
    ...standIns.map(({ part, here }) => `  ${part}: ${here}`),
    '',
    `Evidence: ${evidence.length} signed statements and the trusted root, in ${evidenceFolder}`,
    `Logs:     ${logFolder}`,
    `Report:   ${page}`,
    '',
    `${mark(passed)} ${sentence}`,
  ].join('\n');
}

/** A job, and below one that failed what its steps said was wrong. */
function jobLines(job: JobResult): string[] {
  const { id, conclusion, steps } = job;
  const line = `  ${mark(conclusion === 'success')} ${id.padEnd(32)} ${(secondsOf(job) || '–').padStart(6)} s`;
  const failed = steps.filter(({ outcome }) => outcome === 'failure');
  const errors = failed.flatMap(({ name, annotations }) =>
    annotations.flatMap(({ type, message }) => (type === 'error' ? [`      ${name}: ${message}`] : [])),
  );
  return [line, ...errors];
}

/** A verdict, and below one that is no pass its findings with what to do. */
function gateLines({ job, report: { gate, verdict, headline, findings } }: GateReport): string[] {
  const line = `  ${mark(verdict === 'pass')} ${gate} in ${job}: ${headline}`;
  if (verdict === 'pass') return [line];
  const decisive = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive');
  return [line, ...decisive.flatMap(({ rule, message, fix }) => [`      ${rule}: ${message}`, `      Fix: ${fix}`])];
}

function mark(good: boolean): string {
  return good ? '✓' : '✗';
}

import { join } from 'node:path';
import type { Workshop } from '../tools/workshop.ts';
import type { RunResult } from '../workflow/result.ts';
import type { LogLine } from '../workflow/run-context.ts';
import type { Figure, ShownEvidence, ShownRun } from './page.ts';
import { imageOf, servesOnly, servingIn, type Serving } from './arrival.ts';
import { keepEvidence } from './evidence-files.ts';
import { gateReports, type GateReport } from './gates.ts';
import { installPreviousVersion, production } from './previous-version.ts';
import type { Road } from './road.ts';
import { startTraffic } from './traffic.ts';

/** Requests a second of the users. */
const rate = 50;
/** What the whole way may take (seconds) with every program in place. */
const budget = 180;

/** How the way from a pull request to production went. */
export interface Journey {
  readonly passed: boolean;
  /** One sentence for a person. */
  readonly sentence: string;
  readonly runs: readonly ShownRun[];
  readonly gates: readonly GateReport[];
  readonly figures: readonly Figure[];
  /** By tag and digest; empty when none was built. */
  readonly image: string;
  readonly stages: Readonly<Record<string, Serving>>;
  readonly evidence: readonly ShownEvidence[];
  readonly evidenceFolder: string;
}

export interface JourneyOptions {
  readonly folder: string;
  /** Path of Helm. */
  readonly helm: string;
  readonly workshop: Workshop;
  readonly onLine: (line: LogLine) => void;
}

/** A change to what is shipped, so that the new image is another one than that in production. */
const change = { 'server/version.txt': 'second\n' };

/** Carries a change of the example from a pull request to production while its users go on playing. */
export async function travel(road: Road, { folder, helm, workshop, onLine }: JourneyOptions): Promise<Journey> {
  const { platform, repository, signing } = road;
  const started = performance.now();
  workshop.say('production: installing the version before');
  await installPreviousVersion(road, helm, workshop);
  const traffic = startTraffic(platform.gateway.urls[production] ?? '', rate);
  try {
    const pull = await repository.propose('second-version', 'Ship the second version', change);
    const checked = await road.run(repository.opened(pull), { onLine });
    const runs: ShownRun[] = [{ event: 'pull_request', result: checked }];
    if (checked.conclusion === 'success') {
      const sha = await repository.merge(pull);
      runs.push({ event: 'push', result: await road.run(repository.pushed(sha), { onLine }) });
    }
    traffic.stop();
    const seconds = (performance.now() - started) / 1000;
    const gates = (await Promise.all(runs.map(({ result }) => gateReports(result)))).flat();
    const image = runs.map(({ result }) => imageOf(result)).findLast((one) => one !== undefined) ?? '';
    const digest = image.split('@')[1] ?? '';
    const names = Object.keys(platform.environments);
    const serving = await Promise.all(names.map(async (name) => [name, await servingIn(name, platform)] as const));
    const evidenceFolder = join(folder, 'evidence');
    const evidence = image === '' ? [] : await keepEvidence(image, signing.trustedRootPath, evidenceFolder, workshop);
    const failed = runs.flatMap(({ result }) => failures(result));
    const wrong = serving.filter(([, one]) => !servesOnly(digest, one)).map(([name]) => name);
    const sentence =
      failed.length > 0
        ? `stopped at ${failed.join(', ')}`
        : wrong.length > 0
          ? `the image that was signed is not what ${wrong.join(' and ')} runs`
          : `${digest.slice(0, 19)} went from pull request to production in ${Math.round(seconds)} s`;
    return {
      passed: failed.length === 0 && wrong.length === 0,
      sentence,
      runs,
      gates,
      figures: [...figuresOf(gates), ...ownFigures(seconds, traffic.counts, evidence)],
      image,
      stages: Object.fromEntries(serving),
      evidence,
      evidenceFolder,
    };
  } finally {
    traffic.stop();
  }
}

/** Jobs that failed, without those that only sum others up, or why nothing ran. */
function failures({ conclusion, problems, jobs }: RunResult): string[] {
  if (conclusion === 'success') return [];
  const first = problems[0];
  if (first !== undefined) return [`${first.file}:${first.line}: ${first.message}`];
  const failed = jobs.filter((job) => job.conclusion === 'failure' || job.conclusion === 'cancelled');
  const roots = failed.filter(({ id }) => !id.endsWith('result'));
  return (roots.length > 0 ? roots : failed).map(({ name }) => name);
}

/** Every number that a gate has held against a limit. */
function figuresOf(gates: readonly GateReport[]): Figure[] {
  return gates.flatMap(({ job, report }) =>
    report.measurements.flatMap(({ name, value, unit, limit }) => {
      if (limit === undefined) return [];
      const [bound, word] = 'atMost' in limit ? [limit.atMost, 'at most'] : [limit.atLeast, 'at least'];
      const met = 'atMost' in limit ? value <= bound : value >= bound;
      const where = job.replace(/^[^/]+\//, '');
      return [
        {
          name: `${report.gate}, ${where}: ${name}`,
          value: `${value} ${unit}`,
          limit: `${word} ${bound} ${unit}`,
          met,
        },
      ];
    }),
  );
}

function ownFigures(
  seconds: number,
  counts: { good: number; bad: number },
  evidence: readonly ShownEvidence[],
): Figure[] {
  const share = (100 * counts.bad) / Math.max(1, counts.good + counts.bad);
  return [
    {
      name: `requests of users answered badly, of ${counts.good + counts.bad}`,
      value: `${share.toFixed(2)} %`,
      limit: 'at most 0.1 %',
      met: counts.good > 0 && share <= 0.1,
    },
    {
      name: 'signed statements about the image',
      value: String(evidence.length),
      limit: 'at least 1',
      met: evidence.length > 0,
    },
    {
      name: 'pull request to production',
      value: `${seconds.toFixed(1)} s`,
      limit: `at most ${budget} s`,
      met: seconds <= budget,
    },
  ];
}

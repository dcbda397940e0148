import { join } from 'node:path';
import type { Workshop } from '../tools/workshop.ts';
import type { LogLine } from '../workflow/run-context.ts';
import { imageOf, servingIn, type Serving } from './arrival.ts';
import { keepEvidence } from './evidence-files.ts';
import { gateReports, type GateReport } from './gates.ts';
import { keepLogs } from './log-files.ts';
import type { ShownEvidence, ShownRun } from './page.ts';
import { installPreviousVersion, production } from './previous-version.ts';
import type { Road } from './road.ts';
import { startTraffic, type Traffic } from './traffic.ts';

/** Requests a second of the users. */
const rate = 50;

/** What was seen on the way from a pull request to production. */
export interface Journey {
  readonly runs: readonly ShownRun[];
  /** Folder with the log of each job. */
  readonly logFolder: string;
  readonly gates: readonly GateReport[];
  /** Of the whole way, the version before included. */
  readonly seconds: number;
  readonly requests: Traffic['counts'];
  /** By tag and digest; undefined when none was built and signed. */
  readonly image: string | undefined;
  /** What each stage serves at the end. */
  readonly stages: Readonly<Record<string, Serving>>;
  readonly evidence: readonly ShownEvidence[];
  readonly evidenceFolder: string;
}

export interface JourneyOptions {
  /** Path of Helm. */
  readonly helm: string;
  readonly workshop: Workshop;
  readonly onLine: (line: LogLine) => void;
}

/** A change to what is shipped, so that the new image is another one than that in production. */
const change = { 'server/version.txt': 'second\n' };

/** Carries a change of the example from a pull request to production while its users go on playing. */
export async function travel(road: Road, { helm, workshop, onLine }: JourneyOptions): Promise<Journey> {
  const { folder, platform, repository } = road;
  const started = performance.now();
  workshop.say('production: installing the version before');
  await installPreviousVersion(road, helm, workshop);
  const traffic = startTraffic(platform.gateway.urls[production] ?? '', rate);
  const runs: ShownRun[] = [];
  try {
    const pull = await repository.propose('second-version', 'Ship the second version', change);
    const checked = await road.run(repository.opened(pull), { onLine });
    runs.push({ event: 'pull_request', result: checked });
    if (checked.conclusion === 'success') {
      const sha = await repository.merge(pull);
      runs.push({ event: 'push', result: await road.run(repository.pushed(sha), { onLine }) });
    }
  } finally {
    traffic.stop();
  }
  const seconds = (performance.now() - started) / 1000;
  const image = runs.map(({ result }) => imageOf(result)).find((one) => one !== undefined);
  const logFolder = join(folder, 'logs');
  await keepLogs(runs, logFolder);
  const evidenceFolder = join(folder, 'evidence');
  const stages = Object.keys(platform.environments).map(
    async (name) => [name, await servingIn(name, platform)] as const,
  );
  return {
    runs,
    logFolder,
    gates: (await Promise.all(runs.map(({ result }) => gateReports(result)))).flat(),
    seconds,
    requests: traffic.counts,
    image,
    stages: Object.fromEntries(await Promise.all(stages)),
    evidence: image ? await keepEvidence(image, platform.signing.trustedRootPath, evidenceFolder, workshop) : [],
    evidenceFolder,
  };
}

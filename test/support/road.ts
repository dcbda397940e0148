import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realWorkshop } from '../../src/action/workshop.ts';
import type { ExampleRepository } from '../../src/road/example-repository.ts';
import { gateReports, type GateReport } from '../../src/road/gates.ts';
import { openRoad, roadPrograms, slipwayRepository, type Road } from '../../src/road/road.ts';
import { findPrograms } from '../../src/tools/install.ts';
import type { Workshop } from '../../src/tools/workshop.ts';
import { git } from '../../src/workflow/git.ts';
import type { RunResult } from '../../src/workflow/result.ts';

/** A road in a folder of its own, and what it was opened with. */
export interface TestRoad {
  readonly road: Road;
  readonly folder: string;
  readonly programs: ReadonlyMap<string, string>;
  readonly workshop: Workshop;
}

export async function openTestRoad(): Promise<TestRoad> {
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const workshop = realWorkshop(process.cwd(), say, new AbortController().signal);
  const programs = await findPrograms(roadPrograms, workshop);
  const folder = await mkdtemp(join(tmpdir(), 'slipway-road-'));
  return { road: await openRoad({ folder, programs, workshop, onProblem: say }), folder, programs, workshop };
}

/** A file of the example's `main` with a part of it replaced; what is not there cannot be replaced. */
export async function edited(
  { directory }: ExampleRepository,
  file: string,
  from: string,
  to: string,
): Promise<string> {
  const text = await git(['-C', directory, 'show', `main:${file}`]);
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return `${text.replace(from, to)}\n`;
}

/** A workflow of the example's that calls one of Slipway's and nothing else. */
export function callOf(road: Road, workflow: string, inputs: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    name: 'one call',
    on: { push: {} },
    permissions: {},
    jobs: {
      call: {
        permissions: {
          contents: 'read',
          packages: 'write',
          'id-token': 'write',
          deployments: 'write',
          checks: 'write',
        },
        uses: `${slipwayRepository}/.github/workflows/${workflow}@${road.pin}`,
        with: inputs,
      },
    },
  });
}

/** What the gates of a run said that did not pass: `gate: verdict rule, rule`. */
export async function refusals(result: RunResult): Promise<string[]> {
  const reports = await gateReports(result);
  return reports.filter(({ report }) => report.verdict !== 'pass').map(refusal);
}

function refusal({ report: { gate, verdict, findings } }: GateReport): string {
  const rules = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive');
  return `${gate}: ${verdict} ${[...new Set(rules.map(({ rule }) => rule))].join(', ')}`;
}

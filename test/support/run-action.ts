import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { reportSchema } from '../../src/report/json-schema.ts';
import type { Statement } from '../../src/report/evidence.ts';

/** How an action ended, and what it left for the runner. */
export interface ActionRun {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The JSON report; absent when the action was used wrongly. */
  readonly report?: z.infer<typeof reportSchema>;
  readonly statements: readonly Statement[];
}

interface ActionSetup {
  readonly inputs: Readonly<Record<string, string>>;
  /** Absolute path of the workspace; an empty one by default. */
  readonly workspace?: string;
  /** Variables of the runner beyond the usual ones. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the main phase of an action from `dist/` as a runner does: inputs and files by environment. */
export async function runAction(name: string, setup: ActionSetup): Promise<ActionRun> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  const workspace = setup.workspace ?? join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  for (const file of ['output', 'summary']) await writeFile(join(folder, file), '');
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_SHA: 'c0ffee'.padEnd(40, '0'),
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    ...Object.fromEntries(
      Object.entries(setup.inputs).map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value]),
    ),
    ...setup.environment,
  };
  const child = spawn(process.execPath, [resolve(`dist/${name}.js`)], { env: environment, cwd: workspace });
  child.stdin.end();
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  const outputs = pairs(await readFile(join(folder, 'output'), 'utf8'));
  const summary = await readFile(join(folder, 'summary'), 'utf8');
  const statements = await statementsIn(outputs.evidence);
  if (outputs.report === undefined) return { code, log, outputs, summary, statements };
  const report = reportSchema.parse(JSON.parse(await readFile(outputs.report, 'utf8')));
  return { code, log, outputs, summary, statements, report };
}

async function statementsIn(folder: string | undefined): Promise<Statement[]> {
  const files = folder === undefined ? [] : await readdir(folder).catch(() => []);
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder ?? '', file), 'utf8')));
  return texts.map((text) => JSON.parse(text) as Statement);
}

/** The `name<<delimiter` form of the runner's command files; of a name that stands twice the last value counts. */
function pairs(text: string): Record<string, string> {
  const found = [...text.matchAll(/^(.+?)<<(.+)\n([^]*?)\n?\2$/gm)];
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]));
}

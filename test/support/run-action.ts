import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type * as z from 'zod';
import type { Statement } from '../../src/report/evidence.ts';
import { reportSchema } from '../../src/report/json-schema.ts';

/** How a phase of an action ended, and everything that it left for the runner. */
export interface ActionRun {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Values that the main phase left for `post`. */
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The evidence, in the order in which it was written. */
  readonly statements: readonly Statement[];
  /** The JSON report; absent when the action was used wrongly or was killed. */
  readonly report?: JsonReport;
}

export type JsonReport = z.infer<typeof reportSchema>;

export interface StartedAction {
  readonly process: ChildProcess;
  /** What was written so far. */
  readonly log: () => string;
  readonly ended: Promise<ActionRun>;
}

interface ActionSetup {
  readonly inputs: Readonly<Record<string, string>>;
  /** Absolute path of the workspace; one of its own by default. */
  readonly workspace?: string;
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables of the runner beyond the usual ones. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly phase?: 'main' | 'post';
  readonly state?: Readonly<Record<string, string>>;
}

/** Starts an action from `dist/` as a runner does (actions/toolkit, packages/core): inputs, files and state by environment. */
export async function startAction(name: string, setup: ActionSetup): Promise<StartedAction> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  const workspace = setup.workspace ?? join(folder, 'workspace');
  for (const [path, content] of Object.entries(setup.files ?? {})) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), content);
  }
  await mkdir(workspace, { recursive: true });
  const commandFile = async (file: string): Promise<string> => {
    await writeFile(join(folder, file), '');
    return join(folder, file);
  };
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_SHA: 'c0ffee'.padEnd(40, '0'),
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: await commandFile('output'),
    GITHUB_STATE: await commandFile('state'),
    GITHUB_STEP_SUMMARY: await commandFile('summary'),
    ...setup.environment,
  };
  for (const [input, value] of Object.entries(setup.inputs)) environment[`INPUT_${input.toUpperCase()}`] = value;
  for (const [key, value] of Object.entries(setup.state ?? {})) environment[`STATE_${key}`] = value;
  const stub = resolve('dist', setup.phase === 'post' ? `${name}-post.js` : `${name}.js`);
  const child = spawn(process.execPath, [stub], {
    env: environment,
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done)).then(
    async (code): Promise<ActionRun> => {
      const outputs = pairs(await readFile(join(folder, 'output'), 'utf8'));
      const run = {
        code,
        log,
        outputs,
        state: pairs(await readFile(join(folder, 'state'), 'utf8')),
        summary: await readFile(join(folder, 'summary'), 'utf8'),
        statements: outputs.evidence === undefined ? [] : await statementsIn(outputs.evidence),
        ...(outputs.report !== undefined && {
          report: reportSchema.parse(JSON.parse(await readFile(outputs.report, 'utf8'))),
        }),
      };
      await rm(folder, { recursive: true });
      return run;
    },
  );
  return { process: child, log: () => log, ended };
}

/** Runs a phase of an action from `dist/` to its end. */
export async function runAction(name: string, setup: ActionSetup): Promise<ActionRun> {
  return (await startAction(name, setup)).ended;
}

async function statementsIn(folder: string): Promise<Statement[]> {
  // Without a subject nothing is written, not even the folder.
  const files = (await readdir(folder).catch(() => [])).sort();
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as Statement));
}

/** The `name<<delimiter` form of the runner's command files; of a name that stands twice the last value counts. */
function pairs(text: string): Record<string, string> {
  const found = [...text.matchAll(/^(.+?)<<(.+)\n([^]*?)\n?\2$/gm)];
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]));
}

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { reportSchema } from '../../src/report/json-schema.ts';

type ReportJson = z.infer<typeof reportSchema>;

/** How a step ended, and what it left for the runner. */
export interface Step {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The report; undefined when the gate did not come to one. */
  readonly report: ReportJson | undefined;
}

/** One job on a runner: the steps share its workspace and its temporary folder. */
export class Job {
  readonly workspace: string;
  readonly temp: string;
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #close: () => Promise<void>;
  #steps = 0;

  constructor(folder: string, environment: Readonly<Record<string, string>>, close: () => Promise<void>) {
    this.#folder = folder;
    this.workspace = join(folder, 'workspace');
    this.temp = join(folder, 'temp');
    this.#environment = environment;
    this.#close = close;
  }

  /** Runs an action from `dist/` as the runner does (actions/toolkit, packages/core). */
  async run(
    action: string,
    inputs: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Step> {
    const output = join(this.#folder, `output-${this.#steps++}`);
    await writeFile(output, '');
    const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const);
    const child = spawn(process.execPath, [resolve('dist', `${action}.js`)], {
      cwd: this.workspace,
      env: { ...this.#environment, GITHUB_OUTPUT: output, ...Object.fromEntries(given), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
    const outputs = pairs(await readFile(output, 'utf8'));
    const report =
      outputs.report === undefined ? undefined : (JSON.parse(await readFile(outputs.report, 'utf8')) as ReportJson);
    return { code, log, outputs, report };
  }

  async end(): Promise<void> {
    await this.#close();
    await rm(this.#folder, { recursive: true });
  }
}

/**
 * Starts a job of a local run.
 * @param token gives its identity tokens, or none for once; without it the job has no `id-token: write`
 */
export async function startJob(
  environment: Readonly<Record<string, string>> = {},
  token?: (audience: string) => string | undefined,
): Promise<Job> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-job-'));
  await mkdir(join(folder, 'workspace'));
  await mkdir(join(folder, 'temp'));
  const tokens = token === undefined ? undefined : await tokenServer(token);
  const variables = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: join(folder, 'workspace'),
    GITHUB_SERVER_URL: 'http://forge.localhost',
    GITHUB_REPOSITORY: 'acme/game',
    GITHUB_SHA: '4'.repeat(40),
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
    RUNNER_TEMP: join(folder, 'temp'),
    ...(tokens && { ACTIONS_ID_TOKEN_REQUEST_URL: tokens.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token' }),
    ...environment,
  };
  return new Job(folder, variables, async () => tokens?.close());
}

/** What the runner offers to a job with `id-token: write` (docs.github.com, "OpenID Connect reference"). */
async function tokenServer(
  token: (audience: string) => string | undefined,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const audience = new URL(request.url ?? '', 'http://localhost').searchParams.get('audience') ?? '';
    const value = request.headers.authorization === 'Bearer request-token' ? token(audience) : undefined;
    response.writeHead(value === undefined ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ value }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** The `name<<delimiter` form of the runner's output file. */
function pairs(text: string): Record<string, string> {
  const found = [...text.matchAll(/^(.+?)<<(.+)\n([^]*?)\n\2$/gm)];
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]));
}

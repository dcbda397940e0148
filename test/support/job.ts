import { createServer } from 'node:http';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction, type ActionRun } from './run-action.ts';

/** One job on a runner: the steps share its workspace and its temporary folder. */
export class Job {
  readonly workspace: string;
  readonly temp: string;
  readonly #folder: string;
  /** What the runner sets for its steps. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #close: () => Promise<void>;

  constructor(folder: string, environment: Readonly<Record<string, string>>, close: () => Promise<void>) {
    this.#folder = folder;
    this.workspace = join(folder, 'workspace');
    this.temp = join(folder, 'temp');
    this.environment = environment;
    this.#close = close;
  }

  /** Runs an action from `dist/`. */
  async run(
    action: string,
    inputs: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ActionRun> {
    const { workspace } = this;
    return runAction(action, { inputs, workspace, environment: { ...this.environment, ...environment } });
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
    GITHUB_SERVER_URL: 'http://forge.localhost',
    GITHUB_REPOSITORY: 'acme/game',
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

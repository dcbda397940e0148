import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunResult, JobResult, StepResult } from '../../src/workflow/result.ts';
import type { LogLine, RunOptions } from '../../src/workflow/run-context.ts';
import { runWorkflow } from '../../src/workflow/run.ts';
import type { EnvironmentSettings, JobEnding, JobIdentity, RunnerServices } from '../../src/workflow/services.ts';

const folders: string[] = [];

/** A folder that {@link removeFolders} removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Files by path. */
export type Tree = Readonly<Record<string, string>>;

export function writeTree(folder: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A git repository with one commit of these files. */
export function gitRepository(tree: Tree): { directory: string; sha: string } {
  const directory = temporaryFolder();
  writeTree(directory, tree);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', directory, '-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
  return { directory, sha: git('rev-parse', 'HEAD') };
}

const repository = {
  id: 71,
  full_name: 'octo/game',
  owner: { login: 'octo', id: 7 },
  visibility: 'private',
  default_branch: 'main',
};
const sender = { login: 'mona', id: 3 };

export function pushEvent(sha: string, ref = 'refs/heads/main'): RunOptions['event'] {
  return { name: 'push', payload: { ref, after: sha, repository, sender } };
}

export function pullRequestEvent(sha: string, from = 'octo/game', action = 'opened'): RunOptions['event'] {
  return {
    name: 'pull_request',
    payload: {
      action,
      number: 5,
      pull_request: {
        merge_commit_sha: sha,
        head: { ref: 'feature', repo: { full_name: from } },
        base: { ref: 'main' },
      },
      repository,
      sender,
    },
  };
}

/** A forge that remembers what it was told. */
export class FakeServices implements RunnerServices {
  readonly urls = {
    server: 'http://forge.localhost:1',
    api: 'http://forge.localhost:1/api/v3',
    graphql: 'http://forge.localhost:1/api/graphql',
  };
  readonly registered: JobIdentity[] = [];
  readonly finished: [string, JobEnding][] = [];
  readonly environments: Record<string, EnvironmentSettings> = {};
  repositorySettings: EnvironmentSettings = { secrets: {}, variables: {} };

  settings(): Promise<EnvironmentSettings> {
    return Promise.resolve(this.repositorySettings);
  }

  enterEnvironment(name: string): Promise<EnvironmentSettings | undefined> {
    return Promise.resolve(this.environments[name]);
  }

  registerJob(job: JobIdentity): ReturnType<RunnerServices['registerJob']> {
    this.registered.push(job);
    return Promise.resolve({
      token: `ghs_token_of_${job.id}`,
      identity: { requestUrl: 'http://forge.localhost:1/token', requestToken: `request-token-of-${job.id}` },
      runtime: { url: 'http://forge.localhost:1/runtime', token: `runtime-token-of-${job.id}` },
    });
  }

  finishJob(job: JobIdentity, ending: JobEnding): Promise<void> {
    this.finished.push([job.id, ending]);
    return Promise.resolve();
  }
}

export interface TestRun extends RunResult {
  readonly services: FakeServices;
  readonly printed: readonly LogLine[];
  readonly folder: string;
  readonly sha: string;
  job(id: string): JobResult;
  step(job: string, name: string): StepResult;
  /** The log of all steps of a job. */
  log(job: string): string;
}

/**
 * Runs `.github/workflows/main.yml` of a repository `octo/game` with these files, for a push unless `options` says
 * otherwise.
 * @param options the rest of the engine's options; a function gets the commit that was made
 */
export async function runFiles(
  tree: Tree,
  options: Partial<RunOptions> | ((sha: string) => Partial<RunOptions>) = {},
  services = new FakeServices(),
): Promise<TestRun> {
  const { directory, sha } = gitRepository(tree);
  const given = typeof options === 'function' ? options(sha) : options;
  const folder = temporaryFolder();
  const printed: LogLine[] = [];
  const result = await runWorkflow({
    event: pushEvent(sha),
    workflow: '.github/workflows/main.yml',
    run: { id: '11', number: '2', attempt: '1' },
    folder,
    services,
    ...given,
    repositories: { 'octo/game': { directory }, ...given.repositories },
    onLine: (line) => {
      printed.push(line);
      given.onLine?.(line);
    },
  });
  const job = (id: string): JobResult => {
    const found = result.jobs.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no job ${id}: ${JSON.stringify(result, undefined, 1)}`);
    return found;
  };
  const step = (id: string, name: string): StepResult => {
    const found = job(id).steps.find((one) => one.name === name);
    if (found === undefined)
      throw new Error(
        `no step ${name}: ${job(id)
          .steps.map((one) => one.name)
          .join(', ')}`,
      );
    return found;
  };
  const log = (id: string): string =>
    job(id)
      .steps.flatMap(({ lines }) => lines)
      .join('\n');
  return { ...result, services, printed, folder, sha, job, step, log };
}

/** The same with one workflow file. */
export function runYaml(
  yaml: string,
  options: Parameters<typeof runFiles>[1] = {},
  services = new FakeServices(),
): Promise<TestRun> {
  return runFiles({ '.github/workflows/main.yml': yaml }, options, services);
}

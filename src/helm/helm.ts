import type { Exec } from '../effects/effects.ts';
import { cut } from '../report/text.ts';
import type { Revision } from './history.ts';
import { helmProblem, type HelmProblem, type HelmResult } from './problem.ts';
import type { Rendered } from './rendered.ts';

/** Where a release lives and how Helm is run. */
export interface HelmSetup {
  readonly exec: Exec;
  /** Path of the helm program. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly release: string;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** What is released: a chart with values. All paths are absolute. */
export interface Chart {
  readonly path: string;
  /** Values files; a later one wins. */
  readonly values: readonly string[];
}

/** A release as Helm tells it, or, of a dry run, as it would be. */
export interface Release {
  readonly revision: number;
  readonly chart: string;
  readonly chartVersion: string;
  /** Every object, and the hooks that run with a release. */
  readonly rendered: Rendered;
}

/** Helm for one release. Nothing outside makes it reject, but a helm program that cannot be started. */
export interface Helm {
  /** Such as `v4.2.4`; what Helm printed instead when it has no version. */
  version(): Promise<string>;
  /** The revisions that Helm still knows, oldest first; none when there is no such release. */
  history(): Promise<HelmResult<readonly Revision[]>>;
  /** What an upgrade would apply: the cluster is asked and not changed. */
  render(chart: Chart): Promise<HelmResult<Release>>;
  /** Installs or upgrades, and waits until everything is ready. It takes nothing back when that fails. */
  upgrade(chart: Chart, timeout: number): Promise<HelmResult<Release>>;
  /** Goes back to a revision and waits until everything is ready. */
  rollback(revision: number, timeout: number): Promise<HelmResult<undefined>>;
  uninstall(timeout: number): Promise<HelmResult<undefined>>;
  /** What a revision applied. */
  rendered(revision: number): Promise<HelmResult<Rendered>>;
  /** The values of a revision, with those of its chart. */
  values(revision: number): Promise<HelmResult<unknown>>;
}

const askTimeout = 30_000;
/** Helm ends by itself at its own limit and records the failure; it is stopped only when it does not. */
const grace = 5000;

/**
 * Everything that Helm applies is applied by the server and wins over others. Who changed a field since (canary-analyze
 * moves the weights of a route) is overruled: without it the upgrade fails with a conflict, and with Helm's older
 * client-side merge the weights stay and a new candidate starts with the traffic of the last one (both seen with 4.2.4).
 */
const applying = ['--server-side=true', '--force-conflicts', '--wait=watcher'];
/** Values of the last release stay unless a file says otherwise: the other track keeps its image. */
const upgrading = ['upgrade', '--install', '--reset-then-reuse-values', ...applying, '--output', 'json'];

/** Helm as typed calls. */
export function helm({ exec, program, environment, release, namespace, signal }: HelmSetup): Helm {
  const call = async (args: readonly string[], timeout: number): Promise<HelmResult<string>> => {
    const ended = await exec(program, ['--namespace', namespace, ...args], { env: environment, timeout, signal });
    if (ended.code !== 0 || ended.timedOut) return { problem: helmProblem(ended, signal.aborted) };
    if (ended.truncated) return failed('its answer is too large');
    return { value: ended.stdout };
  };
  /** A question whose answer does not come in time is the cluster's silence, not a slow release. */
  const ask = async (args: readonly string[]): Promise<HelmResult<string>> => {
    const result = await call(args, askTimeout);
    const isLate = 'problem' in result && result.problem.reason === 'timeout';
    return isLate ? { problem: { ...result.problem, reason: 'unreachable' } } : result;
  };
  // Helm takes a list of files here and reads it as CSV: in quotes, a comma is part of the name.
  const filesOf = ({ values }: Chart): string[] =>
    values.flatMap((file) => ['--values', `"${file.replaceAll('"', '""')}"`]);
  const limited = (timeout: number): string[] => ['--timeout', `${Math.round(timeout)}ms`];
  const nothing = (result: HelmResult<string>): HelmResult<undefined> =>
    'problem' in result ? result : { value: undefined };
  return {
    version: async () => {
      const ended = await exec(program, ['version', '--template={{.Version}}'], {
        env: environment,
        timeout: askTimeout,
      });
      return cut((ended.stdout || ended.stderr).trim(), 100);
    },
    history: async () => {
      const result = await ask(['history', release, '--output', 'json']);
      if ('problem' in result && result.problem.reason === 'not-found') return { value: [] };
      return read(result, (text) => revisionsIn(JSON.parse(text)));
    },
    render: async (chart) => {
      const args = [...upgrading, '--dry-run=server', '--hide-secret', ...filesOf(chart), release, chart.path];
      return read(await ask(args), releaseIn);
    },
    upgrade: async (chart, timeout) => {
      const args = [...upgrading, ...limited(timeout), ...filesOf(chart), release, chart.path];
      return read(await call(args, timeout + grace), releaseIn);
    },
    rollback: async (revision, timeout) =>
      nothing(await call(['rollback', release, `${revision}`, ...applying, ...limited(timeout)], timeout + grace)),
    uninstall: async (timeout) =>
      nothing(
        await call(
          ['uninstall', release, '--ignore-not-found', '--wait=watcher', ...limited(timeout)],
          timeout + grace,
        ),
      ),
    rendered: async (revision) =>
      read(await ask(['get', 'manifest', release, '--revision', `${revision}`]), renderedIn),
    values: async (revision) =>
      read(
        await ask(['get', 'values', release, '--revision', `${revision}`, '--all', '--output', 'json']),
        (text) => JSON.parse(text) as unknown,
      ),
  };
}

async function read<T>(result: HelmResult<string>, reader: (text: string) => T | Promise<T>): Promise<HelmResult<T>> {
  if ('problem' in result) return result;
  try {
    return { value: await reader(result.value) };
  } catch (error) {
    return failed(`its answer cannot be read: ${(error as Error).message}`);
  }
}

function failed(message: string): { problem: HelmProblem } {
  return { problem: { reason: 'failed', message } };
}

function revisionsIn(json: unknown): readonly Revision[] {
  if (!Array.isArray(json)) throw new TypeError('it is no list');
  return json as Revision[];
}

interface ReleaseJson {
  readonly version: number;
  readonly manifest: string;
  readonly chart: { readonly metadata: { readonly name: string; readonly version: string } };
  readonly hooks?: readonly { readonly manifest: string; readonly events: readonly string[] }[];
}

/** The YAML reader is loaded here, when there is something to read. */
async function renderedIn(manifest: string): Promise<Rendered> {
  const { readManifest } = await import('./manifest.ts');
  return readManifest(manifest);
}

/** A hook that only runs with `helm test` is no part of a release. */
async function releaseIn(text: string): Promise<Release> {
  const { version, manifest, chart, hooks = [] } = JSON.parse(text) as ReleaseJson;
  const running = hooks.filter(({ events }) => events.some((event) => event !== 'test'));
  return {
    revision: version,
    chart: chart.metadata.name,
    chartVersion: chart.metadata.version,
    rendered: await renderedIn([manifest, ...running.map((hook) => hook.manifest)].join('\n---\n')),
  };
}

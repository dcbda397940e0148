import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { catalog } from '../src/action/catalog.ts';

/** How long a start takes, in milliseconds: the fastest of all rounds, as whatever else the machine does only adds. */
export interface StartTime {
  readonly name: string;
  readonly time: number;
  /** Times what a Node that does nothing takes, in the same rounds. */
  readonly ratio: number;
}

interface Start {
  readonly name: string;
  readonly command: readonly string[];
  /** Variables `INPUT_*`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Exit codes of a start that came as far as it should: anything else is no measurement. */
  readonly codes: readonly number[];
  readonly times: number[];
}

/**
 * Starts each action from `dist/` in an empty workspace, to the error that names what is missing, and a Node that does
 * nothing. One of each a round, so that a busy minute counts for all of them.
 * @param inputs none but a wrong one, or the defaults of `action.yml`, which GitHub sets
 */
export async function startTimes(
  rounds: number,
  inputs: 'none' | 'defaults',
): Promise<{ readonly node: number; readonly actions: readonly StartTime[] }> {
  const node: Start = { name: 'node', command: ['-e', '0'], inputs: {}, codes: [0], times: [] };
  const actions = await Promise.all(
    Object.keys(catalog).map(async (name): Promise<Start> => {
      // An action that needs no input would do all of its work before it finds an error.
      const given = inputs === 'none' ? { INPUT_MODE: 'none' } : await defaultsOf(name);
      return { name, command: [resolve('dist', `${name}.js`)], inputs: given, codes: [2, 3], times: [] };
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'slipway-start-'));
  // The first round fills the caches of the file system and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const one of [node, ...actions]) {
      const time = timeOf(one, folder);
      if (round > 0) one.times.push(time);
    }
  }
  rmSync(folder, { recursive: true });
  const base = Math.min(...node.times);
  return {
    node: base,
    actions: actions.map(({ name, times }) => ({ name, time: Math.min(...times), ratio: Math.min(...times) / base })),
  };
}

async function defaultsOf(action: string): Promise<Record<string, string>> {
  const definition = await catalog[action]?.();
  return Object.fromEntries(
    Object.entries(definition?.inputs ?? {}).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[`INPUT_${name.toUpperCase()}`, value]],
    ),
  );
}

function timeOf({ name, command, inputs, codes }: Start, folder: string): number {
  const runner = { PATH: process.env.PATH, HOME: folder, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder };
  const env = { ...runner, ...inputs };
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
  const time = performance.now() - started;
  if (!codes.includes(status ?? -1)) throw new Error(`${name} ended with ${status}: ${stdout}${stderr}`);
  return time;
}

import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { ExecResult } from '../../effects/effects.ts';
import type { BareProfile } from '../loading/profile.ts';
import { bundleConfig } from './bundle.ts';
import { containerScript } from './container-script.ts';
import type { EnforceEffects, Runtime, Start } from './start.ts';

/** A container that was asked for; it may not run yet, or no more. */
export interface Container {
  /** Resolves when nothing of it is left. */
  readonly ended: Promise<Ended>;
  isOver(): boolean;
  /** Runs a command of this machine that sees the container's processes and, with `network`, its network; undefined while there is no container. */
  beside(argv: readonly string[], options: BesideOptions): Promise<ExecResult | undefined>;
  /** Runs a command in the container and under its profile. */
  inside(argv: readonly string[], timeout: number): Promise<ExecResult | undefined>;
  signal(name: string): Promise<void>;
  /** Ends it and everything that belongs to it. */
  kill(): Promise<void>;
  /** The container's first process as those beside it number it. */
  firstProcess(): Promise<number | undefined>;
}

export interface BesideOptions {
  readonly network: boolean;
  readonly timeout: number;
}

export interface Ended {
  /** Exit code as a shell tells it: 128 and the number of the signal when one ended the program. */
  readonly code: number;
  readonly output: string;
  /** What the runtime said against it, or what kept the container from being prepared. */
  readonly refusal: string;
}

export const maxOutput = 64 * 1024;
/** Time for what only moves processes about: far more than it takes, so that a hanging runtime is noticed. */
export const housekeeping = 10_000;

/** How the calls of a container are watched. */
export interface Observation {
  /** Id that the kernel shall write into the records of its filter. */
  readonly login?: number;
  /** Words before a command line of the runtime: a tracer. */
  readonly around?: () => readonly string[];
}

/**
 * Starts a container.
 * @param limit milliseconds after which it is killed whatever happens, Slipway's own end included
 */
export async function openContainer(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: BareProfile | undefined,
  { login = 0, around = () => [], limit }: Observation & { readonly limit: number },
): Promise<Container> {
  const { exec, files } = effects;
  const id = `slipway-${randomInt(2 ** 47).toString(36)}`;
  const folder = join(effects.temp, id);
  const log = join(folder, 'runtime.log');
  await files.makeFolder(join(folder, 'layer'));
  await files.write(join(folder, 'config.json'), bundleConfig(start, join(folder, 'layer/root'), profile));
  const runtimeWords = [
    runtime.path,
    ...(runtime.name === 'crun' ? ['--cgroup-manager=disabled'] : []),
    ...['--root', join(folder, 'layer/state'), '--log', log, '--log-format', 'json'],
  ];
  const [program = '', ...args] = [
    ...runtime.asRoot,
    ...['setpriv', '--pdeathsig', 'KILL', 'unshare', '--fork', '--kill-child=KILL', '--pid', '--mount', '--'],
    ...['sh', '-c', containerScript, 'sh'],
    ...[folder, start.rootfs === 'host' ? '/' : start.rootfs.folder, String(Math.ceil(limit / 1000)), String(login)],
    ...[...around(), ...runtimeWords, 'run', '--pid-file', join(folder, 'first'), '--bundle', folder, id],
  ];
  const numberIn = async (name: string): Promise<number | undefined> => {
    const text = await files.readText(join(folder, name), 64).catch(() => '');
    return /^\d+\s*$/.test(text) ? Number(text) : undefined;
  };
  const asRoot = (argv: readonly string[], timeout: number): Promise<ExecResult> => {
    const [word = '', ...rest] = [...runtime.asRoot, ...argv];
    return exec(word, rest, { timeout, maxOutput });
  };
  const state = { over: false };
  const isOver = (): boolean => state.over;
  const finish = async ({ code, stderr }: ExecResult): Promise<Ended> => {
    const read = (name: string): Promise<string> => files.readText(join(folder, name), 1024 * 1024).catch(() => '');
    const problem = (await read('problem')).trim();
    const said = (await numberIn('first')) === undefined ? runtimeErrors(await read('runtime.log')) : '';
    const output = await read('output');
    await files.remove(folder);
    // What runc made for a container that was killed together with it.
    if (runtime.name === 'runc') await asRoot(['sh', '-c', removeControlGroup, 'sh', id], housekeeping);
    return { code: code ?? 137, output, refusal: problem === '' ? said : `${problem}: ${stderr.trim()}` };
  };
  const ended = exec(program, args, { timeout: limit + housekeeping, maxOutput })
    .then(finish)
    .finally(() => {
      state.over = true;
    });
  // Whoever awaits it sees the error; until then it is nobody's unhandled one.
  ended.catch(() => undefined);

  const beside: Container['beside'] = async (argv, { network, timeout }) => {
    const first = await numberIn('first');
    const outer = await numberIn('pid');
    if (isOver() || first === undefined || outer === undefined) return undefined;
    const into = network ? ['nsenter', '--target', String(first), '--net', '--'] : [];
    return asRoot(['nsenter', '--target', String(outer), '--pid', '--mount', '--', ...into, ...argv], timeout);
  };
  const own = { network: false, timeout: housekeeping };
  return {
    ended,
    isOver,
    beside,
    inside: (argv, timeout) => {
      const words = [...around(), ...runtimeWords, 'exec', id, ...argv];
      return beside(['sh', '-c', withLogin, 'sh', String(login), ...words], { network: false, timeout });
    },
    signal: async (name) => {
      await beside([...runtimeWords, 'kill', id, name], own);
    },
    kill: async () => {
      if (isOver()) return;
      // By the runtime first, which leaves the program's output whole; then the process that everything else hangs on.
      const asked = await beside([...runtimeWords, 'kill', id, 'KILL'], own);
      for (let waited = 0; asked !== undefined && !isOver() && waited < 2000; waited += 20)
        await effects.clock.sleep(20);
      const outer = await numberIn('pid');
      if (!isOver() && outer !== undefined) await asRoot(['kill', '-s', 'KILL', String(outer)], housekeeping);
      await ended.catch(() => undefined);
    },
    firstProcess: () => numberIn('first'),
  };
}

/** What is run in the container later shall be in the records too. */
export const withLogin = '[ "$1" = 0 ] || echo "$1" > /proc/self/loginuid; shift; exec "$@"';
const removeControlGroup =
  'for path in /sys/fs/cgroup/"$1" /sys/fs/cgroup/*/"$1"; do [ ! -d "$path" ] || rmdir "$path"; done';

/** Messages of the errors in a runtime's log (runc and crun: one JSON object a line). */
function runtimeErrors(log: string): string {
  const messages = log.split('\n').flatMap((line) => {
    try {
      const entry = JSON.parse(line) as { level?: unknown; msg?: unknown };
      return entry.level === 'error' && typeof entry.msg === 'string' ? [entry.msg] : [];
    } catch {
      return [];
    }
  });
  return messages.join('; ');
}

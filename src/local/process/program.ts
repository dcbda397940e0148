import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { until } from '../until.ts';
import { identify, stopProcesses, type ProcessIdentity } from './identity.ts';

/** How a program is started. Times are milliseconds. */
export interface ProgramStart {
  /** What the part is called in the state file and in messages. */
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Both output streams are appended to it. */
  readonly log: string;
  /** Asked again and again until it is true. */
  readonly ready: () => Promise<boolean>;
  readonly timeout?: number;
  /** Gives up and stops the program when aborted. */
  readonly signal?: AbortSignal;
  /** For a program that speaks Node's message channel: called as soon as it runs. */
  readonly channel?: (child: ChildProcess) => void;
}

/** A program that runs, or has ended on its own. */
export interface RunningProgram {
  readonly name: string;
  readonly process: ProcessIdentity;
  readonly log: string;
  readonly since: Date;
  /** How it ended, in words; undefined while it runs. */
  ended(): string | undefined;
  /** Called when it ends without having been asked to. */
  onUnexpectedEnd(listener: (how: string) => void): void;
  stop(): Promise<void>;
}

/** A program did not start or did not become ready. */
export class StartError extends Error {
  override readonly name = 'StartError';
  /** Whether it ended because somebody else listens on its port. */
  readonly portTaken: boolean;
  constructor(message: string, portTaken = false) {
    super(message);
    this.portTaken = portTaken;
  }
}

const defaultTimeout = 60_000;
/** Short, because nothing that a part would save is wanted: its data end with the platform. */
const grace = 1000;

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches it through us and not before us. The kernel
 * kills it when this process dies, however that happens: setpriv (util-linux) asks for it and becomes the program.
 * @throws StartError with the last lines of its log
 */
export async function startProgram(start: ProgramStart): Promise<RunningProgram> {
  start.signal?.throwIfAborted();
  const child = spawnWithLog(start);
  start.channel?.(child);
  const exit = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  await spawned(child, start);
  const running = await follow(child, exit, start);
  try {
    await untilReady(running, exit, start);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

/** Becomes the program, unless the process that starts it has died before the kernel was asked to watch it. */
const unlessOrphaned = '[ "$PPID" = "$0" ] && exec "$@"';

/** The command that runs a program so that it dies with this process. */
export function dyingWithParent(path: string, args: readonly string[]): [string, string[]] {
  const watched = ['sh', '-c', unlessOrphaned, String(process.pid), path, ...args];
  return ['setpriv', ['--pdeathsig', 'KILL', '--', ...watched]];
}

function spawnWithLog({ path, args, env, log, channel }: ProgramStart): ChildProcess {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'a', 0o600);
  try {
    const [command, all] = dyingWithParent(path, args);
    return spawn(command, all, {
      detached: true,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', file, file, ...(channel === undefined ? [] : (['ipc'] as const))],
    });
  } finally {
    closeSync(file);
  }
}

function spawned(child: ChildProcess, { name }: ProgramStart): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new StartError(`${name} cannot be started: ${error.message}`)));
  });
}

async function follow(child: ChildProcess, exit: Promise<true>, { name, log }: ProgramStart): Promise<RunningProgram> {
  const { pid } = child;
  let how: string | undefined;
  let stopping = false;
  const listeners: ((how: string) => void)[] = [];
  child.on('exit', (code, signal) => {
    how = signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
    if (!stopping) for (const listener of listeners) listener(how);
  });
  const identity = pid === undefined ? undefined : await identify(pid);
  return {
    name,
    process: identity ?? { pid: pid ?? 0, started: '' },
    log,
    since: new Date(),
    ended: () => how,
    onUnexpectedEnd: (listener) => void listeners.push(listener),
    stop: async () => {
      stopping = true;
      if (identity !== undefined) await stopProcesses([identity], grace);
      // A process with threads is dead before all of them have let go of its ports.
      await exit;
    },
  };
}

/** A probe that hangs, because somebody else has the port, does not keep us from seeing that the program has ended. */
async function untilReady(running: RunningProgram, exit: Promise<true>, start: ProgramStart): Promise<void> {
  const { name, ready, timeout = defaultTimeout, signal, log } = start;
  await until(
    async () => running.ended() !== undefined || (await Promise.race([ready(), exit])),
    timeout,
    () => startError(`${name} was not ready after ${timeout / 1000} s.`, log),
    signal,
  );
  const how = running.ended();
  if (how !== undefined) throw await startError(`${name} did not start: ${how}.`, log);
}

async function startError(message: string, log: string): Promise<StartError> {
  const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
  const portTaken = lines.slice(-50).some((line) => line.includes('address already in use'));
  const end = lines.slice(-5).map((line) => `  ${line}`);
  return new StartError([`${message} The end of ${log}:`, ...end].join('\n'), portTaken);
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAlive, stopProcesses, type ProcessIdentity } from './process/identity.ts';

/** One part of the platform: a program, or a server inside the platform's own process. */
export interface PartState {
  readonly name: string;
  readonly process: ProcessIdentity;
  /** Where it answers, when it answers anywhere. */
  readonly address?: string;
  /** ISO time. */
  readonly since: string;
  readonly log?: string;
}

/** What `state.json` of a platform's folder holds, so that another process can see and stop the platform. */
export interface PlatformState {
  readonly version: 1;
  /** The process that holds the platform. When it dies, the kernel kills the rest. */
  readonly supervisor: ProcessIdentity;
  readonly startedAt: string;
  /** Set when every part is up. */
  readonly readyAt?: string;
  readonly parts: readonly PartState[];
}

export interface PartStatus extends PartState {
  readonly alive: boolean;
}

const stateFile = (folder: string): string => join(folder, 'state.json');
const stopGrace = 20_000;

/** The state of the platform in a folder, or undefined when there never was one. */
export async function readState(folder: string): Promise<PlatformState | undefined> {
  try {
    return JSON.parse(await readFile(stateFile(folder), 'utf8')) as PlatformState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${stateFile(folder)} cannot be read`, { cause: error });
  }
}

/** Writes the whole file or none of it. */
export async function writeState(folder: string, state: PlatformState): Promise<void> {
  const file = stateFile(folder);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Every part with whether its process still is the one that was started. */
export function partStatus(state: PlatformState): Promise<PartStatus[]> {
  return Promise.all(state.parts.map(async (part) => ({ ...part, alive: await isAlive(part.process) })));
}

/**
 * Stops a platform from outside: its supervisor first, which stops its parts in order, then whatever is left.
 * @returns how many processes were alive
 */
export async function stopPlatform(state: PlatformState): Promise<number> {
  const processes = [state.supervisor, ...state.parts.map((part) => part.process)];
  const alive = (await Promise.all(processes.map(isAlive))).filter(Boolean).length;
  await stopProcesses([state.supervisor], stopGrace);
  await stopProcesses(
    state.parts.map((part) => part.process),
    0,
  );
  return alive;
}

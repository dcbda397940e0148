import { readFile } from 'node:fs/promises';

/**
 * A process that cannot be mistaken for a later one with the same id: when it started is part of it. `started` is the
 * kernel's boot id and the ticks from boot to the process's start (proc(5), /proc/pid/stat, field 22).
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** The process with this id, or undefined when there is none or it is dead and only waits to be collected. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    const { state, startTicks } = parseStat(stat);
    return state === 'Z' || state === 'X' ? undefined : { pid, started: `${boot.trim()}/${startTicks}` };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

export async function isAlive(process: ProcessIdentity): Promise<boolean> {
  return (await identify(process.pid))?.started === process.started;
}

/** State and start of a process. Its name stands in parentheses and may itself hold spaces and parentheses. */
export function parseStat(stat: string): { state: string; startTicks: string } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

/**
 * Stops processes that may or may not still run: SIGTERM to the group of each, SIGKILL to those that are left after
 * the grace time. Resolves when none is alive.
 * @param grace milliseconds
 */
export async function stopProcesses(processes: readonly ProcessIdentity[], grace: number): Promise<void> {
  await signal(processes, 'SIGTERM');
  const deadline = Date.now() + grace;
  let killed = false;
  for (let left = await alive(processes); left.length > 0; left = await alive(left)) {
    if (!killed && Date.now() > deadline) {
      await signal(left, 'SIGKILL');
      killed = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function alive(processes: readonly ProcessIdentity[]): Promise<ProcessIdentity[]> {
  const states = await Promise.all(processes.map(isAlive));
  return processes.filter((_, index) => states[index]);
}

async function signal(processes: readonly ProcessIdentity[], name: NodeJS.Signals): Promise<void> {
  for (const { pid } of await alive(processes)) if (!sent(-pid, name)) sent(pid, name);
}

/** False when there is no such process, or no group that the process leads. */
function sent(target: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
}

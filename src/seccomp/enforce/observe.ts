import type { BareProfile } from '../loading/profile.ts';
import type { Host } from '../syscalls/architectures.ts';
import { readKernelLog, type LoggedCall } from './kernel-log.ts';
import { startUnder } from './start-under.ts';
import type { EnforceEffects, Runtime, Start, StartResult } from './start.ts';
import { traceCalls } from './strace.ts';
import { alwaysLogged } from './variants.ts';

/** Calls that a program made and a logging profile did not let pass in silence. */
export interface Observed {
  readonly calls: readonly LoggedCall[];
  readonly by: 'kernel log' | 'strace';
  /** False when the kernel dropped records: there may be more calls than these. */
  readonly complete: boolean;
  readonly result: StartResult;
}

/** Time that a run may take beyond the times of its start, and that the lock of the log may be held by others. */
const allowance = 90_000;

/**
 * Runs a program under a logging profile (see `logging`) and says what was logged; by strace where the kernel's log cannot be read, or holds
 * nothing because an audit daemon takes the records. Undefined where neither is possible.
 */
export async function observe(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: BareProfile,
  host: Host,
): Promise<Observed | undefined> {
  const limit = start.readyWithin + start.steadyFor + start.stopWithin + allowance;
  const log = await readKernelLog(effects, runtime.asRoot, limit);
  if (log !== undefined) {
    const result = await startUnder(effects, runtime, start, profile, { login: log.login });
    const { calls, complete } = await log.stop();
    if (calls.some(({ name }) => name === alwaysLogged)) return { calls, by: 'kernel log', complete, result };
  }
  const traced = await traceCalls(effects, runtime, start, profile, host);
  return traced && { ...traced, by: 'strace', complete: true };
}

import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { OciProfile } from '../loading/profile.ts';
import type { LoggedCall } from './kernel-log.ts';
import { startUnder } from './start-under.ts';
import type { EnforceEffects, Runtime, Start, StartResult } from './start.ts';

const maxTrace = 256 * 1024 * 1024;
const findStrace = 'PATH="$PATH:/usr/local/bin:/usr/bin"; command -v -- strace';

/** Runs a program under strace, the runtime included, and gives the calls that were made under the filter. Undefined without strace. */
export async function traceCalls(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: OciProfile,
): Promise<{ readonly calls: readonly LoggedCall[]; readonly result: StartResult } | undefined> {
  const located = await effects.exec('sh', ['-c', findStrace]);
  const path = located.stdout.trim();
  if (located.code !== 0 || !path.startsWith('/')) return undefined;
  const file = join(effects.temp, `trace-${randomInt(2 ** 47).toString(36)}`);
  try {
    const around = [path, '-f', '-qq', '-s', '0', '-e', 'signal=none', '-o', file, '--'];
    const result = await startUnder(effects, runtime, start, profile, { around });
    const trace = await effects.files.readText(file, maxTrace);
    return { calls: notAllowed(callsUnderFilter(trace), profile), result };
  } finally {
    await effects.files.remove(file);
  }
}

/** What a kernel's log would hold: calls that no rule lets through. A call that is let through on a condition counts as let through. */
function notAllowed(calls: readonly LoggedCall[], profile: OciProfile): LoggedCall[] {
  const allowed = new Set(
    profile.syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW').flatMap(({ names }) => names),
  );
  return calls.filter(({ name }) => !allowed.has(name));
}

const loadsFilter = /^(?:seccomp\(SECCOMP_SET_MODE_FILTER|prctl\(PR_SET_SECCOMP, SECCOMP_MODE_FILTER)/;
const makesProcess = /^(?:<\.\.\. )?(?:clone3?|v?fork)\b.* = (\d+)/;

/**
 * Calls of the processes that have loaded a filter, and of their children (strace(1), `-f -o`: `PID call(arguments) = result`). A
 * child's first lines may stand before the line that tells its number.
 */
export function callsUnderFilter(trace: string): LoggedCall[] {
  const lines = trace.split('\n').flatMap((line) => {
    const [, pid = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    return text === '' ? [] : [{ pid, text }];
  });
  const parents = new Map<string, string>();
  const loaded = new Map<string, number>();
  lines.forEach(({ pid, text }, at) => {
    const child = makesProcess.exec(text)?.[1];
    if (child !== undefined) parents.set(child, pid);
    if (loadsFilter.test(text) && !loaded.has(pid)) loaded.set(pid, at);
  });
  const isUnderFilter = (pid: string, at: number): boolean => {
    const own = loaded.get(pid);
    if (own !== undefined) return at > own;
    const parent = parents.get(pid);
    return parent !== undefined && isUnderFilter(parent, at);
  };
  const programs = new Map<string, string>();
  const programOf = (pid: string): string => {
    const parent = parents.get(pid);
    return programs.get(pid) ?? (parent === undefined ? '' : programOf(parent));
  };
  return lines.flatMap(({ pid, text }, at) => {
    if (!isUnderFilter(pid, at)) return [];
    const program = programOf(pid);
    const executed = /^execve\("([^"]+)"/.exec(text)?.[1];
    if (executed !== undefined) programs.set(pid, executed.slice(executed.lastIndexOf('/') + 1).slice(0, 15));
    const name = /^(\w+)\(/.exec(text)?.[1];
    return name === undefined || name === 'exited' ? [] : [{ name, program }];
  });
}

import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { BareProfile } from '../loading/profile.ts';
import type { Host } from '../syscalls/architectures.ts';
import type { LoggedCall } from './kernel-log.ts';
import { startUnder } from './start-under.ts';
import type { EnforceEffects, Runtime, Start, StartResult } from './start.ts';

const maxTrace = 256 * 1024 * 1024;
/** One for the container and one for each question of a health check. */
const maxParts = 100_000;
const findStrace = 'PATH="$PATH:/usr/local/bin:/usr/bin"; command -v -- strace';

/** Runs a program under strace, the runtime included, and gives the calls that were made under the filter. Undefined without strace. */
export async function traceCalls(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: BareProfile,
  host: Host,
): Promise<{ readonly calls: readonly LoggedCall[]; readonly result: StartResult } | undefined> {
  // An engine's daemon starts the runtime, out of reach of a tracer around the engine's command.
  if (runtime.name === 'docker' || runtime.name === 'podman') return undefined;
  const located = await effects.exec('sh', ['-c', findStrace]);
  const path = located.stdout.trim();
  if (located.code !== 0 || !path.startsWith('/')) return undefined;
  const folder = join(effects.temp, `trace-${randomInt(2 ** 47).toString(36)}`);
  await effects.files.makeFolder(folder);
  try {
    let parts = 0;
    const around = (): string[] => [
      ...[path, '-f', '-qq', '-s', '0', '-e', 'signal=none', '--pidns-translation'],
      ...['-o', join(folder, String(++parts)), '--'],
    ];
    const result = await startUnder(effects, runtime, start, profile, { around });
    const files = await effects.files.list(folder, maxParts);
    const traces = await Promise.all(files.map((file) => effects.files.readText(file, maxTrace)));
    const calls = traces.flatMap((trace) => callsUnderFilter(trace, host));
    return { calls: notAllowed(calls, profile), result };
  } finally {
    await effects.files.remove(folder);
  }
}

/** What a kernel's log would hold: calls that no rule lets through. A call that is let through on a condition counts as let through. */
function notAllowed(calls: readonly LoggedCall[], profile: BareProfile): LoggedCall[] {
  const allowed = new Set(
    profile.syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW').flatMap(({ names }) => names),
  );
  return calls.filter(({ name }) => !allowed.has(name));
}

/** Runtimes also ask with a null pointer whether the kernel knows filters; that fails and loads nothing. */
const loadsFilter = /^(?:seccomp\(SECCOMP_SET_MODE_FILTER|prctl\(PR_SET_SECCOMP, SECCOMP_MODE_FILTER).* = 0$/;
/** The number as the container counts, and behind it as strace does. */
const makesProcess = /^(?:clone3?|v?fork)\(.* = (\d+)(?: \/\* (\d+) in strace's PID NS \*\/)?$/;

/**
 * Calls of the processes that have loaded a filter, and of their children (strace(1), `-f -o`: `PID call(arguments) = result`). A
 * child's first lines may stand before the line that tells its number.
 */
export function callsUnderFilter(trace: string, host: Host): LoggedCall[] {
  const lines = wholeLines(trace);
  const parents = new Map<string, string>();
  const loaded = new Map<string, number>();
  lines.forEach(({ pid, text }, at) => {
    const [, number, child = number] = makesProcess.exec(text) ?? [];
    if (child !== undefined) parents.set(child, pid);
    if (loadsFilter.test(text) && !loaded.has(pid)) loaded.set(pid, at);
  });
  // Numbers may be used twice, so a line of descent could lead in a circle.
  const lineOf = (pid: string): string[] => {
    const line = new Set<string>();
    for (let one: string | undefined = pid; one !== undefined && !line.has(one); one = parents.get(one)) line.add(one);
    return [...line];
  };
  const isUnderFilter = (pid: string, at: number): boolean =>
    lineOf(pid).some((one) => (loaded.get(one) ?? Infinity) < at);
  const programs = new Map<string, string>();
  const programOf = (pid: string): string =>
    lineOf(pid)
      .map((one) => programs.get(one))
      .find((program) => program !== undefined) ?? '';
  return lines.flatMap(({ pid, text }, at) => {
    const program = programOf(pid);
    const [, number, child = number] = makesProcess.exec(text) ?? [];
    // A thread of the runtime stays one while another thread executes the program.
    if (child !== undefined && !programs.has(child)) programs.set(child, program);
    if (!isUnderFilter(pid, at)) return [];
    const executed = /^execve\("([^"]+)"/.exec(text)?.[1];
    if (executed !== undefined) programs.set(pid, executed.slice(executed.lastIndexOf('/') + 1).slice(0, 15));
    const name = /^(\w+)\(/.exec(text)?.[1];
    return name === undefined || name === 'exited' ? [] : [{ name, program, architecture: host }];
  });
}

const interrupted = ' <unfinished ...>';

interface Line {
  readonly pid: string;
  readonly text: string;
}

/** The lines of a trace, each call on one: what another process interrupted is put together again where it began. */
function wholeLines(trace: string): Line[] {
  const lines: { pid: string; text: string }[] = [];
  const unfinished = new Map<string, { text: string }>();
  for (const line of trace.split('\n')) {
    const [, pid, text] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (pid === undefined || text === undefined) continue;
    const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    const begun = unfinished.get(pid);
    if (rest !== undefined && begun !== undefined) {
      begun.text += rest;
      unfinished.delete(pid);
    } else {
      const entry = { pid, text: text.replace(interrupted, '') };
      lines.push(entry);
      if (text.endsWith(interrupted)) unfinished.set(pid, entry);
    }
  }
  return lines;
}

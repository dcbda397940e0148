/** What goes wrong while a program is started under a profile: a clear result each time, and nothing left running. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { checkStart, type CheckedStart } from '../../src/seccomp/enforce/check.ts';
import { findingsOf } from '../../src/seccomp/enforce/findings.ts';
import { startUnder } from '../../src/seccomp/enforce/start-under.ts';
import type { Ready, Start, StartResult } from '../../src/seccomp/enforce/start.ts';
import { seccompMachine, type SeccompMachine } from '../support/seccomp-machine.ts';
import { usual, without } from '../support/shipped-profiles.ts';

const minute = 60_000;
let here: SeccompMachine;
beforeAll(async () => {
  here = await seccompMachine();
}, 5 * minute);
afterAll(() => here.close());
jest.setTimeout(minute);

/** Processes that have our folder in their command line. */
const processes = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => {
      try {
        return `${name} ${readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')}`;
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(here.folder));
const controlGroups = (): string[] =>
  ['/sys/fs/cgroup', ...readdirSync('/sys/fs/cgroup').map((name) => join('/sys/fs/cgroup', name))]
    .filter((path) => existsSync(join(path, 'cgroup.procs')) || path === '/sys/fs/cgroup')
    .flatMap((path) => readdirSync(path).filter((name) => name.startsWith('slipway-')));
const untilGone = async (): Promise<void> => {
  for (let waited = 0; processes().length > 0 && waited < 5000; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50));
};

afterEach(async () => {
  await untilGone();
  expect(processes()).toEqual([]);
  expect(controlGroups()).toEqual([]);
  expect(readdirSync(here.folder)).toEqual([]);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(here.folder);
});

const ready = { kind: 'command', argv: ['true'] } as const satisfies Ready;
const shell = (script: string, more: Partial<Start> = {}): Start => ({
  ...usual,
  command: ['sh', '-c', script],
  ready,
  readyWithin: 3000,
  stopWithin: 500,
  ...more,
});
const start = (how: Start): Promise<StartResult[]> =>
  Promise.all(here.runtimes.map((runtime) => startUnder(here.effects, runtime, how, undefined)));
const check = (how: Start, text: string): Promise<CheckedStart> =>
  checkStart(here.effects, here.runtimes, here.machine, {
    resource: 'service/x',
    start: how,
    profile: { file: 'p.json', text },
    loader: 'moby',
  });
const rulesOf = (checked: CheckedStart): string[] => findingsOf(checked).map(({ rule }) => rule.id);
const outcomes = (results: readonly StartResult[]): string[] => results.map(({ outcome }) => outcome);
const allowAll = '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["reboot"],"action":"SCMP_ACT_ERRNO"}]}';
const handled = 'trap "exit 0" TERM; while :; do sleep 0.05; done';

describe('the program', () => {
  it('does not exist', async () => {
    const results = await start({ ...usual, command: ['no-such-program'], ready: { kind: 'exit', code: 0 } });
    expect(outcomes(results)).toEqual(['runtime-refused', 'runtime-refused']);
    results.forEach(({ refusal }) => expect(refusal).toMatch(/no-such-program.*not found/));
  });
  it('ends before it is ready', async () => {
    const results = await start(shell('echo sorry; exit 7', { ready: { kind: 'tcp', port: 1 } }));
    expect(results.map(({ outcome, exit, output }) => [outcome, exit, output])).toEqual(
      Array(2).fill(['exited', { code: 7 }, 'sorry\n']),
    );
  });
  it('is never ready', async () => {
    const results = await start(shell('sleep 60', { ready: { kind: 'tcp', port: 1 }, readyWithin: 300 }));
    expect(outcomes(results)).toEqual(['not-ready', 'not-ready']);
  });
  it('ignores the signal to stop', async () => {
    const results = await start(shell('trap "" TERM; while :; do sleep 0.05; done'));
    expect(outcomes(results)).toEqual(['did-not-stop', 'did-not-stop']);
  });
  it('ignores it with the profile too: a warning, and no fault of the profile', async () => {
    const checked = await check(shell('trap "" TERM; while :; do sleep 0.05; done'), allowAll);
    expect(rulesOf(checked)).toEqual(['seccomp/ignores-stop-signal', 'seccomp/ignores-stop-signal']);
  });
  it('writes 100 MB', async () => {
    const results = await start(
      shell('yes | head -c 100000000; echo end', { ready: { kind: 'exit', code: 0 }, readyWithin: 30_000 }),
    );
    expect(results.map(({ outcome, output }) => [outcome, output.length, output.endsWith('y\nend\n')])).toEqual(
      Array(2).fill(['started', 65_536, true]),
    );
  });
  it('cannot write to what is not its own', async () => {
    const results = await start(
      shell('echo x > /var/tmp/x || exit 3', { user: { uid: 0, gid: 0 }, ready: { kind: 'exit', code: 3 } }),
    );
    expect(outcomes(results)).toEqual(['started', 'started']);
  });
  it('listens on a port that is taken on this machine: its network is its own', async () => {
    const server = createServer();
    await once(server.listen(8099, '127.0.0.1'), 'listening');
    const script =
      'import http.server; http.server.HTTPServer(("127.0.0.1", 8099), http.server.SimpleHTTPRequestHandler).serve_forever()';
    const results = await start({
      ...usual,
      command: ['/usr/bin/python3', '-c', script],
      ready: { kind: 'http', url: 'http://127.0.0.1:8099/', status: 200 },
      stopSignal: 'KILL',
    });
    server.close();
    expect(outcomes(results)).toEqual(['started', 'started']);
  });
});

describe('the profile', () => {
  it('has an action that no runtime knows', async () => {
    expect(rulesOf(await check(shell(handled), allowAll.replace('ERRNO', 'WHAT')))).toEqual(
      Array(2).fill('seccomp/profile-refused'),
    );
  });
  it('is refused by the loader', async () => {
    const text =
      '{"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86"],"archMap":[{"architecture":"SCMP_ARCH_X86_64"}]}';
    expect(rulesOf(await check(shell(handled), text))).toEqual(Array(2).fill('seccomp/profile-refused'));
  });
  it('filters nothing', async () => {
    expect(rulesOf(await check(shell(handled), '{}'))).toEqual(Array(2).fill('seccomp/filter-not-loaded'));
  });
  it('makes threads hang, because it denies exit', async () => {
    const text = without(readFileSync('policies/seccomp/python.json', 'utf8'), 'exit');
    const script = `
import ctypes
libc = ctypes.CDLL(None)
work = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda _: None)
thread = ctypes.c_ulong()
libc.pthread_create(ctypes.byref(thread), None, work, None)
libc.pthread_join(thread, None)`;
    const how = {
      ...usual,
      command: ['/usr/bin/python3', '-c', script],
      ready: { kind: 'exit', code: 0 },
      readyWithin: 2000,
    } as const;
    const checked = await check(how, text);
    expect(checked.runs.map(({ under }) => under?.outcome)).toEqual(['not-ready', 'not-ready']);
    expect(checked.repairs[0]?.repair.fatal).toEqual(['exit']);
    expect(checked.proven?.patch).toMatch(/^\+.*"exit"/m);
  });
  it('lets a program start and keeps it from ending well', async () => {
    const text = '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["rmdir"],"action":"SCMP_ACT_ERRNO"}]}';
    const checked = await check(
      shell('mkdir /tmp/d; trap "rmdir /tmp/d || exit 9; exit 0" TERM; while :; do sleep 0.05; done', {
        stopWithin: 5000,
      }),
      text,
    );
    expect(rulesOf(checked)).toEqual(['seccomp/ends-otherwise', 'seccomp/ends-otherwise']);
    expect(checked.repairs[0]?.repair).toMatchObject({ fatal: [], degraded: ['rmdir'] });
    expect(checked.proven?.text).toBe('{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[]}');
  });
});

describe('killed meanwhile', () => {
  const never = { ready: { kind: 'tcp', port: 1 } as const, readyWithin: 20_000 };
  it('the runtime', async () => {
    const running = startUnder(here.effects, here.runc, shell('sleep 60', never), undefined);
    let runtime: string | undefined;
    while (runtime === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      runtime = processes().find((line) => /^\d+ \S*runc --root/.test(line));
    }
    process.kill(parseInt(runtime, 10), 'SIGKILL');
    const result = await running;
    expect([result.outcome, result.exit]).toEqual(['killed', { signal: 'SIGKILL' }]);
  });
  it('Slipway itself', async () => {
    const program = `
      import { makeExec } from './src/action/exec.ts';
      import { realFiles } from './src/action/files.ts';
      import { realClock } from './src/action/clock.ts';
      import { startUnder } from './src/seccomp/enforce/start-under.ts';
      const { temp, runtime, start } = JSON.parse(process.argv[1]);
      const effects = { exec: makeExec(process.env), files: realFiles, clock: realClock, temp, node: process.execPath };
      await startUnder(effects, runtime, start, undefined);`;
    const input = JSON.stringify({ temp: here.folder, runtime: here.crun, start: shell('sleep 60', never) });
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, input], {
      stdio: 'inherit',
      env: { PATH: process.env.PATH },
    });
    while (!processes().some((line) => /^\d+ sleep|crun .* run/.test(line)))
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await untilGone();
    expect(processes()).toEqual([]);
    // Nobody is left who could remove its folder.
    for (const name of readdirSync(here.folder)) await here.effects.files.remove(join(here.folder, name));
  });
});

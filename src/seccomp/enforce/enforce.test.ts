import { describe, expect, it } from '@jest/globals';
import { fakeContainerMachine, type FakeProgram } from '../../../test/support/fake-container-machine.ts';
import { checkStart, type CheckedStart } from './check.ts';
import { courseText, findingsOf, startMeasurements, startTable } from './findings.ts';
import { startUnder } from './start-under.ts';
import type { Ready, Runtime, Start, StartResult } from './start.ts';

/** The whole check on a machine that is not there; test/integration and test/faults have a real one. */
const machine = { host: 'x86_64', kernel: [6, 8], libseccomp: '2.5.4' } as const;
const runc: Runtime = { name: 'runc', version: '1.1.5', path: '/usr/sbin/runc', asRoot: [] };
const crun: Runtime = { name: 'crun', version: '1.8.1', path: '/usr/bin/crun', asRoot: [] };
const docker: Runtime = { name: 'docker', version: '26.1.3', path: '/usr/bin/docker', asRoot: [] };
const http: Ready = { kind: 'http', url: 'http://127.0.0.1:8080/', status: 200 };
const start: Start = {
  command: ['app', '--serve'],
  cwd: '/srv',
  env: { HOME: '/tmp' },
  user: { uid: 10001, gid: 10001 },
  rootfs: 'host',
  writable: ['/tmp'],
  capabilities: ['CAP_NET_BIND_SERVICE'],
  noNewPrivileges: true,
  ready: http,
  readyWithin: 1000,
  steadyFor: 100,
  stopSignal: 'TERM',
  stopWithin: 500,
};
const app: FakeProgram = {
  calls: ['read', 'write', 'openat', 'rmdir'],
  fatal: ['read', 'openat'],
  degraded: ['rmdir'],
};
const profileText = (...names: string[]): string =>
  `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":${JSON.stringify(['execve', ...names])},"action":"SCMP_ACT_ALLOW"}]}`;

async function check(
  program: FakeProgram,
  text: string,
  {
    runtimes = [runc, crun],
    log,
    how = start,
  }: { runtimes?: Runtime[]; log?: 'lost' | 'empty' | 'closed'; how?: Start } = {},
): Promise<CheckedStart & { commands: string[][]; left: string[] }> {
  const { effects, commands, files } = fakeContainerMachine(program, log);
  const profile = { file: 'app.json', text };
  const checked = await checkStart(effects, runtimes, machine, {
    resource: 'service/app',
    start: how,
    profile,
    loader: 'moby',
  });
  return { ...checked, commands, left: Object.keys(files) };
}
const told = (checked: CheckedStart): string[] =>
  findingsOf(checked).map(({ rule, message }) => `${rule.id}: ${message}`);

describe('a service whose profile is enough', () => {
  const whole = profileText('read', 'write', 'openat', 'rmdir');
  it.each<[string, Ready]>([
    ['answers', http],
    ['listens', { kind: 'tcp', port: 8080 }],
    ['passes its health check', { kind: 'command', argv: ['check'] }],
  ])('%s under each runtime, and nothing is left', async (_, ready) => {
    const checked = await check(app, whole, { how: { ...start, ready } });
    expect(told(checked)).toEqual([]);
    expect(checked.runs.map(({ control, under }) => [control.outcome, under?.outcome, under?.filters])).toEqual([
      ['started', 'started', 1],
      ['started', 'started', 1],
    ]);
    expect(checked.left).toEqual([]);
    expect(startTable([checked]).rows[0]?.slice(0, 6)).toEqual([
      'service/app',
      'app.json',
      'runc 1.1.5',
      'started',
      'started',
      1,
    ]);
    expect(startMeasurements([checked]).map(({ name, unit }) => [name, unit])).toEqual([
      ['service/app under app.json, runc', 'ms'],
      ['service/app under app.json, crun', 'ms'],
    ]);
  });
  it('is exercised, and a failure of that counts', async () => {
    const how = { ...start, exercise: ['exercise'] };
    expect(told(await check(app, whole, { how }))).toEqual([]);
    expect(told(await check({ ...app, exercise: 1 }, whole, { how }))[0]).toMatch(/^seccomp\/control-failed/);
  });
  it('may end by itself', async () => {
    const how: Start = { ...start, ready: { kind: 'exit', code: 1 } };
    expect(told(await check({ ...app, failsAlways: true }, whole, { how }))).toEqual([]);
  });
});

describe('a service whose profile lacks calls', () => {
  it('fails with the fatal, the degraded and the tolerated ones, and a patch that was tried', async () => {
    const checked = await check(app, profileText());
    expect(told(checked)).toEqual([
      'seccomp/does-not-start: `service/app` does not start under app.json with runc 1.1.5: it ended with exit code 1 after 20 ms; it said last: "said by the program". Fatal without: openat, read. Degraded without: rmdir. Tolerated: write.',
      'seccomp/does-not-start: `service/app` does not start under app.json with crun 1.8.1: it ended with exit code 1 after 20 ms; it said last: "said by the program". What repairs it under runc repairs it here too: openat, read, rmdir.',
    ]);
    expect(findingsOf(checked)[0]?.fix).toBe(
      'Allow openat, read, rmdir in app.json. With the patch it was seen to start with every runtime.',
    );
    expect(checked.proven?.text).toBe(
      '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["execve", "openat", "read", "rmdir"],"action":"SCMP_ACT_ALLOW"}]}',
    );
    expect(checked.left).toEqual([]);
  });
  it('only ends otherwise when that is all that is missing', async () =>
    expect(told(await check(app, profileText('read', 'openat', 'write'), { runtimes: [runc] }))).toEqual([
      'seccomp/ends-otherwise: `service/app` starts under app.json with runc 1.1.5, and ends otherwise: it started and ended with exit code 9. Without the profile: it started and ended with exit code 0. Degraded without: rmdir.',
    ]));
  it('is told to answer ENOSYS to clone3', async () => {
    const text = profileText('read', 'openat', 'rmdir', 'write').replace(
      'syscalls":[',
      'syscalls":[{"names":["clone3"],"action":"SCMP_ACT_KILL"},',
    );
    const checked = await check({ ...app, calls: [...app.calls, 'clone3'], fatal: [...app.fatal, 'clone'] }, text, {
      runtimes: [crun],
    });
    expect(checked.repairs[0]?.repair.fatal).toEqual(['clone']);
  });
  it('is warned that a patch would lift a condition', async () => {
    const rule = '{"names":["openat"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":1,"op":"SCMP_CMP_EQ"}]}';
    const text = profileText('read', 'write', 'rmdir').replace('"syscalls":[', `"syscalls":[${rule},`);
    const checked = await check(app, text, { runtimes: [runc] });
    expect(findingsOf(checked)[0]?.fix).toBe(
      'Allow openat in app.json. The patch allows openat with any arguments, where the profile had conditions: write one for what the program needs instead. With the patch it was seen to start with every runtime.',
    );
  });
  it('says that there may be more when the kernel dropped records', async () =>
    expect(told(await check(app, profileText(), { log: 'lost' }))[0]).toMatch(
      /The kernel dropped records, so there may be more\.$/,
    ));
  it.each(['empty', 'closed'] as const)('does not know which when the log is %s and there is no strace', async (log) =>
    expect(told(await check(app, profileText(), { log, runtimes: [docker] }))[0]).toMatch(
      /Which calls it lacks is not known/,
    ),
  );
  it('is not repaired when what was logged is not enough', async () => {
    const checked = await check({ ...app, calls: ['read'] }, profileText(), { runtimes: [runc] });
    expect(told(checked)[0]).toMatch(/Allowing all calls that were logged is not enough; .* Missing: read\.$/);
    expect(checked.proven).toBeUndefined();
  });
});

describe('what is no fault of the profile, or no profile at all', () => {
  it('a service that does not start without one either', async () => {
    const checked = await check({ ...app, failsAlways: true }, profileText(), { runtimes: [runc] });
    expect(told(checked)).toEqual([
      'seccomp/control-failed: `service/app` does not start with runc 1.1.5 and no profile: it ended with exit code 1 after 20 ms; it said last: "said by the program".',
    ]);
    expect(startTable([checked]).rows[0]?.slice(3)).toEqual(['exited', 'not tried', '-', '-', '-']);
    expect(startMeasurements([checked])).toEqual([]);
  });
  it('a service that never stops', async () =>
    expect(
      told(await check({ ...app, ignoresStop: true }, profileText('read', 'openat', 'rmdir'), { runtimes: [runc] })),
    ).toEqual(['seccomp/ignores-stop-signal: `service/app` does not stop on TERM with runc 1.1.5.']));
  it('a profile that filters nothing', async () =>
    expect(told(await check(app, '{}', { runtimes: [runc] }))).toEqual([
      'seccomp/filter-not-loaded: `service/app` runs with runc 1.1.5 under app.json without a filter.',
    ]));
  it.each([
    [
      'the loader',
      '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["a"],"name":"a","action":"SCMP_ACT_ALLOW"}]}',
      [runc],
      'Both `name` and `names` are specified; use either.',
    ],
    ['the runtime', '{"defaultAction":"SCMP_ACT_WHAT","syscalls":[]}', [runc], 'unknown action'],
    ['the engine', '{"defaultAction":"SCMP_ACT_WHAT","syscalls":[]}', [docker], 'unknown action'],
  ])('a profile that %s refuses', async (_, text, runtimes, reason) => {
    const [only] = told(await check(app, text, { runtimes }));
    expect(only).toMatch(/^seccomp\/profile-refused/);
    expect(only).toContain(reason);
  });
});

it('a service that starts with one runtime only', async () => {
  const checked = await check(app, profileText('read', 'openat', 'rmdir'));
  const [first, second] = checked.runs;
  const failed: StartResult = { ...second!.under!, outcome: 'killed', exit: { signal: 'SIGSYS' } };
  const differing = { ...checked, runs: [first!, { ...second!, under: failed }] };
  expect(told(differing)).toEqual([
    expect.stringMatching(/^seccomp\/does-not-start: .* with crun 1\.8\.1: it ended by SIGSYS after/),
    'seccomp/start-differs: `service/app` starts under app.json with runc 1.1.5 and not with crun 1.8.1.',
  ]);
});

describe('docker', () => {
  it('runs an empty image with the root mounted, and is told everything that a service is held to', async () => {
    const checked = await check(app, profileText('read', 'openat', 'rmdir'), { runtimes: [docker] });
    expect(told(checked)).toEqual([]);
    const runs = checked.commands
      .filter((words) => words.includes('run'))
      .map((words) => words.slice(words.indexOf('run') + 3));
    const usual = [
      ...['--network', 'none', '--read-only', '--user', '10001:10001', '--workdir', '/srv', '--cap-drop', 'ALL'],
      ...['--cap-add', 'CAP_NET_BIND_SERVICE', '--security-opt'],
    ];
    expect(runs.map((words) => words.slice(0, usual.length))).toEqual([usual, usual]);
    expect(runs.map((words) => words[usual.length]?.replace(/slipway-\w+/, 'ID'))).toEqual([
      'seccomp=unconfined',
      'seccomp=/temp/ID.json',
    ]);
    expect(runs[0]?.slice(usual.length + 1)).toEqual([
      ...[
        '--security-opt',
        'no-new-privileges',
        '--env',
        'HOME=/tmp',
        '--tmpfs',
        '/tmp:rw,nosuid,nodev,mode=0755,uid=10001,gid=10001',
      ],
      ...[
        '--volume',
        '/bin:/bin:ro',
        '--volume',
        '/usr:/usr:ro',
        '--entrypoint',
        'app',
        'slipway-empty:latest',
        '--serve',
      ],
    ]);
    expect(checked.left).toEqual([]);
  });
  it.each<[string, Ready, string]>([
    ['a health check', { kind: 'command', argv: ['check'] }, 'started'],
    ['a port that nobody listens on', { kind: 'tcp', port: 9 }, 'not-ready'],
  ])('asks for %s', async (_, ready, outcome) => {
    const { effects } = fakeContainerMachine(app);
    const rootfs = { folder: '/image' };
    expect((await startUnder(effects, docker, { ...start, rootfs, ready }, undefined)).outcome).toBe(outcome);
  });
});

it.each<[Partial<StartResult>, string]>([
  [{ outcome: 'started', exit: { code: 0 } }, 'it started and ended with exit code 0.'],
  [{ outcome: 'did-not-stop' }, 'it started and did not stop when asked to.'],
  [{ outcome: 'not-ready', took: 7 }, 'it was not ready in time (7 ms).'],
  [{ outcome: 'runtime-refused', refusal: 'no' }, 'the runtime says: no'],
  [
    { outcome: 'killed', exit: { signal: 'SIGSYS' }, took: 7, output: 'a\nb\n' },
    'it ended by SIGSYS after 7 ms; it said last: "b".',
  ],
])('%j', (result, text) => {
  const base: StartResult = {
    runtime: runc,
    outcome: 'started',
    exit: null,
    filters: 0,
    readyAfter: 0,
    took: 0,
    output: '',
    refusal: '',
  };
  expect(courseText({ ...base, ...result })).toBe(text);
});

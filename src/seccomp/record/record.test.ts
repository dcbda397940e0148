import { describe, expect, it } from '@jest/globals';
import { fakeContainerMachine, type FakeProgram } from '../../../test/support/fake-container-machine.ts';
import type { Runtime, Start } from '../enforce/start.ts';
import { architectureNames } from '../syscalls/architectures.ts';
import { isSyscall, syscallsOf } from '../syscalls/lookup.ts';
import { grouped } from '../groups.ts';
import { runtimeNeeds, successors } from './needs.ts';
import { recordProfile, type RecordResult } from './record.ts';
import { profileText, type Allowance } from './write.ts';

interface Written {
  readonly archMap: readonly { readonly architecture: string; readonly subArchitectures: readonly string[] }[];
  readonly syscalls: readonly {
    readonly comment: string;
    readonly names: readonly string[];
    readonly action: string;
    readonly errnoRet?: number;
    readonly args?: readonly object[];
  }[];
}
const written = (more: Partial<Allowance>): Written =>
  JSON.parse(profileText({ names: [], host: 'x86_64', further: [], ...more })) as Written;
const namesOf = (profile: Written): string[] => profile.syscalls.flatMap(({ names }) => names);
const ruleOf = (profile: Written, name: string) => profile.syscalls.filter(({ names }) => names.includes(name));

describe('groups of calls', () => {
  it('stand in one order, sorted, and hold every name once', () =>
    expect(grouped(['write', 'read', 'socket', 'execve', 'nobody-knows'])).toEqual([
      { title: 'start and end of programs', names: ['execve'] },
      { title: 'open, read and write files', names: ['read', 'write'] },
      { title: 'sockets', names: ['socket'] },
      { title: 'others', names: ['nobody-knows'] },
    ]));
  it('name no call twice, and none that Linux does not have', () => {
    const all = grouped(architectureNames.flatMap((name) => [...syscallsOf(name).keys()]))
      .filter(({ title }) => title !== 'others')
      .flatMap(({ names }) => names);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => !isSyscall(name))).toEqual([]);
  });
});

it('what a call is replaced by exists', () => {
  const names = [...successors.keys(), ...[...successors.values()].flat(), ...runtimeNeeds];
  expect(names.filter((name) => !isSyscall(name))).toEqual([]);
});

describe('a written profile', () => {
  it('denies with ENOSYS, and is the same each time', () => {
    const text = profileText({ names: ['read', 'write'], host: 'x86_64', further: [] });
    expect(text).toBe(profileText({ names: ['write', 'read'], host: 'x86_64', further: [] }));
    expect(JSON.parse(text)).toMatchObject({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38 });
  });
  it('allows what every program needs, and what the runtime calls', () =>
    expect(namesOf(written({}))).toEqual(
      expect.arrayContaining(['exit_group', 'rt_sigreturn', 'clock_gettime', ...runtimeNeeds]),
    ));
  it('names no call twice, but sockets', () => {
    const names = namesOf(written({ names: ['read', 'close', 'clone3', 'socket', 'open'] })).filter(
      (name) => name !== 'socket',
    );
    expect(new Set(names).size).toBe(names.length);
  });
  it('has what other machines call instead', () =>
    expect(namesOf(written({ names: ['open', 'rename', 'dup2'] }))).toEqual(
      expect.arrayContaining(['openat', 'renameat', 'renameat2', 'dup3']),
    ));
  it('makes threads by clone, without namespaces', () => {
    const profile = written({ names: ['clone3'] });
    expect(ruleOf(profile, 'clone')).toMatchObject([
      { action: 'SCMP_ACT_ALLOW', args: [{ index: 0, value: 0x7e020000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] },
    ]);
    expect(ruleOf(profile, 'clone3')).toMatchObject([{ action: 'SCMP_ACT_ERRNO', errnoRet: 38 }]);
    expect(ruleOf(written({ names: ['read'] }), 'clone')).toEqual([]);
    expect(ruleOf(written({ names: ['vfork'] }), 'clone')).toHaveLength(1);
  });
  it('makes sockets of four families', () => {
    const values = ruleOf(written({ names: ['socket'] }), 'socket').map(({ args }) => args);
    expect(values).toEqual([1, 2, 10, 16].map((value) => [{ index: 0, value, valueTwo: 0, op: 'SCMP_CMP_EQ' }]));
    expect(ruleOf(written({ names: ['read'] }), 'socket')).toEqual([]);
  });
  it('is for aarch64 too when it was recorded on x86_64, and takes second architectures only when they were seen', () => {
    expect(written({}).archMap).toEqual([
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
    ]);
    expect(written({ further: ['i386'] }).archMap[0]?.subArchitectures).toEqual(['SCMP_ARCH_X86']);
    expect(written({ host: 'aarch64' }).archMap.map(({ architecture }) => architecture)).toEqual(['SCMP_ARCH_AARCH64']);
  });
});

describe('recording', () => {
  const runc: Runtime = { name: 'runc', version: '1.1.5', path: '/usr/sbin/runc', asRoot: [] };
  const start: Start = {
    command: ['app'],
    cwd: '/',
    env: {},
    user: { uid: 10001, gid: 10001 },
    rootfs: { folder: '/image' },
    writable: [],
    capabilities: [],
    noNewPrivileges: true,
    ready: { kind: 'tcp', port: 8080 },
    readyWithin: 1000,
    steadyFor: 100,
    stopSignal: 'TERM',
    stopWithin: 500,
  };
  const record = (program: Partial<FakeProgram>, log?: 'lost' | 'closed'): Promise<RecordResult> => {
    const { effects } = fakeContainerMachine({ calls: ['read', 'clone3'], fatal: [], ...program }, log);
    return recordProfile(effects, runc, { host: 'x86_64', kernel: [6, 8], libseccomp: '2.5.4' }, start, 2);
  };

  it('merges runs, and logs only what is new', async () => {
    const result = await record({});
    expect(result).toMatchObject({
      recording: {
        names: ['clone3', 'execve', 'read'],
        added: [['clone3', 'execve', 'read'], []],
        by: 'kernel log',
        complete: true,
      },
    });
  });
  it('runs again while records are lost, and says so when that does not end', async () =>
    expect(await record({}, 'lost')).toMatchObject({ recording: { complete: false, results: { length: 7 } } }));
  it('sees that a second architecture was used', async () => {
    const result = await record({ calls: ['read'], audit: '40000003' });
    // Number 0 of i386.
    expect(result).toMatchObject({ recording: { names: ['execve', 'restart_syscall'], further: ['i386'] } });
  });
  it('is worth nothing when the program does not start', async () =>
    expect(await record({ failsAlways: true })).toMatchObject({ none: expect.stringContaining('exited') }));
  it('needs a log or strace', async () =>
    expect(await record({}, 'closed')).toMatchObject({ none: expect.stringContaining('strace') }));
});

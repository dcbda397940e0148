import { describe, expect, it } from '@jest/globals';
import { bundleConfig } from './bundle.ts';
import { readRecord } from './kernel-log.ts';
import { environmentOf, findRuntimes, readMachine } from './runtimes.ts';
import type { Start } from './start.ts';
import { callsUnderFilter } from './strace.ts';
import type { Exec, ExecResult } from '../../effects/effects.ts';

describe("a record of the kernel's log", () => {
  it.each([
    ['c000003e 257 "node"', { name: 'openat', architecture: 'x86_64', program: 'node' }],
    ['40000003 102 "a.out"', { name: 'socketcall', architecture: 'i386', program: 'a.out' }],
    ['c00000b7 56 "node"', { name: 'openat', architecture: 'aarch64', program: 'node' }],
    // The kernel writes a name with a blank in hex.
    ['c000003e 0 6120622063', { name: 'read', architecture: 'x86_64', program: 'a b c' }],
    ['c000003e 99999 "node"', undefined],
    ['lost', undefined],
  ])('%s', (line, expected) => expect(readRecord(line)).toEqual(expected));
});

describe('a trace', () => {
  const trace = `10 openat(AT_FDCWD, ""..., O_RDONLY) = 3
10 clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD) = 2 /* 20 in strace's PID NS */
20 mount(""..., ""..., ""..., 0, NULL) = 0
20 seccomp(SECCOMP_SET_MODE_FILTER, 0, NULL) = -1 EFAULT (Bad address)
20 chdir("/") = 0
20 seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, {len=9, filter=0x1} <unfinished ...>
10 epoll_pwait(4, [], 1, 0, NULL, 0) = 0
20 <... seccomp resumed>) = 0
20 clone(child_stack=0x1, flags=CLONE_VM|CLONE_THREAD) = 2 /* 21 in strace's PID NS */
20 write(1, ""..., 1) = 1
20 execve("/usr/bin/sh", 0x1, 0x2 <unfinished ...>
21 nanosleep(0x1) = 0
20 <... execve resumed>) = 0
20 brk(NULL) = 0x1
30 read(0, ""..., 1 <unfinished ...>
20 vfork() = 3 /* 30 in strace's PID NS */
30 <... read resumed>) = 0
30 execve("/usr/bin/a-very-long-name-of-a-program", 0x1, 0x2) = 0
30 exit_group(0 <unfinished ...>
30 +++ exited with 0 +++
10 wait4(-1, NULL, 0, NULL) = 20`;
  it('holds the calls of what loaded a filter and of its children', () =>
    expect(callsUnderFilter(trace, 'x86_64').map(({ name, program }) => [name, program])).toEqual([
      ['clone', ''],
      ['write', ''],
      ['execve', ''],
      ['nanosleep', ''],
      ['brk', 'sh'],
      ['read', 'sh'],
      ['vfork', 'sh'],
      ['execve', 'sh'],
      ['exit_group', 'a-very-long-nam'],
    ]));
  it('holds none where no filter was loaded, and none of a circle of numbers that were used twice', () =>
    expect(callsUnderFilter('1 fork() = 2\n2 fork() = 1\n2 read(0) = 0\ngarbage', 'x86_64')).toEqual([]));
});

describe('what can enforce a profile', () => {
  const ended = (code: number, stdout = ''): ExecResult => ({
    code,
    signal: null,
    stdout,
    stderr: '',
    timedOut: false,
    truncated: false,
  });
  /** A machine with these programs and what they answer to `--version`. */
  const machine =
    (uid: string, programs: Readonly<Record<string, string>>, sudo?: number): Exec =>
    (program, args) => {
      if (program === 'id') return Promise.resolve(ended(0, `${uid}\n`));
      if (program === 'uname') return Promise.resolve(ended(0, programs.uname));
      if (program === 'sudo')
        return sudo === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(ended(sudo));
      const name = program === 'sh' ? args.at(-1) : program.split('/').at(-1);
      const version = programs[name ?? ''];
      if (version === undefined) return Promise.resolve(ended(127));
      return Promise.resolve(ended(0, program === 'sh' ? `/usr/bin/${name}\n` : version));
    };
  const runc = 'runc version 1.1.5+ds1\ncommit: x';
  const crun = 'crun version 1.8.1\ncommit: x';
  const docker = 'Docker version 26.1.3, build b72abbb';
  const podman = 'podman version 4.9.3';

  it.each([
    ['both runtimes', '0', { runc, crun, docker }, undefined, ['runc 1.1.5+ds1', 'crun 1.8.1']],
    ['an engine where no runtime is', '0', { docker, podman }, undefined, ['docker 26.1.3', 'podman 4.9.3']],
    ['sudo makes root', '1001', { runc }, 0, ['sudo -n runc 1.1.5+ds1']],
    ['sudo asks for a password', '1001', { runc }, 1, []],
    ['there is no sudo', '1001', { runc }, undefined, []],
    ['a program without a version', '0', { runc: 'hello' }, undefined, []],
    ['nothing', '0', {}, undefined, []],
  ])('%s', async (_, uid, programs, sudo, expected) => {
    const found = await findRuntimes(machine(uid, programs, sudo));
    expect(found.map(({ name, version, asRoot }) => [...asRoot, name, version].join(' '))).toEqual(expected);
  });

  it.each([
    ['6.8.0-45-generic x86_64', { host: 'x86_64', kernel: [6, 8] }],
    ['6.1.0 aarch64', { host: 'aarch64', kernel: [6, 1] }],
    ['6.1.0 riscv64', undefined],
  ])('the machine: %s', async (uname, expected) => {
    const found = await readMachine(machine('0', { uname }));
    expect(found && { host: found.host, kernel: found.kernel }).toEqual(expected);
  });

  it.each([
    ['runc', '1.1.15', 'runc 1.1.5'],
    ['runc', '1.3.6', 'runc 1.3.6'],
    ['docker', '26.1.3', 'runc 1.1.5'],
    ['docker', '28.0.1', 'runc 1.3.6'],
    ['crun', '1.8.1', 'crun 1.8.1'],
    ['crun', '1.14.3', 'crun 1.28'],
    ['podman', '4.9.3', 'crun 1.28'],
  ] as const)('%s %s is modelled as %s', (name, version, expected) => {
    const facts = { host: 'x86_64', kernel: [6, 8], libseccomp: '2.5.4' } as const;
    expect(environmentOf({ name, version }, facts, [], 'moby').runtime).toBe(expected);
  });
});

describe('the config.json of a container', () => {
  const start: Start = {
    command: ['a', 'b"c'],
    cwd: '/srv',
    env: { A: 'x=y' },
    user: { uid: 10001, gid: 10002 },
    rootfs: 'host',
    writable: ['/tmp'],
    capabilities: ['CAP_NET_BIND_SERVICE'],
    noNewPrivileges: true,
    ready: { kind: 'exit', code: 0 },
    readyWithin: 1,
    steadyFor: 1,
    stopSignal: 'TERM',
    stopWithin: 1,
  };
  it('holds the start, and no filter without a profile', () => {
    const config = JSON.parse(bundleConfig(start, '/r', undefined)) as Record<string, unknown>;
    expect(config).toMatchObject({
      process: {
        args: ['a', 'b"c'],
        env: ['A=x=y'],
        cwd: '/srv',
        user: { uid: 10001, gid: 10002 },
        noNewPrivileges: true,
      },
      root: { path: '/r', readonly: true },
    });
    expect(config.linux).toEqual({ namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })) });
  });
  it('holds numbers of 64 bits as they are', () => {
    const text = bundleConfig(start, '/r', {
      defaultAction: 'SCMP_ACT_ERRNO',
      defaultErrnoRet: 38n,
      architectures: ['SCMP_ARCH_X86_64'],
      flags: [],
      listenerPath: '',
      syscalls: [
        {
          names: ['clone'],
          action: 'SCMP_ACT_ALLOW',
          errnoRet: undefined,
          args: [{ index: 0n, value: 18446744073709551615n, valueTwo: 0n, op: 'SCMP_CMP_MASKED_EQ' }],
        },
      ],
    });
    expect(text).toContain('"args":[{"index":0,"value":18446744073709551615,"valueTwo":0,"op":"SCMP_CMP_MASKED_EQ"}]');
    expect(JSON.parse(text)).toMatchObject({
      linux: { seccomp: { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38 } },
    });
  });
});

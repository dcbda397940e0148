import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { effectOf } from '../bpf/action.ts';
import { decide, type Filter } from '../filter/filter.ts';
import type { Environment, Runtime } from '../loading/profile.ts';
import { outcomeOf } from '../loading/runtime.ts';
import { architectures, type Host } from '../syscalls/architectures.ts';
import { numberOf } from '../syscalls/lookup.ts';
import { runtimeNeeds } from './needs.ts';

/** The profiles that are shipped: what they let through and what not, on both machines and under every runtime of the model. */
const folder = 'policies/seccomp';
/** What others are measured against, and no profile of ours. */
const reference = 'docker-default.json';
const profiles = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== reference);
const runtimes: readonly Runtime[] = ['runc 1.1.5', 'runc 1.3.6', 'crun 1.8.1', 'crun 1.28'];
const hosts = ['x86_64', 'aarch64'] as const;
const cases = profiles.flatMap((name) =>
  hosts.flatMap((host) => runtimes.map((runtime) => [name, host, runtime] as const)),
);

function filterOf(name: string, host: Host, runtime: Runtime): Filter {
  const environment: Environment = {
    loader: 'moby',
    runtime,
    host,
    kernel: [6, 8],
    capabilities: new Set(),
    libseccomp: '2.5.4',
  };
  const outcome = outcomeOf(readFileSync(join(folder, name), 'utf8'), environment);
  if (outcome.kind !== 'filter') throw new Error(outcome.kind);
  return outcome.filter;
}

function seen(filter: Filter, host: Host, call: string, args: readonly bigint[] = []): string {
  const nr = numberOf(call, host);
  if (nr === undefined) return 'no such call';
  const effect = effectOf(decide(filter, { nr, arch: architectures[host].audit, args: [...args] }));
  return effect.kind === 'errno' ? `errno ${effect.errno}` : effect.kind;
}

/** What was seen to be fatal for glibc, musl, Node and Go programs when it is denied. */
const floor = (
  'arch_prctl close mmap mprotect newfstatat openat pread64 read clone exit futex fork gettid stat prctl capget epoll_create1 epoll_ctl epoll_pwait ' +
  'eventfd2 fcntl fstat getrandom madvise munmap pipe2 rt_sigaction rt_sigprocmask uname write sigaltstack execve exit_group set_tid_address rt_sigreturn'
).split(' ');
const forbidden = (
  'mount umount2 bpf ptrace process_vm_readv process_vm_writev keyctl add_key request_key userfaultfd io_uring_setup io_uring_enter perf_event_open kexec_load ' +
  'init_module finit_module delete_module unshare setns pivot_root chroot open_by_handle_at personality acct reboot swapon syslog mknodat clone3'
).split(' ');

describe.each(cases)('%s on %s under %s', (name, host, runtime) => {
  const filter = filterOf(name, host, runtime);
  const answers = (calls: readonly string[]): Set<string> =>
    new Set(calls.map((call) => seen(filter, host, call)).filter((answer) => answer !== 'no such call'));

  it('allows what every program and what the runtime needs', () => {
    expect(answers([...floor, ...runtimeNeeds])).toEqual(new Set(['allow']));
  });
  it('answers ENOSYS to what no server needs', () => {
    expect(answers(forbidden)).toEqual(new Set(['errno 38']));
  });
  it('knows four families of sockets', () => {
    const families = Array.from({ length: 64 }, (_, family) => family);
    const allowed = families.filter((family) => seen(filter, host, 'socket', [BigInt(family)]) === 'allow');
    expect(allowed).toEqual([1, 2, 10, 16]);
  });
  it('makes threads, and no namespace', () => {
    expect(seen(filter, host, 'clone', [0x3d0f00n])).toBe('allow');
    const namespaces = [0x00020000n, 0x02000000n, 0x04000000n, 0x08000000n, 0x10000000n, 0x20000000n, 0x40000000n];
    expect(new Set(namespaces.map((flag) => seen(filter, host, 'clone', [flag])))).toEqual(new Set(['errno 38']));
  });
  it('takes no second architecture', () => {
    const other = host === 'x86_64' ? 'i386' : 'arm';
    const nr = numberOf('read', other) ?? 0;
    expect(effectOf(decide(filter, { nr, arch: architectures[other].audit, args: [] })).kind).toBe('kill-thread');
  });
});

import { readFileSync } from 'node:fs';
import type { Finding } from '../../src/report/report.ts';
import { judgeProfile, type JudgeContext, type Judgement } from '../../src/seccomp/judge.ts';
import type { SeccompPolicy } from '../../src/seccomp/policy.ts';

const dockerDefault = readFileSync('policies/seccomp/docker-default.json', 'utf8');

/** Asks nothing beyond what every profile is asked. */
export const lenientPolicy: SeccompPolicy = {
  version: 1,
  targets: ['docker'],
  hosts: ['x86_64'],
  kernel: '6.8',
  profiles: {
    'dangerous-calls': [],
    'forbidden-families': [],
    starts: [],
    'looser-than-default': 'warn',
    loosening: 'fail',
  },
  services: [],
  starts: [],
  waivers: [],
};

export interface Setup extends Partial<Pick<SeccompPolicy, 'targets' | 'hosts' | 'kernel'>> {
  readonly profiles?: Partial<SeccompPolicy['profiles']>;
  readonly context?: Partial<JudgeContext>;
}

export function judged(profile: object | string, { profiles, context, ...more }: Setup = {}): Judgement {
  const policy = { ...lenientPolicy, ...more, profiles: { ...lenientPolicy.profiles, ...profiles } };
  const text = typeof profile === 'string' ? profile : JSON.stringify(profile, null, 1);
  return judgeProfile(text, 'profile.json', policy, { dockerDefault, ...context });
}

/** Findings of one rule. */
export function findingsOf(id: string, profile: object | string, setup?: Setup): Finding[] {
  return judged(profile, setup).findings.filter(({ rule }) => rule.id === `seccomp/${id}`);
}

/** What a profile needs so that runtimes and programs start, and nothing else is odd about it. */
export const basicNames = [
  ...['arch_prctl', 'brk', 'capget', 'capset', 'chdir', 'clone', 'close', 'epoll_create1', 'epoll_ctl', 'epoll_pwait'],
  ...['eventfd2', 'execve', 'exit', 'exit_group', 'faccessat2', 'fchown', 'fcntl', 'fork', 'fstat', 'fstatfs', 'futex'],
  ...['getdents64', 'getpid', 'getppid', 'getrandom', 'gettid', 'madvise', 'mmap', 'mprotect', 'munmap', 'newfstatat'],
  ...['openat', 'openat2', 'pipe2', 'prctl', 'pread64', 'prlimit64', 'read', 'rseq', 'rt_sigaction', 'rt_sigprocmask'],
  ...['rt_sigreturn', 'set_robust_list', 'set_tid_address', 'setgid', 'setgroups', 'setresgid', 'setresuid', 'setuid'],
  ...['sigaltstack', 'stat', 'statx', 'uname', 'write', 'close_range', 'fchmodat2', 'renameat2', 'copy_file_range'],
  ...['preadv2', 'pwritev2', 'epoll_pwait2', 'futex_waitv', 'memfd_create', 'pidfd_open', 'membarrier'],
];

const threads = { index: 0, value: 2114060288, op: 'SCMP_CMP_MASKED_EQ' };

/** An allow-list under which nothing is wrong, with more rules behind its own. */
export function allowList(
  rules: readonly object[] = [],
  more: { readonly defaultErrnoRet?: number | undefined } & Readonly<Record<string, unknown>> = {},
  without: readonly string[] = [],
): object {
  const names = basicNames.filter((name) => !without.includes(name));
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 1,
    architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
    ...more,
    syscalls: [
      { names: names.filter((name) => name !== 'clone'), action: 'SCMP_ACT_ALLOW' },
      ...(names.includes('clone') ? [{ names: ['clone'], action: 'SCMP_ACT_ALLOW', args: [threads] }] : []),
      ...(more.defaultErrnoRet === 38 ? [] : [{ names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }]),
      ...rules,
    ],
  };
}

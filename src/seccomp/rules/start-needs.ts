import type { SeccompPolicy } from '../policy.ts';

export type ProgramKind = SeccompPolicy['profiles']['starts'][number];

/** Calls that programs of a kind make until they run, by what happens where one is denied with EPERM. */
export interface Needs {
  /** The program does not start. */
  readonly fatal: readonly string[];
  /** Fatal, but for the error ENOSYS, after which the program takes another way. */
  readonly fatalUnlessMissing: readonly string[];
  /** The program starts, and has no threads or processes. */
  readonly degraded: readonly string[];
  /** Denied without consequence. */
  readonly tolerated: readonly string[];
}

const dynamicGlibc = ['arch_prctl', 'close', 'mmap', 'mprotect', 'newfstatat', 'openat', 'pread64', 'read'];

/**
 * Measured on x86_64 by denying one call at a time with EPERM and with ENOSYS, all others allowed: glibc 2.36, musl 1.2, Node 20, a static program
 * of Go 1.19. Nobody can do without `execve` and `exit_group`. Where an architecture does not have a call, nobody there needs it.
 */
export const startNeeds: Readonly<Record<ProgramKind, Needs>> = {
  glibc: {
    fatal: ['execve', 'exit_group', ...dynamicGlibc],
    fatalUnlessMissing: [],
    degraded: ['clone', 'exit', 'futex'],
    tolerated: ['prlimit64', 'rseq', 'set_robust_list', 'set_tid_address'],
  },
  musl: {
    fatal: ['execve', 'exit_group', 'arch_prctl', 'mmap', 'mprotect'],
    fatalUnlessMissing: [],
    degraded: ['clone', 'exit', 'fork', 'gettid', 'stat'],
    tolerated: [],
  },
  go: {
    fatal: [
      ...[
        'execve',
        'exit_group',
        'arch_prctl',
        'clone',
        'epoll_create1',
        'epoll_ctl',
        'epoll_pwait',
        'eventfd2',
        'fcntl',
        'futex',
      ],
      ...['gettid', 'mmap', 'mprotect', 'rt_sigaction', 'rt_sigprocmask', 'sigaltstack', 'write'],
    ],
    fatalUnlessMissing: ['getrandom'],
    degraded: [],
    tolerated: [],
  },
  node: {
    fatal: [
      ...[
        'execve',
        'exit_group',
        ...dynamicGlibc,
        'clone',
        'futex',
        'capget',
        'epoll_create1',
        'epoll_ctl',
        'epoll_pwait',
      ],
      ...['eventfd2', 'fcntl', 'fstat', 'getrandom', 'gettid', 'madvise', 'munmap', 'pipe2', 'rt_sigaction'],
      ...['rt_sigprocmask', 'uname', 'write'],
    ],
    fatalUnlessMissing: ['clone3'],
    degraded: ['exit'],
    tolerated: ['prlimit64', 'rseq', 'set_robust_list', 'set_tid_address'],
  },
};

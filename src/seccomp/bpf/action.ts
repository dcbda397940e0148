/**
 * Return values of seccomp filters: the action in the upper 16 bits, its data in the lower (include/uapi/linux/seccomp.h).
 * All are unsigned 32-bit numbers.
 */
export const action = {
  killProcess: 0x80000000,
  killThread: 0x00000000,
  trap: 0x00030000,
  errno: 0x00050000,
  notify: 0x7fc00000,
  trace: 0x7ff00000,
  log: 0x7ffc0000,
  allow: 0x7fff0000,
} as const;

/** Largest number that a call can return as an error (MAX_ERRNO of include/linux/err.h); the kernel caps a filter's data to it. */
export const maxErrno = 4095;

export const enosys = 38;
export const eperm = 1;

/** Actions by their name in reports: what remains of SCMP_ACT_ when KILL is told apart from KILL_PROCESS. */
export type Effect =
  | { readonly kind: 'allow' | 'log' | 'notify' | 'kill-thread' | 'kill-process' }
  | { readonly kind: 'trap' | 'trace'; readonly data: number }
  /** The call does not run and returns this error; with 0 it "succeeds" without effect. */
  | { readonly kind: 'errno'; readonly errno: number };

/** What the kernel does on a return value (__seccomp_filter of kernel/seccomp.c): a value that it does not know kills the process. */
export function effectOf(value: number): Effect {
  const data = value & 0xffff;
  switch ((value & 0xffff0000) >>> 0) {
    case action.allow:
      return { kind: 'allow' };
    case action.log:
      return { kind: 'log' };
    case action.notify:
      return { kind: 'notify' };
    case action.trace:
      return { kind: 'trace', data };
    case action.errno:
      return { kind: 'errno', errno: Math.min(data, maxErrno) };
    case action.trap:
      return { kind: 'trap', data };
    case action.killThread:
      return { kind: 'kill-thread' };
    default:
      return { kind: 'kill-process' };
  }
}

/**
 * The value that counts when several filters judge a call (seccomp_run_filters of kernel/seccomp.c): the lowest action as a signed number, so
 * kill process, kill thread, trap, errno, notify, trace, log, allow; of equal actions that of the filter installed last, but an
 * allowance never carries data.
 * @param values what each filter returned, the one installed last first
 */
export function strictest(values: readonly number[]): number {
  const rank = (value: number): number => (value & 0xffff0000) | 0;
  return values.reduce<number>((first, value) => (rank(value) < rank(first) ? value : first), action.allow);
}

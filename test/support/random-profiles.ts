import fc from 'fast-check';
import { syscallsOf } from '../../src/seccomp/syscalls/lookup.ts';

/** A profile's text, and the numbers that its conditions name. */
export interface RandomProfile {
  readonly text: string;
  readonly values: readonly bigint[];
  readonly names: readonly string[];
}

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>): { weight: number; arbitrary: fc.Arbitrary<T> } => ({
  weight,
  arbitrary,
});
const maybe = <T>(chance: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof(often(100 - chance, fc.constant(undefined)), often(chance, arbitrary));

/** Few, so that rules meet: with multiplexers, with numbers of their own on x32, on some architectures only. */
const meeting = [
  'mkdir',
  'socket',
  'sendto',
  'clone',
  'semop',
  'shmat',
  'execve',
  'open',
  'accept4',
  'socketcall',
  'read',
];
const all = [...new Set([...syscallsOf('x86_64').keys(), ...syscallsOf('i386').keys(), ...syscallsOf('arm').keys()])];
const unknown = ['mkdirr', 'futex_wait', 'mseal', 'cachectl', 's390_runtime_instr', 'READ'];
const name = fc.oneof(
  often(40, fc.constantFrom(...meeting)),
  often(20, fc.constantFrom(...all)),
  often(2, fc.constantFrom(...unknown)),
);

const prefixed = (prefix: string, names: string): string[] => names.split(' ').map((one) => `${prefix}${one}`);
const action = fc.oneof(
  often(60, fc.constantFrom(...prefixed('SCMP_ACT_', 'KILL KILL_PROCESS KILL_THREAD TRAP ERRNO TRACE ALLOW LOG'))),
  often(1, fc.constantFrom('SCMP_ACT_NOTIFY', 'SCMP_ACT_DENY', 'ALLOW')),
);
const errno = fc.oneof(often(60, fc.integer({ min: 0, max: 133 })), often(1, fc.constantFrom(4094, 4095, 4096, 70000)));

const edges = [0n, 1n, 2n, 5n, 38n, 511n, 0xffffffffn, 0x100000000n, 0x100000005n, 0x7e020000n, 0xffffffffffffffffn];
export const value = fc.oneof(
  fc.constantFrom(...edges),
  fc.bigInt({ min: 0n, max: 0xffffffffn }),
  fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
);
const operator = fc.oneof(
  often(60, fc.constantFrom(...prefixed('SCMP_CMP_', 'NE LT LE EQ GE GT MASKED_EQ'))),
  often(1, fc.constantFrom('SCMP_CMP_LIKE', 'EQ')),
);
const condition = fc.record({
  index: fc.oneof(often(60, fc.nat(5)), often(1, fc.constant(6))),
  op: operator,
  value,
  valueTwo: maybe(50, value),
});
const conditions = fc.oneof(
  often(3, fc.array(condition, { maxLength: 0 })),
  often(3, fc.array(condition, { minLength: 1, maxLength: 1 })),
  // Each argument once, and any number of times.
  often(2, fc.uniqueArray(condition, { minLength: 2, maxLength: 4, selector: ({ index }) => index })),
  often(1, fc.array(condition, { minLength: 2, maxLength: 7 })),
);
const takesErrno = (name: string): boolean => name === 'SCMP_ACT_ERRNO' || name === 'SCMP_ACT_TRACE';
const rule = fc
  .record({
    names: fc.oneof(
      often(4, fc.array(name, { minLength: 1, maxLength: 2 })),
      often(1, fc.array(name, { maxLength: 8 })),
    ),
    action,
    errnoRet: maybe(50, errno),
    isMisplaced: fc.integer({ min: 0, max: 99 }).map((chance) => chance === 0),
    args: conditions,
  })
  // crun refuses an error's number on another action.
  .map(({ isMisplaced, errnoRet, ...one }) => (takesErrno(one.action) || isMisplaced ? { ...one, errnoRet } : one));
/** Of those that the model does not evaluate none: a conflict of rules on them alone (`ipc` of PPC64LE) is not modelled. */
const architecture = fc.oneof(
  often(60, fc.constantFrom(...prefixed('SCMP_ARCH_', 'X86_64 X86 X32 AARCH64 ARM'))),
  often(1, fc.constantFrom('SCMP_ARCH_S390X', 'SCMP_ARCH_Z80', 'X86')),
);

/** Profiles of every kind: with conflicts and duplicates, names that do not exist, and some that a runtime refuses. */
export const randomProfile: fc.Arbitrary<RandomProfile> = fc
  .record({
    defaultAction: action,
    defaultErrnoRet: maybe(8, errno),
    architectures: maybe(70, fc.array(architecture, { maxLength: 4 })),
    flags: maybe(2, fc.constant(['SECCOMP_FILTER_FLAG_LOG'])),
    syscalls: fc.oneof(often(5, fc.array(rule, { maxLength: 8 })), often(1, fc.array(rule, { maxLength: 50 }))),
  })
  .map((profile) => ({
    text: withNumbers(profile),
    values: profile.syscalls.flatMap(({ args }) => args.flatMap((one) => [one.value, one.valueTwo ?? 0n])),
    names: profile.syscalls.flatMap(({ names }) => names),
  }));

/** Several rules of one call that all look at its first argument and agree on its upper half, as most profiles write them. */
export const oneArgumentProfile: fc.Arbitrary<RandomProfile> = fc
  .array(
    fc.record({
      names: fc.constant(['socket']),
      action: fc.constantFrom(...prefixed('SCMP_ACT_', 'ALLOW ERRNO LOG')),
      args: fc.tuple(
        fc.record({
          index: fc.constant(0),
          op: fc.constantFrom(...prefixed('SCMP_CMP_', 'NE LT LE EQ GE GT MASKED_EQ')),
          value: fc.constantFrom(0n, 1n, 2n, 16n, 38n, 39n, 40n, 511n),
          valueTwo: fc.constantFrom(0n, 1n, 2n, 16n, 38n),
        }),
      ),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((syscalls) => ({
    text: withNumbers({ defaultAction: 'SCMP_ACT_KILL_PROCESS', syscalls }),
    values: syscalls.flatMap(({ args: [one] }) => [one.value, one.valueTwo]),
    names: ['socket'],
  }));

/** As JSON.stringify, which takes no BigInt, but with whole numbers of 64 bits. */
function withNumbers(profile: object): string {
  const text = JSON.stringify(profile, (_, one: unknown) => (typeof one === 'bigint' ? `bigint ${one}` : one));
  return text.replace(/"bigint (\d+)"/g, '$1');
}

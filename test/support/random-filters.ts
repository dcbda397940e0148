import fc from 'fast-check';
import { action } from '../../src/seccomp/bpf/action.ts';
import { comparisons, condition } from '../../src/seccomp/filter/condition.ts';
import { FilterBuilder, type Filter } from '../../src/seccomp/filter/filter.ts';
import { ConflictError } from '../../src/seccomp/filter/insert.ts';
import type { Architecture } from '../../src/seccomp/syscalls/architectures.ts';

/** Names with numbers on some architectures only, with multiplexers, and with different numbers on x32. */
export const someCalls = [
  'read',
  'socket',
  'sendto',
  'clone',
  'mkdir',
  'semop',
  'execve',
  'accept4',
  'open',
  'socketcall',
];

const edges = [0n, 1n, 5n, 38n, 0xffffffffn, 0x100000000n, 0x100000005n, 0x7e020000n, 0xffffffffffffffffn];
export const argument = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }));

const { allow, log, killThread, killProcess, errno } = action;
const value = fc.constantFrom(allow, log, killThread, killProcess, errno + 1, errno + 38);
const someConditions = fc.uniqueArray(
  fc.record({ index: fc.nat(5), compare: fc.constantFrom(...comparisons), first: argument, second: argument }),
  { maxLength: 3, selector: ({ index }) => index },
);

/** A filter of rules on `someCalls`; what libseccomp would refuse is left out. */
export const randomFilter: fc.Arbitrary<Filter> = fc
  .record({
    rules: fc.array(fc.tuple(fc.constantFrom(...someCalls), value, someConditions), { maxLength: 12 }),
    further: fc.subarray(['i386', 'x32', 'aarch64', 'arm'] as Architecture[]),
    defaultAction: value,
    limits: fc.dictionary(fc.constantFrom('x86_64', 'i386', 'x32'), fc.nat(600)),
  })
  .map(({ rules, further, defaultAction, limits }) => {
    const builder = new FilterBuilder(defaultAction, 'x86_64', further);
    for (const [name, wanted, conditions] of rules) {
      try {
        builder.rule(
          name,
          wanted,
          conditions.map(({ index, compare, first, second }) => condition(index, compare, first, second)),
        );
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
      }
    }
    return builder.build(new Map(Object.entries(limits) as [Architecture, number][]));
  });

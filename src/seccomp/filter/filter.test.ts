import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { argument, randomFilter, someCalls } from '../../../test/support/random-filters.ts';
import { action } from '../bpf/action.ts';
import { refusal } from '../bpf/check.ts';
import { run } from '../bpf/run.ts';
import { architectureNames, architectures, x32Bit, type Architecture } from '../syscalls/architectures.ts';
import { numberOf } from '../syscalls/lookup.ts';
import { compile } from './compile.ts';
import { condition, type Comparison, type Condition } from './condition.ts';
import { decide, FilterBuilder, isDecided, type Filter } from './filter.ts';
import { ConflictError } from './insert.ts';

const { allow, log, killThread, killProcess } = action;
const eperm = action.errno + 1;
const on = (argument: number, compare: Comparison, value: bigint, valueTwo = 0n): Condition =>
  condition(argument, compare, value, valueTwo);
type Rule = readonly [name: string, value: number, ...conditions: Condition[]];

function filterOf(
  rules: readonly Rule[],
  further: readonly Architecture[] = [],
  defaultAction: number = allow,
): Filter {
  const builder = new FilterBuilder(defaultAction, 'x86_64', further);
  for (const [name, value, ...conditions] of rules) builder.rule(name, value, conditions);
  return builder.build();
}

function answer(
  filter: Filter,
  name: string | number,
  args: readonly bigint[] = [],
  architecture: Architecture = 'x86_64',
): number {
  const nr = typeof name === 'number' ? name : (numberOf(name, architecture) ?? -1);
  return decide(filter, { nr, arch: architectures[architecture].audit, args });
}

describe('one condition', () => {
  const big = 0x1_0000_0005n;
  it.each<[Comparison, bigint, bigint[], bigint[]]>([
    ['EQ', big, [big], [5n, 0x1_0000_0004n, 0n]],
    ['NE', big, [5n, 0x1_0000_0004n], [big]],
    ['GT', big, [big + 1n, 0x2_0000_0000n], [big, 6n]],
    ['GE', big, [big, 0x2_0000_0000n], [big - 1n, 6n]],
    ['LT', big, [big - 1n, 0xffffffffn], [big, 0x2_0000_0000n]],
    ['LE', big, [big, 0xffffffffn], [big + 1n, 0x2_0000_0000n]],
  ])('%s %p on 64 bits', (compare, value, holds, fails) => {
    const filter = filterOf([['mkdir', eperm, on(1, compare, value)]]);
    for (const one of holds) expect(answer(filter, 'mkdir', [0n, one])).toBe(eperm);
    for (const one of fails) expect(answer(filter, 'mkdir', [0n, one])).toBe(allow);
  });

  it('MASKED_EQ compares the bits under the mask', () => {
    const filter = filterOf([['clone', eperm, on(0, 'MASKED_EQ', 0x7e020000n, 0n)]]);
    expect([0x11n, 0x10000000n].map((flags) => answer(filter, 'clone', [flags]))).toEqual([eperm, allow]);
  });

  it('a mask of 0 always matches, whatever it is compared with', () =>
    expect(answer(filterOf([['mkdir', eperm, on(1, 'MASKED_EQ', 0n, 5n)]]), 'mkdir')).toBe(eperm));

  it('a 32-bit architecture sees the lower half of the value only', () => {
    const filter = filterOf([['mkdir', eperm, on(1, 'EQ', big)]], ['i386']);
    expect([5n, 6n].map((value) => answer(filter, 'mkdir', [0n, value], 'i386'))).toEqual([eperm, allow]);
  });

  it('conditions on several arguments must all hold', () => {
    const filter = filterOf([['mkdir', eperm, on(0, 'GT', 1n), on(1, 'NE', 2n)]]);
    expect(
      [
        [2n, 3n],
        [1n, 3n],
        [2n, 2n],
      ].map((args) => answer(filter, 'mkdir', args)),
    ).toEqual([eperm, allow, allow]);
  });
});

describe('several rules of one call', () => {
  it.each<[string, Rule[], number]>([
    [
      'without conditions, the first stays',
      [
        ['mkdir', eperm],
        ['mkdir', killProcess],
      ],
      eperm,
    ],
    [
      'one without conditions wins behind',
      [
        ['mkdir', log, on(1, 'EQ', 511n)],
        ['mkdir', eperm],
      ],
      eperm,
    ],
    [
      'and before',
      [
        ['mkdir', eperm],
        ['mkdir', log, on(1, 'EQ', 511n)],
      ],
      eperm,
    ],
    [
      'an equality is tested before an order',
      [
        ['mkdir', eperm, on(1, 'GT', 5n)],
        ['mkdir', log, on(1, 'EQ', 511n)],
      ],
      log,
    ],
    [
      'a later argument is tested first',
      [
        ['mkdir', eperm, on(0, 'EQ', 1n)],
        ['mkdir', log, on(1, 'EQ', 511n)],
      ],
      log,
    ],
    [
      'of lower bounds the larger one is tested first',
      [
        ['mkdir', eperm, on(1, 'GT', 5n)],
        ['mkdir', log, on(1, 'GT', 500n)],
      ],
      log,
    ],
    [
      'a longer rule behind a shorter one is lost',
      [
        ['mkdir', eperm, on(0, 'EQ', 1n)],
        ['mkdir', log, on(0, 'EQ', 1n), on(1, 'EQ', 511n)],
      ],
      eperm,
    ],
  ])('%s', (_, rules, value) => expect(answer(filterOf(rules), 'mkdir', [1n, 511n])).toBe(value));

  it.each<[string, Rule[]]>([
    [
      'the same condition',
      [
        ['mkdir', eperm, on(1, 'EQ', 511n)],
        ['mkdir', log, on(1, 'EQ', 511n)],
      ],
    ],
    [
      'a shorter rule behind a longer one',
      [
        ['mkdir', eperm, on(0, 'EQ', 1n), on(1, 'EQ', 2n)],
        ['mkdir', log, on(0, 'EQ', 1n)],
      ],
    ],
  ])('%s with another action is refused', (_, rules) => expect(() => filterOf(rules)).toThrow(ConflictError));

  it('a longer rule that a shorter one covers is taken out: a third does not conflict with it, and the call is not known for certain', () => {
    const rules: Rule[] = [
      ['mkdir', eperm, on(0, 'EQ', 1n), on(1, 'EQ', 2n)],
      ['mkdir', eperm, on(1, 'EQ', 2n)],
      ['mkdir', log, on(0, 'EQ', 1n)],
    ];
    const filter = filterOf(rules);
    expect([[1n, 2n], [1n], [0n]].map((args) => answer(filter, 'mkdir', args))).toEqual([eperm, log, allow]);
    const call = { nr: 83, arch: architectures.x86_64.audit, args: [0n] };
    expect([filter, filterOf(rules.slice(0, 1))].map((one) => isDecided(one, call))).toEqual([false, true]);
    expect(() => filterOf([0, 2].flatMap((at) => rules.slice(at, at + 1)))).toThrow(ConflictError);
  });

  it('two upper bounds with different upper halves are not known for certain', () => {
    const filter = filterOf(
      [
        ['open', eperm, on(0, 'LT', 5n)],
        ['open', log, on(0, 'LT', 0x100000005n)],
      ],
      [],
      killThread,
    );
    const call = (value: bigint) => ({ nr: 2, arch: architectures.x86_64.audit, args: [value] });
    expect([0x7e020000n, 3n].map((value) => isDecided(filter, call(value)))).toEqual([false, false]);
  });
});

describe('architectures', () => {
  const socket: Rule[] = [
    ['socket', allow, on(0, 'LT', 38n)],
    ['read', allow],
  ];
  const filter = filterOf(socket, ['i386'], eperm);
  it('a condition on socket is lost in socketcall of i386', () =>
    expect(answer(filter, 'socketcall', [1n], 'i386')).toBe(allow));
  it('and kept for the direct call', () => expect(answer(filter, 'socket', [40n], 'i386')).toBe(eperm));
  it('another subcall has no rule', () => expect(answer(filter, 'socketcall', [2n], 'i386')).toBe(eperm));
  it('an architecture that is not listed is killed', () =>
    expect(answer(filter, 'read', [], 'aarch64')).toBe(killThread));
  it.each([
    ['x32 is killed where it is not listed', x32Bit, killThread],
    ['so is what lies above it', 0x80000000, killThread],
    ['-1, with which tracers skip a call, is not', 0xffffffff, eperm],
  ])('%s', (_, number, value) => expect(answer(filter, number)).toBe(value));
  it('x32 has its own numbers', () => {
    const both = filterOf(
      [
        ['execve', log],
        ['read', log],
      ],
      ['x32'],
      eperm,
    );
    expect([answer(both, x32Bit + 520), answer(both, x32Bit + 59), answer(both, 59)]).toEqual([log, eperm, log]);
  });
  it('no rule applies where the first call in libseccomp’s order does not exist', () => {
    const blind = filterOf(
      [
        ['open', log],
        ['execve', log, on(0, 'GT', 5n)],
      ],
      ['aarch64'],
      eperm,
    );
    expect([answer(blind, 'execve', [6n]), answer(blind, 'execve', [6n], 'aarch64')]).toEqual([log, eperm]);
  });
});

describe('the compiled program', () => {
  const number = fc.oneof(
    fc.constantFrom(0, 102, 117, 435, 500, x32Bit, x32Bit + 520, 0x80000000, 0xffffffff),
    fc.nat(600),
  );
  const call = fc.tuple(
    fc.constantFrom(...architectureNames),
    fc.oneof(number, fc.constantFrom(...someCalls)),
    fc.array(argument, { minLength: 6, maxLength: 6 }),
  );

  it('answers every call as the model does', () => {
    fc.assert(
      fc.property(randomFilter, fc.array(call, { minLength: 20 }), (filter, made) => {
        const program = compile(filter);
        expect(refusal(program)).toBeUndefined();
        for (const [architecture, call, args] of made) {
          const nr = typeof call === 'number' ? call : (numberOf(call, architecture) ?? 0);
          const data = { nr, arch: architectures[architecture].audit, instructionPointer: 0n, args };
          expect(run(program, data)).toBe(decide(filter, data));
        }
      }),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { argument, randomFilter, someCalls } from '../../../test/support/random-filters.ts';
import { action, effectOf, type Effect } from '../bpf/action.ts';
import { comparisons, condition, type Comparison as Operator, type Condition } from '../filter/condition.ts';
import { decide, FilterBuilder, isDecided, type Filter } from '../filter/filter.ts';
import { architectures, conventionsOf, x32Bit, type Architecture } from '../syscalls/architectures.ts';
import { numberOf } from '../syscalls/lookup.ts';
import { compareOutcomes, isPossible, type Running } from './differences.ts';
import { effectsOf } from './effects.ts';

const eperm = action.errno + 1;
const enosys = action.errno + 38;
const on = (index: number, compare: Operator, value: bigint, valueTwo = 0n): Condition =>
  condition(index, compare, value, valueTwo);
type Rule = readonly [name: string, value: number, ...conditions: Condition[]];

function filterOf(
  rules: readonly Rule[],
  further: readonly Architecture[] = [],
  defaultAction: number = eperm,
): Filter {
  const builder = new FilterBuilder(defaultAction, 'x86_64', further);
  for (const [name, value, ...conditions] of rules) builder.rule(name, value, conditions);
  return builder.build();
}
const running = (filter: Filter): Running => ({ kind: 'filter', filter });

const text = (effect: Effect): string => (effect.kind === 'errno' ? `errno ${effect.errno}` : effect.kind);
/** Differences as `x86_64 socket(38): errno 1 -> allow`. */
function differences(before: Running, after: Running): string[] {
  return compareOutcomes(before, after, { host: 'x86_64' }).differences.map(
    ({ witness: { architecture, call, args }, before: was, after: is }) =>
      `${architecture} ${call}${args.length === 0 ? '' : `(${args.join()})`}: ${text(was)} -> ${text(is)}`,
  );
}

describe('what became of a call', () => {
  const socket = (...conditions: Condition[]): Filter => filterOf([['socket', action.allow, ...conditions]]);
  it.each<[string, Filter, Filter, string[]]>([
    ['nothing', socket(), socket(), []],
    ['a new rule', filterOf([]), socket(), ['x86_64 socket: errno 1 -> allow']],
    ['a condition taken away', socket(on(0, 'NE', 38n)), socket(), ['x86_64 socket(38): errno 1 -> allow']],
    [
      'a bound moved by one',
      socket(on(0, 'LT', 38n)),
      socket(on(0, 'LE', 38n)),
      ['x86_64 socket(38): errno 1 -> allow'],
    ],
    [
      'a mask that lost a bit',
      socket(on(0, 'MASKED_EQ', 6n)),
      socket(on(0, 'MASKED_EQ', 2n)),
      ['x86_64 socket(4): errno 1 -> allow'],
    ],
    [
      'the upper half of an argument',
      socket(on(0, 'EQ', 0x1_0000_0005n)),
      socket(on(0, 'EQ', 5n)),
      ['x86_64 socket(5): errno 1 -> allow', 'x86_64 socket(4294967301): allow -> errno 1'],
    ],
    [
      'a chain over several arguments',
      socket(on(0, 'EQ', 7n), on(2, 'GT', 0x5_0000_0000n), on(5, 'MASKED_EQ', 0xf0n, 0x30n)),
      socket(on(0, 'EQ', 7n), on(2, 'GE', 0x5_0000_0000n), on(5, 'MASKED_EQ', 0xf0n, 0x30n)),
      ['x86_64 socket(7,0,21474836480,0,0,48): errno 1 -> allow'],
    ],
    [
      'the same conditions written in another way',
      filterOf([
        ['socket', action.allow, on(0, 'LT', 38n)],
        ['socket', action.allow, on(0, 'GT', 38n)],
      ]),
      socket(on(0, 'NE', 38n)),
      [],
    ],
  ])('%s', (_, before, after, expected) => expect(differences(running(before), running(after))).toEqual(expected));

  it('an architecture that only one side filters is compared', () => {
    const found = differences(
      running(filterOf([['read', action.allow]])),
      running(filterOf([['read', action.allow]], ['i386'])),
    );
    expect(found).toContain('i386 read: kill-thread -> allow');
    expect(found).toContain('i386 write: kill-thread -> errno 1');
  });

  it('every call of every convention can run without a filter', () => {
    const found = compareOutcomes(running(filterOf([], ['i386', 'x32'])), { kind: 'unconfined' }, { host: 'x86_64' });
    const where = (architecture: Architecture, call: string) =>
      found.differences.filter(({ witness }) => witness.architecture === architecture && witness.call === call);
    for (const architecture of conventionsOf.x86_64) expect(where(architecture, 'read')).toHaveLength(1);
    expect(found.differences.every(({ before, after }) => !isPossible(before) && isPossible(after))).toBe(true);
  });

  it('all numbers without a name are shown by one for each pair of effects', () => {
    const limited = (limit: number): Running =>
      running({ ...filterOf([], ['x32']), highest: new Map([['x86_64', limit]]) });
    expect(differences(limited(0x7fff), limited(0xffff))).toEqual(['x86_64 #32768: errno 38 -> errno 1']);
  });

  it('a call of x32 where x32 is not filtered', () => {
    const filters = [filterOf([]), filterOf([], ['x32'])].map(running) as [Running, Running];
    expect(differences(...filters)).toContain('x32 read: kill-thread -> errno 1');
    expect(compareOutcomes(...filters, { host: 'x86_64' }).differences[0]?.witness.number).toBeGreaterThanOrEqual(
      x32Bit,
    );
  });

  it('a call of which libseccomp is not known is told apart, unless its rules are the same', () => {
    const unclear = (more: number): Running =>
      running(
        filterOf([
          ['open', enosys, on(0, 'LT', 5n)],
          ['open', more, on(0, 'LT', 0x100000005n)],
        ]),
      );
    const compared = compareOutcomes(unclear(action.log), unclear(action.allow), { host: 'x86_64' });
    expect(compared.undecided.map(({ call }) => call)).toEqual(['open']);
    expect(compareOutcomes(unclear(action.log), unclear(action.log), { host: 'x86_64' }).undecided).toEqual([]);
  });
});

describe('whatever two filters are', () => {
  const call = fc.record({
    architecture: fc.constantFrom(...conventionsOf.x86_64),
    name: fc.oneof(fc.constantFrom(...someCalls), fc.nat(700)),
    args: fc.array(argument, { minLength: 6, maxLength: 6 }),
  });
  /** A name that the architecture does not have stands for a number without name. */
  const numberIn = (name: string | number, architecture: Architecture): number => {
    const number = typeof name === 'number' ? name : (numberOf(name, architecture) ?? 600);
    return architecture === 'x32' ? (number | x32Bit) >>> 0 : number;
  };
  const dataOf = (architecture: Architecture, nr: number, args: readonly bigint[]) => ({
    nr,
    arch: architectures[architecture].audit,
    args,
  });

  it('every difference that a call shows is reported, and every reported one is shown', () => {
    fc.assert(
      fc.property(randomFilter, randomFilter, fc.array(call, { minLength: 40 }), (first, second, calls) => {
        const { differences: found, undecided } = compareOutcomes(running(first), running(second), { host: 'x86_64' });
        const untrue = found.filter(({ witness, before, after }) => {
          const data = dataOf(witness.architecture, witness.number, witness.args);
          const seen = [first, second].map((filter) => text(effectOf(decide(filter, data))));
          return seen[0] === seen[1] || seen.join() !== [before, after].map(text).join();
        });
        expect(untrue).toEqual([]);
        const told = new Set(
          found.map(({ witness, before, after }) =>
            JSON.stringify([witness.architecture, witness.call.startsWith('#') ? '#' : witness.number, before, after]),
          ),
        );
        const unclear = new Set(undecided.map(({ architecture, number }) => `${architecture} ${number}`));
        for (const { architecture, name, args } of calls) {
          const nr = numberIn(name, architecture);
          const data = dataOf(architecture, nr, args);
          const [before, after] = [effectOf(decide(first, data)), effectOf(decide(second, data))];
          if (text(before) === text(after)) continue;
          const keys = [nr, '#'].map((one) => JSON.stringify([architecture, one, before, after]));
          if (!keys.some((key) => told.has(key))) throw new Error(`${architecture} ${nr} is not reported.`);
          if (isDecided(first, data) && isDecided(second, data)) continue;
          if (!unclear.has(`${architecture} ${nr}`)) throw new Error(`${architecture} ${nr} is not told apart.`);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a rule changed by one is found where random arguments would miss it', () => {
    const rule = fc.tuple(fc.nat(5), fc.constantFrom(...comparisons), argument, argument);
    const decisive = fc.array(argument, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 3 }), rule, decisive, (rules, other, args) => {
        const build = (all: readonly (typeof rule extends fc.Arbitrary<infer T> ? T : never)[]): Filter =>
          filterOf([['mkdir', action.allow, ...uniqueArguments(all)]]);
        const [first, second] = [build(rules), build([...rules.slice(1), other])];
        const data = dataOf('x86_64', 83, args);
        if (decide(first, data) !== decide(second, data))
          expect(differences(running(first), running(second))).not.toEqual([]);
      }),
    );
  });

  it('effectsOf names every effect that a call meets, with arguments that meet it', () => {
    fc.assert(
      fc.property(randomFilter, fc.array(call, { minLength: 20 }), (filter, calls) => {
        for (const { architecture, name, args } of calls) {
          const nr = numberIn(name, architecture);
          const effects = effectsOf(filter, architecture, nr);
          for (const { effect, args: witness } of effects)
            expect(effectOf(decide(filter, dataOf(architecture, nr, witness)))).toEqual(effect);
          expect(effects.map(({ effect }) => effect)).toContainEqual(
            effectOf(decide(filter, dataOf(architecture, nr, args))),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});

function uniqueArguments(rules: readonly (readonly [number, Operator, bigint, bigint])[]): Condition[] {
  return [...new Map(rules.map(([index, ...rest]) => [index, on(index, ...rest)])).values()];
}

import { action } from '../bpf/action.ts';
import { assemble, type Label, type Line } from '../bpf/assemble.ts';
import { argumentOffset } from '../bpf/data.ts';
import { op, type Instruction } from '../bpf/instruction.ts';
import { architectures, x32Bit } from '../syscalls/architectures.ts';
import { entryOf, type Entry, type Filter } from './filter.ts';
import { isMasked, type Branch, type Level, type Test } from './tree.ts';

const offsetOf = { number: 0, architecture: 4 } as const;

/**
 * Compiles a filter to a program that answers every call as `decide` does. Numbers are found by halving; neighbours with the same answer share it.
 */
export function compile(filter: Filter): Instruction[] {
  const audits = [...new Set([...filter.calls.keys()].map((architecture) => architectures[architecture].audit))];
  const sections = audits.map((audit) => ({ audit, start: Symbol(`section ${audit}`) }));
  return assemble([
    { code: op.ld.abs, k: offsetOf.architecture },
    ...sections.map(({ audit, start }): Line => ({ code: op.jmp.jeq, k: audit, yes: start, no: 'next' })),
    { code: op.ret.k, k: action.killThread },
    ...sections.flatMap(({ audit, start }) => section(filter, audit, start)),
  ]);
}

/** Numbers from `first` up to the next range's, which all meet the same entry. */
interface Range {
  readonly first: number;
  readonly entry: Entry;
}

function rangesOf(filter: Filter, audit: number): Range[] {
  const inside = [...filter.calls].filter(([architecture]) => architectures[architecture].audit === audit);
  const edges = inside.flatMap(([architecture, calls]) => [
    ...[...calls.keys()].flatMap((number) => [number, number + 1]),
    (filter.highest.get(architecture) ?? -1) + 1,
  ]);
  return [...new Set([0, x32Bit, 2 * x32Bit, 3 * x32Bit, 0xffffffff, ...edges])]
    .sort((a, b) => a - b)
    .map((first) => ({ first, entry: entryOf(filter, audit, first) }))
    .filter(({ entry }, at, all) => entry !== all[at - 1]?.entry);
}

function section(filter: Filter, audit: number, start: Label): Line[] {
  const returns = new Returns();
  const tested: Line[] = [];
  const labelOf = (entry: Entry): Label => {
    if (typeof entry === 'number') return returns.of(entry);
    const label = Symbol('tests');
    tested.push({ label }, ...levelLines(entry, returns.of(filter.defaultAction), returns));
    return label;
  };
  const search = searchLines(rangesOf(filter, audit), labelOf);
  return [{ label: start }, { code: op.ld.abs, k: offsetOf.number }, ...search, ...tested, ...returns.lines()];
}

/** Halves the ranges until one is left. */
function searchLines(ranges: readonly Range[], labelOf: (entry: Entry) => Label): Line[] {
  const [only] = ranges;
  if (ranges.length <= 1) return only === undefined ? [] : [{ jump: labelOf(only.entry) }];
  const middle = Math.ceil(ranges.length / 2);
  const upper = ranges.slice(middle);
  const above = Symbol('above');
  return [
    { code: op.jmp.jge, k: upper[0]?.first ?? 0, yes: above, no: 'next' },
    ...searchLines(ranges.slice(0, middle), labelOf),
    { label: above },
    ...searchLines(upper, labelOf),
  ];
}

/** @param otherwise where to go when no test of the level finds a value */
function levelLines(level: Level, otherwise: Label, returns: Returns): Line[] {
  return [...level.flatMap((test) => testLines(test, returns)), { jump: otherwise }];
}

function testLines(test: Test, returns: Returns): Line[] {
  const next = Symbol('next test');
  const inner: Line[] = [];
  const target = (branch: Branch): Label => {
    if (branch === undefined) return next;
    if (typeof branch === 'number') return returns.of(branch);
    const label = Symbol('inner tests');
    inner.push({ label }, ...levelLines(branch, next, returns));
    return label;
  };
  const code = { equal: op.jmp.jeq, 'masked-equal': op.jmp.jeq, greater: op.jmp.jgt, 'greater-or-equal': op.jmp.jge };
  return [
    { code: op.ld.abs, k: argumentOffset(test.argument, test.half) },
    ...(isMasked(test) ? [{ code: op.alu.and, k: test.mask }] : []),
    { code: code[test.compare], k: test.value, yes: target(test.yes), no: target(test.no) },
    ...inner,
    { label: next },
  ];
}

/** One return instruction for each value that a section needs, at its end. */
class Returns {
  readonly #labels = new Map<number, Label>();

  of(value: number): Label {
    const label = this.#labels.get(value) ?? Symbol(`return ${value}`);
    this.#labels.set(value, label);
    return label;
  }

  lines(): Line[] {
    return [...this.#labels].flatMap(([value, label]): Line[] => [{ label }, { code: op.ret.k, k: value }]);
  }
}

/**
 * Whether the program of a filter has at most so many instructions. Almost every filter does by far, and then nothing is compiled: a range takes at most a
 * comparison, two jumps and a return of its own; a test a load, a mask, a comparison and three jumps.
 */
export function fits(filter: Filter, instructions: number): boolean {
  let ranges = 0;
  let tests = 0;
  for (const calls of filter.calls.values()) {
    ranges += 6;
    for (const [number, entry] of calls) {
      if (calls.get(number - 1) !== entry) ranges++;
      if (!calls.has(number + 1)) ranges++;
      if (typeof entry !== 'number') tests += testsIn(entry, instructions);
    }
  }
  return ranges * 4 + tests * 6 + 8 <= instructions || compile(filter).length <= instructions;
}

/** Tests of a level and below it as they are written out: what two ways lead to counts twice. Counted no further than to the limit. */
function testsIn(branch: Branch, limit: number): number {
  let tests = 0;
  for (const one of Array.isArray(branch) ? branch : []) {
    if (tests > limit) break;
    tests += 1 + testsIn(one.yes, limit) + testsIn(one.no, limit);
  }
  return tests;
}

import { numericOrder, type Condition } from './condition.ts';

/**
 * Conditions on one system call as libseccomp (2.5.4 to 2.6.1, src/db.c and src/gen_bpf.c) orders and merges them: a level of tests is tried
 * from left to right; a branch that leads nowhere, or whose own level finds nothing, goes on with the next test.
 */
export type Level = Test[];

/** What a test leads to: a return value, further tests, or the next test of its level. */
export type Branch = number | Level | undefined;

/** One comparison of 32 bits, the width that BPF has. */
export interface Test {
  readonly argument: number;
  readonly half: 'low' | 'high';
  readonly compare: 'equal' | 'masked-equal' | 'greater' | 'greater-or-equal';
  readonly mask: number;
  readonly value: number;
  /** The condition that it was made from. */
  readonly origin: Condition;
  yes: Branch;
  no: Branch;
}

/** Two rules of one call ask for different actions on the same condition: libseccomp answers EEXIST. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

const allBits = 0xffffffff;
const low = (value: bigint): number => Number(value & 0xffffffffn);
const high = (value: bigint): number => Number((value >> 32n) & 0xffffffffn);

/**
 * The tests of a rule: all its conditions must hold.
 * @param wide whether both halves of an argument are compared; otherwise the upper half of every value is cut off in silence
 * @returns undefined when there is nothing to test: a mask of zero always matches, whatever it is compared with
 */
export function testsOf(conditions: readonly Condition[], value: number, wide: boolean): Test | undefined {
  const real = conditions
    .filter(({ compare, mask }) => compare !== 'MASKED_EQ' || (wide ? mask !== 0n : low(mask) !== 0))
    .sort((a, b) => a.argument - b.argument);
  return chain(real, value, wide);
}

function chain([first, ...others]: readonly Condition[], value: number, wide: boolean): Test | undefined {
  if (first === undefined) return undefined;
  const next = chain(others, value, wide);
  // As in libseccomp, all ways that satisfy the first condition lead to the very same further tests: what a later rule adds there counts for each.
  const rest = next === undefined ? value : [next];
  return wide ? wideTest(first, rest) : narrowTest(first, rest);
}

function test(
  origin: Condition,
  half: Test['half'],
  compare: Test['compare'],
  branches: Partial<Pick<Test, 'yes' | 'no'>>,
): Test {
  const part = half === 'high' ? high : low;
  const mask = part(origin.mask);
  const value = (part(origin.value) & mask) >>> 0;
  return { argument: origin.argument, half, compare, mask, value, origin, yes: undefined, no: undefined, ...branches };
}

function narrowTest(condition: Condition, rest: Branch): Test {
  switch (condition.compare) {
    case 'EQ':
      return test(condition, 'low', 'equal', { yes: rest });
    case 'MASKED_EQ':
      return test(condition, 'low', 'masked-equal', { yes: rest });
    case 'NE':
      return test(condition, 'low', 'equal', { no: rest });
    case 'GT':
      return test(condition, 'low', 'greater', { yes: rest });
    case 'GE':
      return test(condition, 'low', 'greater-or-equal', { yes: rest });
    case 'LE':
      return test(condition, 'low', 'greater', { no: rest });
    case 'LT':
      return test(condition, 'low', 'greater-or-equal', { no: rest });
  }
}

function wideTest(condition: Condition, rest: Branch): Test {
  switch (condition.compare) {
    case 'EQ':
    case 'MASKED_EQ': {
      const compare = condition.compare === 'EQ' ? 'equal' : 'masked-equal';
      return test(condition, 'high', compare, { yes: [test(condition, 'low', compare, { yes: rest })] });
    }
    case 'NE':
      return test(condition, 'high', 'equal', { yes: [test(condition, 'low', 'equal', { no: rest })], no: rest });
    case 'GT':
    case 'GE': {
      const lower = test(condition, 'low', condition.compare === 'GT' ? 'greater' : 'greater-or-equal', { yes: rest });
      const equal = test(condition, 'high', 'equal', { yes: [lower] });
      return test(condition, 'high', 'greater', { yes: rest, no: [equal] });
    }
    case 'LE':
    case 'LT': {
      const lower = test(condition, 'low', condition.compare === 'LE' ? 'greater' : 'greater-or-equal', { no: rest });
      const equal = test(condition, 'high', 'equal', { yes: [lower], no: rest });
      return test(condition, 'high', 'greater', { no: [equal] });
    }
  }
}

/**
 * Puts the tests of one more rule into a level.
 * @throws ConflictError when the same condition already has another action
 */
export function add(level: Level, added: Test): void {
  const at = level.findIndex((existing) => isSame(existing, added) || comesBefore(added, existing));
  const existing = level[at];
  if (existing === undefined) level.push(added);
  else if (isSame(existing, added)) merge(existing, added);
  else level.splice(at, 0, added);
}

function isSame(a: Test, b: Test): boolean {
  return (
    a.argument === b.argument &&
    a.half === b.half &&
    a.compare === b.compare &&
    a.value === b.value &&
    a.mask === b.mask
  );
}

/** Later arguments first, the upper half first, equality before order, and of one kind the value that fewer calls satisfy. */
function comesBefore(a: Test, b: Test): boolean {
  if (a.argument !== b.argument) return a.argument > b.argument;
  if (a.half !== b.half) return a.half === 'high';
  const [kindA, kindB] = [numericOrder(a.origin.compare), numericOrder(b.origin.compare)];
  if (kindA !== kindB) return kindA > kindB;
  return b.origin.compare === 'LE' || b.origin.compare === 'LT' ? b.value > a.value : b.value < a.value;
}

function merge(existing: Test, added: Test): void {
  mergeAction(existing, added, 'yes');
  mergeAction(existing, added, 'no');
  for (const side of ['yes', 'no'] as const) {
    const more = added[side];
    if (!Array.isArray(more)) continue;
    const old = existing[side];
    // An action here already covers whatever the longer rule asks, and its other branch is left out with it.
    if (typeof old === 'number') return;
    if (old === undefined) existing[side] = more;
    else for (const one of more) add(old, one);
  }
}

function mergeAction(existing: Test, added: Test, side: 'yes' | 'no'): void {
  const wanted = added[side];
  if (typeof wanted !== 'number') return;
  const old = existing[side];
  if (typeof old !== 'number') {
    if (actionsOf(old).some((value) => value !== wanted)) throw new ConflictError();
    existing[side] = wanted;
  } else if (old !== wanted) {
    // Both tests only prepare for one of the lower half, so both rules stay: the upper half goes to the larger bound.
    if (side === 'yes' && added.half === 'high' && added.origin.value > existing.origin.value) existing.yes = wanted;
    if (isLeaf(existing) || isLeaf(added)) throw new ConflictError();
  }
}

function isLeaf({ yes, no }: Test): boolean {
  return !Array.isArray(yes) && !Array.isArray(no);
}

function actionsOf(branch: Branch): number[] {
  if (branch === undefined) return [];
  return typeof branch === 'number' ? [branch] : branch.flatMap(({ yes, no }) => [...actionsOf(yes), ...actionsOf(no)]);
}

/** The value that a level gives a call with these arguments; undefined when no rule matches. */
export function evaluate(level: Level, args: readonly bigint[]): number | undefined {
  for (const test of level) {
    const branch = holds(test, wordOf(test, args)) ? test.yes : test.no;
    const found = Array.isArray(branch) ? evaluate(branch, args) : branch;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The bits of an argument that a test compares. */
export function wordOf(
  { argument, half, mask }: Pick<Test, 'argument' | 'half' | 'mask'>,
  args: readonly bigint[],
): number {
  const whole = args[argument] ?? 0n;
  return ((half === 'high' ? high(whole) : low(whole)) & mask) >>> 0;
}

export function holds({ compare, value }: Pick<Test, 'compare' | 'value'>, word: number): boolean {
  if (compare === 'greater') return word > value;
  return compare === 'greater-or-equal' ? word >= value : word === value;
}

/** Number of tests of a level and below it; one that several ways lead to counts once. */
export function sizeOf(level: Level): number {
  return testsBelow(level).size;
}

function testsBelow(branch: Branch): ReadonlySet<Test> {
  if (!Array.isArray(branch)) return new Set();
  return new Set(branch.flatMap((one) => [one, ...testsBelow(one.yes), ...testsBelow(one.no)]));
}

/** Whether a test compares only some bits of its word. */
export function isMasked({ mask }: Test): boolean {
  return mask !== allBits;
}

/** Whether rules were added to tests that several ways lead to: what libseccomp makes of that is not known. */
export function isTangled(level: Level): boolean {
  const levels = levelsBelow(level);
  return new Set(levels).size < levels.length && levels.some(({ length }) => length > 1);
}

function levelsBelow(branch: Branch): Level[] {
  return Array.isArray(branch)
    ? [branch, ...branch.flatMap(({ yes, no }) => [...levelsBelow(yes), ...levelsBelow(no)])]
    : [];
}

import type { Condition } from './condition.ts';

/**
 * The tests of one system call in the order in which libseccomp's program makes them: a level is tried from left to right; a branch that
 * leads nowhere, or whose own level finds nothing, goes on with the next test.
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

const allBits = 0xffffffff;
/** Lower and upper 32 bits. */
export const low = (value: bigint): number => Number(value & 0xffffffffn);
export const high = (value: bigint): number => Number((value >> 32n) & 0xffffffffn);

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

export function testsBelow(branch: Branch): ReadonlySet<Test> {
  if (!Array.isArray(branch)) return new Set();
  return new Set(branch.flatMap((one) => [one, ...testsBelow(one.yes), ...testsBelow(one.no)]));
}

/** Whether a test compares only some bits of its word. */
export function isMasked({ mask }: Test): boolean {
  return mask !== allBits;
}

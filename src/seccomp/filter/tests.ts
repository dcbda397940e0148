import type { Comparison, Condition } from './condition.ts';
import { high, low, type Branch, type Test } from './tree.ts';

/** How BPF, which has no comparison for "less", asks for a condition: which comparison, and which answer satisfies it. */
const questions: Readonly<Record<Comparison, { readonly compare: Test['compare']; readonly satisfied: 'yes' | 'no' }>> =
  {
    EQ: { compare: 'equal', satisfied: 'yes' },
    NE: { compare: 'equal', satisfied: 'no' },
    MASKED_EQ: { compare: 'masked-equal', satisfied: 'yes' },
    GT: { compare: 'greater', satisfied: 'yes' },
    LE: { compare: 'greater', satisfied: 'no' },
    GE: { compare: 'greater-or-equal', satisfied: 'yes' },
    LT: { compare: 'greater-or-equal', satisfied: 'no' },
  };

/**
 * The tests of a rule: all its conditions must hold.
 * @param wide whether both halves of an argument are compared; otherwise the upper half of every value is cut off in silence
 * @returns undefined when there is nothing to test: a mask of zero always matches, whatever it is compared with
 */
export function testsOf(conditions: readonly Condition[], value: number, wide: boolean): Test | undefined {
  const real = conditions
    .filter(({ compare, mask }) => compare !== 'MASKED_EQ' || (wide ? mask !== 0n : low(mask) !== 0))
    .sort((a, b) => a.argument - b.argument);
  // Every way that satisfies a condition leads to the very same further tests: what a later rule adds there counts for each.
  return real.reduceRight<Test | undefined>(
    (next, condition) => testOf(condition, next === undefined ? value : [next], wide),
    undefined,
  );
}

/** @param rest what follows where the condition holds */
function testOf(condition: Condition, rest: Branch, wide: boolean): Test {
  const { compare, satisfied } = questions[condition.compare];
  const lower = compareHalf(condition, 'low', compare, { [satisfied]: rest });
  if (!wide) return lower;
  // The lower halves count only where the upper ones are equal. Where those differ, the condition may be decided already.
  const differing = satisfied === 'no' ? { no: rest } : {};
  const isOrder = compare === 'greater' || compare === 'greater-or-equal';
  const equal = compareHalf(condition, 'high', isOrder ? 'equal' : compare, { yes: [lower], ...differing });
  if (!isOrder) return equal;
  return compareHalf(condition, 'high', 'greater', { ...(satisfied === 'yes' ? { yes: rest } : {}), no: [equal] });
}

function compareHalf(
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

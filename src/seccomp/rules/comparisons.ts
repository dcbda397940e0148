import { compareOutcomes, type Comparison } from '../comparison/differences.ts';
import type { FilteredCase, JudgedProfile } from './profile-rule.ts';

const known = new WeakMap<FilteredCase, Comparison>();

/** Docker's default profile (before) against the profile (after) in one case; worked out once. */
export function againstDefault({ defaultIn }: JudgedProfile, one: FilteredCase): Comparison {
  const comparison = known.get(one) ?? compareOutcomes(defaultIn(one), one.outcome, one.environment);
  known.set(one, comparison);
  return comparison;
}

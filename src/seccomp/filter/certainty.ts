import { high, testsBelow, type Branch, type Level } from './tree.ts';

/**
 * How surely libseccomp's program does what the rules of a call say.
 * `sure`: it does. `unless-stale`: it does where it makes no difference that a word is not loaded again (see `decisionOf`). `unknown`: nobody
 * knows for any argument.
 */
export type Certainty = 'sure' | 'unless-stale' | 'unknown';

/**
 * Measured with libseccomp 2.5.4 on thousands of filters: rules that all look at one argument of 64 bits and agree on its upper half do what they say,
 * and those whose upper halves differ sometimes do not. Where rules were added to tests that several ways lead to, or one rule covered another, what comes
 * out is not known either.
 * @param isPruned whether a rule was left out because another covers it
 */
export function certaintyOf(level: Level, isPruned: boolean): Certainty {
  const tests = [...testsBelow(level)];
  const halves = Map.groupBy(
    tests.filter(({ half }) => half === 'high'),
    ({ argument }) => argument,
  );
  const agree = [...halves.values()].every((some) => new Set(some.map(({ origin }) => high(origin.value))).size === 1);
  if (!agree || isTangled(level)) return 'unknown';
  if (halves.size === 1 && tests.every(({ argument }) => halves.has(argument))) return 'sure';
  return isPruned ? 'unknown' : 'unless-stale';
}

/** Whether rules were added to tests that several ways lead to. */
function isTangled(level: Level): boolean {
  const levels = levelsBelow(level);
  return new Set(levels).size < levels.length && levels.some(({ length }) => length > 1);
}

function levelsBelow(branch: Branch): Level[] {
  return Array.isArray(branch)
    ? [branch, ...branch.flatMap(({ yes, no }) => [...levelsBelow(yes), ...levelsBelow(no)])]
    : [];
}

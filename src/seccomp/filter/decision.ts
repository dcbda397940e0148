import { certaintyOf } from './certainty.ts';
import { evaluate, holds, wordOf, type Branch, type Level, type Test } from './tree.ts';

/** A value of a filter, a further test, or undefined where no rule matches. */
export type Decision = number | Question | undefined;

/** A test of a word of 32 bits with both of its answers: unlike a level, it says everything that comes after. */
export interface Question extends Pick<Test, 'argument' | 'half' | 'compare' | 'mask' | 'value'> {
  readonly yes: Decision;
  readonly no: Decision;
}

/** The word that a program has in its register: of which argument, and which of its bits are left. */
type Loaded = Pick<Test, 'argument' | 'half' | 'mask'>;

/** What comes after a test, with a word in the register. */
type Resume = (last: Loaded) => Decision;

/**
 * Spells out where every answer of a level leads.
 * @param reading `exact` as the rules say; `stale` as libseccomp reads the words: it does not load one again for the next test of the same word,
 * in its level or above, although a test between them may have loaded another or masked bits away
 */
export function decisionOf(level: Level, reading: 'exact' | 'stale'): Decision {
  // Many ways lead to the same next test: spelled out for each, they would multiply with every test.
  const followers = new Map<Resume, Map<Test, Resume>>();
  const after = (tests: Level, at: number, test: Test, resume: Resume): Resume => {
    const known = followers.get(resume) ?? new Map<Test, Resume>();
    followers.set(resume, known);
    const next = known.get(test) ?? remember((now) => visit(tests, at + 1, test, now, resume), reading);
    known.set(test, next);
    return next;
  };
  const visit = (
    tests: Level,
    at: number,
    before: Test | undefined,
    last: Loaded | undefined,
    resume: Resume,
  ): Decision => {
    const test = tests[at];
    if (test === undefined) return last === undefined ? undefined : resume(last);
    const { argument, half, compare, mask, value } = test;
    const isLoaded =
      reading === 'stale' &&
      before?.argument === argument &&
      before.half === half &&
      (before.mask & mask) >>> 0 === mask;
    const loaded =
      isLoaded && last !== undefined ? { ...last, mask: (last.mask & mask) >>> 0 } : { argument, half, mask };
    const next = after(tests, at, test, resume);
    const follow = (branch: Branch): Decision => {
      if (branch === undefined) return next(loaded);
      return typeof branch === 'number' ? branch : visit(branch, 0, test, loaded, next);
    };
    return { ...loaded, compare, value, yes: follow(test.yes), no: follow(test.no) };
  };
  return visit(level, 0, undefined, undefined, () => undefined);
}

/** What follows is spelled out once for each word that can be in the register there; where every test loads its own, once. */
function remember(spell: Resume, reading: 'exact' | 'stale'): Resume {
  const known = new Map<string, Decision>();
  return (last) => {
    const key = reading === 'exact' ? '' : `${last.argument} ${last.half} ${last.mask}`;
    if (!known.has(key)) known.set(key, spell(last));
    return known.get(key);
  };
}

/** The value that a call with these arguments gets; undefined when no rule matches. */
export function answerOf(decision: Decision, args: readonly bigint[]): number | undefined {
  let at = decision;
  while (typeof at === 'object') at = holds(at, wordOf(at, args)) ? at.yes : at.no;
  return at;
}

/**
 * Whether libseccomp is known to answer a call with these arguments as the rules say.
 * @param otherwise what a call meets that no rule matches
 */
export function isCertain(level: Level, args: readonly bigint[], otherwise: number, isPruned: boolean): boolean {
  const certainty = certaintyOf(level, isPruned);
  if (certainty !== 'unless-stale') return certainty === 'sure';
  return (evaluate(level, args) ?? otherwise) === (answerOf(decisionOf(level, 'stale'), args) ?? otherwise);
}

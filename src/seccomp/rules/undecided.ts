import { unknownArguments } from '../comparison/effects.ts';
import { conventionsOf } from '../syscalls/architectures.ts';
import { nameOf } from '../syscalls/lookup.ts';
import type { Witness } from '../comparison/differences.ts';
import { witnessesText } from './calls.ts';
import { casesText } from './cases.ts';
import { placeOfDefault, placeOfName } from './places.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';

export const undecided: ProfileRule = {
  rule: {
    id: 'seccomp/undecided',
    title: 'What the conditions on a call do is not known for some arguments',
    why: 'libseccomp merges the conditions of several rules for one call, and for some combinations nobody has described what comes out. What is not known is not taken for safe.',
    fix: 'Write fewer rules for the call, each with conditions on the same arguments.',
    outcome: 'inconclusive',
  },
  check(profile) {
    const cases = profile.filtered.filter((one) => unknownCalls(one).length > 0);
    const [first] = cases;
    if (first === undefined) return [];
    const witnesses = cases.flatMap(unknownCalls);
    const names = witnesses.map(({ call }) => call);
    const rule = first.loaded.syscalls.find((one) => one.names.some((name) => names.includes(name)));
    const place = rule === undefined ? placeOfDefault(first.loaded) : placeOfName(rule, names[0] ?? '');
    const message = `Nobody knows what becomes of ${witnessesText(witnesses)} under ${casesText(cases, profile.filtered)}.`;
    return [findingAt(profile, undecided.rule, message, place)];
  },
};

/** Of each call one set of arguments. */
function unknownCalls({ environment: { host }, outcome: { filter } }: FilteredCase): Witness[] {
  return conventionsOf[host].flatMap((architecture) =>
    [...(filter.calls.get(architecture)?.keys() ?? [])].flatMap((number): Witness[] => {
      const args = unknownArguments(filter, architecture, number);
      const call = nameOf(number, architecture);
      return args === false || call === undefined ? [] : [{ architecture, call, number, args }];
    }),
  );
}

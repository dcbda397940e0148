import { listed } from '../../report/text.ts';
import { casesText } from './cases.ts';
import { againstDefault } from './comparisons.ts';
import { placeOfName, allowingRule, placeOfDefault } from './places.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';

export const undecided: ProfileRule = {
  rule: {
    id: 'seccomp/undecided',
    title: 'What the conditions on a call do is not known for some arguments',
    why: 'libseccomp merges the conditions of several rules for one call, and for some combinations nobody has described what comes out. What is not known is not taken for safe.',
    fix: 'Write fewer rules for the call, each with conditions on the same arguments.',
    outcome: 'inconclusive',
  },
  check(profile) {
    const cases = profile.filtered.filter((one) => againstDefault(profile, one).undecided.length > 0);
    const [first] = cases;
    if (first === undefined) return [];
    const calls = [...new Set(cases.flatMap((one) => againstDefault(profile, one).undecided.map(({ call }) => call)))];
    const rule = allowingRule(first.loaded, calls);
    const place = rule === undefined ? placeOfDefault(first.loaded) : placeOfName(rule, calls[0] ?? '');
    return [findingAt(profile, undecided.rule, `${listed(calls)} under ${casesText(cases, profile.filtered)}.`, place)];
  },
};

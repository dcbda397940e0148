import { listed } from '../../report/text.ts';
import { hasName, isPossible, type Comparison, type Difference } from '../comparison/differences.ts';
import { casesText, joined } from './cases.ts';
import { witnessesText } from './calls.ts';
import { effectText } from '../comparison/text.ts';
import { againstDefault } from './comparisons.ts';
import { namespaces } from './namespaces.ts';
import { allowingRule, placeOfDefault, placeOfName } from './places.ts';
import { findingAt, type FilteredCase, type JudgedProfile, type ProfileRule } from './profile-rule.ts';
import { socketFamilies } from './socket-families.ts';

/** What the profile lets pass and Docker's default does not. */
export function looseningsOf({ differences }: Comparison): Difference[] {
  return differences.filter(
    ({ witness, before, after }) => hasName(witness) && !isPossible(before) && isPossible(after),
  );
}

/** What Docker's default lets pass and the profile does not. */
export function tighteningsOf({ differences }: Comparison): Difference[] {
  return differences.filter(
    ({ witness, before, after }) => hasName(witness) && isPossible(before) && !isPossible(after),
  );
}

/** Calls that a rule of their own has already named. */
function saidElsewhere(profile: JudgedProfile): Set<string> {
  const families = socketFamilies.check(profile).length === profile.policy['forbidden-families'].length;
  return new Set([
    ...profile.policy['dangerous-calls'],
    ...namespaces.check(profile).flatMap(({ subject }) => subject ?? []),
    ...(families && profile.policy['forbidden-families'].length === 2 ? ['socket', 'socketcall'] : []),
  ]);
}

export const looser: ProfileRule = {
  rule: {
    id: 'seccomp/looser-than-default',
    title: "A call is possible that Docker's default profile denies",
    why: "A profile of one's own is meant to be stricter than what a container gets without one. What the default denies, it denies for a reason that its documentation names.",
    fix: 'Take the call out, or put the conditions of the default profile on it.',
    outcome: 'fail',
    reference: 'https://docs.docker.com/engine/security/seccomp/#significant-syscalls-blocked-by-the-default-profile',
  },
  check(profile) {
    const known = saidElsewhere(profile);
    const found = new Map<string, { first: FilteredCase; cases: FilteredCase[]; differences: Difference[] }>();
    for (const one of profile.filtered) {
      for (const difference of looseningsOf(againstDefault(profile, one))) {
        const { call } = difference.witness;
        if (known.has(call)) continue;
        const group = found.get(call) ?? { first: one, cases: [], differences: [] };
        found.set(call, group);
        if (!group.cases.includes(one)) group.cases.push(one);
        group.differences.push(difference);
      }
    }
    const rule = {
      ...looser.rule,
      outcome: profile.policy['looser-than-default'] === 'fail' ? ('fail' as const) : ('warning' as const),
    };
    const byDefault: string[] = [];
    const findings = [...found].flatMap(([call, { first, cases, differences }]) => {
      const allowing = allowingRule(first.loaded, [call]);
      if (allowing === undefined) {
        byDefault.push(call);
        return [];
      }
      const witnesses = witnessesText(differences.map(({ witness }) => witness));
      const effects = joined([...new Set(differences.map(({ before }) => effectText(before)))]);
      const message = `The profile lets ${witnesses} pass under ${casesText(cases, profile.filtered)}; Docker's default answers ${effects}.`;
      return [findingAt(profile, rule, message, placeOfName(allowing, call), { subject: call })];
    });
    const [first] = profile.filtered;
    if (byDefault.length === 0 || first === undefined) return findings;
    const message = `${byDefault.length} calls that no rule names pass by default: ${listed(byDefault)}.`;
    return [...findings, findingAt(profile, rule, message, placeOfDefault(first.loaded))];
  },
};

import { listed } from '../../report/text.ts';
import type { Witness } from '../comparison/differences.ts';
import { conventionsOf } from '../syscalls/architectures.ts';
import { casesText } from './cases.ts';
import { possibleWitness, witnessesText } from './calls.ts';
import { allowingRule, placeOfDefault, placeOfName } from './places.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';

function ways({ environment: { host }, outcome: { filter } }: FilteredCase, name: string): Witness[] {
  return conventionsOf[host].flatMap((architecture) => {
    return possibleWitness(filter, architecture, name) ?? [];
  });
}

/** The calls of the policy that may run: one finding for each that a rule names, one for all that the default action lets pass. */
export const dangerousCalls: ProfileRule = {
  rule: {
    id: 'seccomp/dangerous-call',
    title: 'A call that the policy calls dangerous is possible',
    why: 'These calls are behind container escapes and kernel exploits; few services need any of them.',
    fix: 'Take the call out of the profile. A service that needs it gets a waiver with an owner and a reason.',
    outcome: 'fail',
  },
  check(profile) {
    const found = profile.policy['dangerous-calls'].flatMap((name) => {
      const cases = profile.filtered.filter((one) => ways(one, name).length > 0);
      const [first] = cases;
      return first === undefined ? [] : [{ name, cases, first, rule: allowingRule(first.loaded, [name]) }];
    });
    const byDefault = found.filter(({ rule }) => rule === undefined);
    const [some] = byDefault;
    return [
      ...found.flatMap(({ name, cases, rule }) => {
        if (rule === undefined) return [];
        const message = `The profile lets ${witnessesText(cases.flatMap((one) => ways(one, name)))} pass under ${casesText(cases, profile.filtered)}.`;
        return [findingAt(profile, dangerousCalls.rule, message, placeOfName(rule, name), { subject: name })];
      }),
      ...(some === undefined
        ? []
        : [
            findingAt(
              profile,
              dangerousCalls.rule,
              `The default action lets dangerous calls pass that no rule denies: ${listed(byDefault.map(({ name }) => name))}.`,
              placeOfDefault(some.first.loaded),
            ),
          ]),
    ];
  },
};

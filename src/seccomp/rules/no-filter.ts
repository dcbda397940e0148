import { casesText } from './cases.ts';
import { conventionsOf } from '../syscalls/architectures.ts';
import { nameOf, syscallsOf } from '../syscalls/lookup.ts';
import { effectsOfCall } from './calls.ts';
import { findingAt, startOf, type FilteredCase, type JudgedProfile, type ProfileRule } from './profile-rule.ts';
import { seccompRules } from '../rules.ts';

/** No filter at all, or one that denies nothing: an empty file, a misspelt `syscalls` below SCMP_ACT_ALLOW. */
export const noFilter: ProfileRule = {
  rule: seccompRules.noFilter,
  check(profile) {
    const unconfined = profile.cases.filter(({ outcome }) => outcome.kind === 'unconfined');
    const open = profile.filtered.filter(deniesNothing);
    return [
      ...messageFor(profile, unconfined, 'install no filter'),
      ...messageFor(profile, open, 'let every system call pass'),
    ];
  },
};

function messageFor(
  profile: JudgedProfile,
  cases: JudgedProfile['cases'],
  what: string,
): ReturnType<ProfileRule['check']> {
  if (cases.length === 0) return [];
  const message = `Under this profile these targets ${what}: ${casesText(cases, profile.cases)}.`;
  return [findingAt(profile, seccompRules.noFilter, message, startOf(profile))];
}

/** On the machine's own convention: what another one allows is no protection. */
function deniesNothing({ environment: { host }, outcome: { filter } }: FilteredCase): boolean {
  const [own = host] = conventionsOf[host];
  return [...syscallsOf(own).values()].every((number) =>
    effectsOfCall(filter, own, nameOf(number, own) ?? '').every(
      ({ effect: { kind } }) => kind === 'allow' || kind === 'log',
    ),
  );
}

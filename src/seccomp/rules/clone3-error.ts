import { enosys } from '../bpf/action.ts';
import { casesText } from './cases.ts';
import { denialOf, possibleWitness } from './calls.ts';
import { effectText } from '../comparison/text.ts';
import { placeOfDefault, placeOfName } from './places.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';
import { uniqueRules } from './written-rules.ts';

function breaksThreads({ environment: { host }, outcome: { filter } }: FilteredCase): boolean {
  const denial = denialOf(filter, host, 'clone3');
  const isFallback = denial?.kind === 'errno' && denial.errno === enosys;
  return denial !== undefined && !isFallback && possibleWitness(filter, host, 'clone') !== undefined;
}

export const clone3Error: ProfileRule = {
  isAboutMissing: true,
  rule: {
    id: 'seccomp/clone3-error',
    title: 'clone3 is denied with an error other than ENOSYS',
    why:
      'glibc 2.34 and newer tries `clone3` first and takes `clone` only after ENOSYS: with EPERM no thread starts, and Node ends with an assertion. ' +
      'runc hides it where it answers ENOSYS for calls newer than the profile; crun does not.',
    fix: 'Add the rule `{ "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }`.',
    outcome: 'fail',
    reference: 'https://github.com/moby/moby/issues/42680',
  },
  check(profile) {
    const cases = profile.filtered.filter(breaksThreads);
    const [first] = cases;
    if (first === undefined) return [];
    const { environment, loaded, outcome } = first;
    const named = uniqueRules(profile).find(({ rule }) => rule.names.includes('clone3'))?.rule;
    const effect = denialOf(outcome.filter, environment.host, 'clone3');
    const message = `\`clone\` is allowed, but not \`clone3\` (${effect === undefined ? '' : effectText(effect)}) under ${casesText(cases, profile.filtered)}.`;
    const place = named === undefined ? placeOfDefault(loaded) : placeOfName(named, 'clone3');
    return [findingAt(profile, clone3Error.rule, message, place, { subject: 'clone3' })];
  },
};

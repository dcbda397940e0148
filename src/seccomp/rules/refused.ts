import { count } from '../../report/text.ts';
import { casesText } from './cases.ts';
import { findingAt, startOf, type Case, type ProfileRule } from './profile-rule.ts';

/** One finding for all refusals: which target stops at what. A file that nobody can read has its finding elsewhere. */
export const refused: ProfileRule = {
  rule: {
    id: 'seccomp/refused',
    title: 'A target refuses the profile',
    why: 'The container does not start there, or not after the next update of its runtime.',
    fix: 'Change what the target stops at, or take the target out of the policy when it never runs this profile.',
    outcome: 'fail',
    reference: 'https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp',
  },
  check(profile) {
    const { cases, document } = profile;
    const refusals = cases.flatMap((one) => (one.outcome.kind === 'refused' ? [{ ...one, ...one.outcome }] : []));
    const [first] = refusals;
    if (first === undefined || (document.problem !== undefined && refusals.length === cases.length)) return [];
    const reasons = Map.groupBy(refusals, ({ reason }) => reason);
    const text = [...reasons].map(([reason, some]) => `${casesText(some as Case[], cases)}: ${reason}`).join(' ');
    const who =
      refusals.length === cases.length
        ? 'Every target'
        : count(new Set(refusals.map(({ target }) => target)).size, 'target');
    const verb =
      refusals.length === cases.length || new Set(refusals.map(({ target }) => target)).size === 1
        ? 'refuses'
        : 'refuse';
    return [
      findingAt(profile, refused.rule, `${who} ${verb} the profile. ${text}`, first.position ?? startOf(profile)),
    ];
  },
};

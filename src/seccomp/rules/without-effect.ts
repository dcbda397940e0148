import { listed } from '../../report/text.ts';
import type { FilteredCase, ProfileRule } from './profile-rule.ts';
import { findingAt } from './profile-rule.ts';
import { doingOf } from './overridden.ts';
import { uniqueRules } from './written-rules.ts';
import type { OciRule } from '../loading/profile.ts';

function whyNone(rule: OciRule, { loaded }: FilteredCase): string | undefined {
  if (doingOf(rule) === doingOf({ action: loaded.defaultAction, errnoRet: loaded.defaultErrnoRet }))
    return 'does what the default action does, and runtimes skip it';
  if (rule.names.length === 0) return 'names no call';
  const at = loaded.syscalls.indexOf(rule);
  const before = loaded.syscalls.slice(0, at).filter((one) => one.args.length === 0 && doingOf(one) === doingOf(rule));
  return rule.args.length === 0 && rule.names.every((name) => before.some(({ names }) => names.includes(name)))
    ? 'repeats what rules before it say'
    : undefined;
}

export const withoutEffect: ProfileRule = {
  rule: {
    id: 'seccomp/rule-without-effect',
    title: 'A rule does nothing',
    why: 'Who reads the profile takes it for a decision; the runtime skips it without a word.',
    fix: 'Nothing, when it is there for people; else take it out, or give it the action that was meant.',
    outcome: 'note',
  },
  check(profile) {
    return uniqueRules(profile).flatMap(({ rule, cases }) => {
      const counting = profile.filtered.filter((one) => cases.includes(one));
      const reasons = counting.map((one) => {
        const loaded = one.loaded.syscalls.find(({ source }) => source === rule.source);
        return loaded === undefined ? undefined : whyNone(loaded, one);
      });
      const [reason] = reasons;
      if (reason === undefined || reasons.includes(undefined)) return [];
      return [
        findingAt(
          profile,
          withoutEffect.rule,
          `The rule (${rule.action}) for ${listed(rule.names) || 'nothing'} ${reason}.`,
          rule.source,
        ),
      ];
    });
  },
};

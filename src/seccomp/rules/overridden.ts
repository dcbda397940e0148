import { listed } from '../../report/text.ts';
import type { Finding } from '../../report/report.ts';
import type { OciRule } from '../loading/profile.ts';
import { placeOfName } from './places.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';

/** What a rule does with its calls, as text that is equal for equal doings. */
export function doingOf({ action, errnoRet }: Pick<OciRule, 'action' | 'errnoRet'>): string {
  const takesError = action === 'SCMP_ACT_ERRNO' || action === 'SCMP_ACT_TRACE';
  return takesError ? `${action} ${errnoRet ?? 1n}` : action;
}

/** A rule without conditions decides its calls: the first of several, and over every rule with conditions, wherever that stands. */
export const overridden: ProfileRule = {
  rule: {
    id: 'seccomp/overridden-rule',
    title: 'Another rule decides the calls of a rule',
    why:
      'A rule without conditions beats every rule for the same call that has some, and of two without conditions the first wins, with no word from the ' +
      'runtime. What this rule asks for does not happen: a denial is none, or conditions on arguments are void.',
    fix: 'Keep one rule for the call: the one with conditions, or the one that denies.',
    outcome: 'fail',
  },
  check(profile) {
    const found = new Map<OciRule['source'], { names: Set<string>; rule: OciRule; winner: OciRule; name: string }>();
    for (const { loaded } of profile.filtered) {
      const plain = new Map<string, OciRule>();
      for (const rule of loaded.syscalls) {
        if (
          rule.args.length > 0 ||
          doingOf(rule) === doingOf({ action: loaded.defaultAction, errnoRet: loaded.defaultErrnoRet })
        )
          continue;
        for (const name of rule.names) if (!plain.has(name)) plain.set(name, rule);
      }
      for (const rule of loaded.syscalls) {
        for (const name of rule.names) {
          const winner = plain.get(name);
          if (winner === undefined || winner === rule) continue;
          if (doingOf(winner) === doingOf(rule) && rule.args.length === 0) continue;
          const known = found.get(rule.source) ?? { names: new Set(), rule, winner, name };
          found.set(rule.source, known);
          known.names.add(name);
        }
      }
    }
    return [...found.values()].map(({ names, rule, winner, name }): Finding => {
      const what =
        rule.args.length > 0
          ? `its conditions are void: ${winner.action} counts for every argument`
          : `${winner.action} counts, not ${rule.action}`;
      const message = `${listed([...names])}: the rule of line ${winner.source.line} has no conditions, so ${what}.`;
      return findingAt(
        profile,
        overridden.rule,
        message,
        placeOfName(rule, name),
        names.size === 1 ? { subject: name } : {},
      );
    });
  },
};

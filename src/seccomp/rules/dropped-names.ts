import { listed } from '../../report/text.ts';
import { isKnownTo, isSyscall } from '../syscalls/lookup.ts';
import { casesText } from './cases.ts';
import { letsPass } from './places.ts';
import { findingAt, type FilteredCase, type JudgedProfile, type ProfileRule } from './profile-rule.ts';
import type { OciRule, Position } from '../loading/profile.ts';
import { placeOfName } from './places.ts';
import type { Rule } from '../../report/rule.ts';
import type { Finding } from '../../report/report.ts';

/** Calls that a target's libseccomp does not know, of rules that deny below a default that lets pass. */
export const droppedDenial: ProfileRule = {
  rule: {
    id: 'seccomp/dropped-denial',
    title: 'A target drops the denial of a call that it does not know by name',
    why: 'Runtimes skip names that their libseccomp does not know, without a word. The kernel may have the call all the same, and the default action lets it pass.',
    fix: 'Turn the profile into an allow-list (`defaultAction` SCMP_ACT_ERRNO): what nobody names is denied there.',
    outcome: 'fail',
  },
  check: (profile) =>
    droppedBy(
      profile,
      droppedDenial.rule,
      (rule, { loaded }) => !letsPass(rule.action) && letsPass(loaded.defaultAction),
    ),
};

export const droppedAllowance: ProfileRule = {
  rule: {
    id: 'seccomp/dropped-name',
    title: 'A target does not know the name of a call',
    why: 'Runtimes skip names that their libseccomp does not know, without a word: there the call meets the default action.',
    fix: 'Nothing, when programs have another way; else use a runtime with a newer libseccomp.',
    outcome: 'note',
  },
  check: (profile) =>
    droppedBy(
      profile,
      droppedAllowance.rule,
      (rule, { loaded }) => letsPass(rule.action) && !letsPass(loaded.defaultAction),
    ),
};

function droppedBy(
  profile: JudgedProfile,
  rule: Rule,
  matters: (rule: OciRule, one: FilteredCase) => boolean,
): Finding[] {
  const names = new Map<string, { place: Position; cases: FilteredCase[] }>();
  for (const one of profile.filtered) {
    for (const written of one.loaded.syscalls.filter((each) => matters(each, one))) {
      for (const name of written.names) {
        if (!isSyscall(name) || isKnownTo(one.environment.libseccomp, name)) continue;
        const known = names.get(name) ?? { place: placeOfName(written, name), cases: [] };
        names.set(name, known);
        if (!known.cases.includes(one)) known.cases.push(one);
      }
    }
  }
  const byCases = Map.groupBy(names, ([, { cases }]) => casesText(cases, profile.filtered));
  return [...byCases].map(([who, some]) => {
    const calls = some.map(([name]) => name);
    const subject = calls.length === 1 ? { subject: calls.join() } : {};
    return findingAt(
      profile,
      rule,
      `The profile names calls that are unknown to ${who}: ${listed(calls)}.`,
      some[0]?.[1].place ?? { line: 1, column: 1 },
      subject,
    );
  });
}

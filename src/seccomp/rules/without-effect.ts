import { count, listed } from '../../report/text.ts';
import type { OciRule } from '../loading/profile.ts';
import { doingOf } from './overridden.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';

type Reason =
  'does what the default action does, and runtimes skip it' | 'names no call' | 'repeats what rules before it say';

/** Rules that do nothing in a case, by where they are written. */
function idleRules({ loaded }: FilteredCase): Map<OciRule['source'], { rule: OciRule; reason: Reason }> {
  const idle = new Map<OciRule['source'], { rule: OciRule; reason: Reason }>();
  const byDefault = doingOf({ action: loaded.defaultAction, errnoRet: loaded.defaultErrnoRet });
  const said = new Set<string>();
  for (const rule of loaded.syscalls) {
    const doing = doingOf(rule);
    const decisions = rule.args.length > 0 ? [] : rule.names.map((name) => `${name} ${doing}`);
    const idleFor = (reason: Reason): unknown => idle.set(rule.source, { rule, reason });
    // Said for people: that clone3 gets ENOSYS is what lets programs take clone.
    if (rule.names.join() === 'clone3') continue;
    if (doing === byDefault) idleFor('does what the default action does, and runtimes skip it');
    else if (rule.names.length === 0) idleFor('names no call');
    else if (decisions.length > 0 && decisions.every((one) => said.has(one)))
      idleFor('repeats what rules before it say');
    decisions.forEach((one) => said.add(one));
  }
  return idle;
}

export const withoutEffect: ProfileRule = {
  rule: {
    id: 'seccomp/rule-without-effect',
    title: 'A rule does nothing',
    why: 'Who reads the profile takes it for a decision; the runtime skips it without a word.',
    fix: 'Nothing, when it is there for people; else take it out, or give it the action that was meant.',
    outcome: 'note',
  },
  /** One finding for each reason: generated profiles repeat themselves a lot. */
  check(profile) {
    const [first, ...others] = profile.filtered.map((one) => ({ ...one, idle: idleRules(one) }));
    if (first === undefined) return [];
    const always = [...first.idle].filter(([source]) =>
      others.every(({ idle, loaded }) => idle.has(source) || !loaded.syscalls.some((rule) => rule.source === source)),
    );
    return [...Map.groupBy(always, ([, { reason }]) => reason)].flatMap(([reason, rules]) => {
      const [start] = rules;
      if (start === undefined) return [];
      const names = listed([...new Set(rules.flatMap(([, { rule }]) => rule.names))]);
      const [source, { rule }] = start;
      const what = rules.length === 1 ? `The rule (${rule.action})` : `Each of ${count(rules.length, 'rule')}`;
      return [findingAt(profile, withoutEffect.rule, `${what} for ${names || 'nothing'} ${reason}.`, source)];
    });
  },
};

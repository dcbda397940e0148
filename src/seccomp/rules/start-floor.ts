import { enosys } from '../bpf/action.ts';
import type { Rule } from '../../report/rule.ts';
import type { Finding } from '../../report/report.ts';
import { casesText } from './cases.ts';
import { denialOf } from './calls.ts';
import { placeOfDefault } from './places.ts';
import { findingAt, type FilteredCase, type JudgedProfile, type ProfileRule } from './profile-rule.ts';
import { startNeeds, type Needs, type ProgramKind } from './start-needs.ts';

/** What a kind of program misses in a case, by what that does to it. */
export function missingIn(
  { environment: { host }, outcome: { filter } }: FilteredCase,
  kind: ProgramKind,
): Record<'fatal' | 'degraded' | 'tolerated', string[]> {
  const { fatal, fatalUnlessMissing, degraded, tolerated }: Needs = startNeeds[kind];
  const isDenied = (name: string): boolean => denialOf(filter, host, name) !== undefined;
  const withOtherError = (name: string): boolean => {
    const denial = denialOf(filter, host, name);
    return denial !== undefined && !(denial.kind === 'errno' && denial.errno === enosys);
  };
  return {
    // Newer calls have a rule of their own for each error.
    fatal: [
      ...fatal.filter(isDenied),
      ...fatalUnlessMissing.filter((name) => name !== 'clone3' && withOtherError(name)),
    ],
    degraded: degraded.filter(isDenied),
    tolerated: tolerated.filter(isDenied),
  };
}

function findingsFor(profile: JudgedProfile, rule: Rule, severity: 'fatal' | 'degraded', what: string): Finding[] {
  return profile.policy.starts.flatMap((kind) => {
    const groups = Map.groupBy(
      profile.filtered.filter((one) => missingIn(one, kind)[severity].length > 0),
      (one) => missingIn(one, kind)[severity].join(', '),
    );
    const [first] = [...groups.values()].flat();
    if (first === undefined) return [];
    const parts = [...groups].map(([names, cases]) => `${names} (${casesText(cases, profile.filtered)})`);
    const tolerated = severity === 'fatal' ? missingIn(first, kind).tolerated : [];
    const more = tolerated.length === 0 ? '' : ` Denied as well, without consequence: ${tolerated.join(', ')}.`;
    return [
      findingAt(profile, rule, `${kind}: ${what} ${parts.join('; ')}.${more}`, placeOfDefault(first.loaded), {
        subject: kind,
      }),
    ];
  });
}

export const startFloor: ProfileRule = {
  isAboutMissing: true,
  rule: {
    id: 'seccomp/start-floor',
    title: 'A program cannot start under the profile',
    why: 'Each of these calls alone is fatal while a program of this kind starts: the loader, the C library or the language runtime needs it before the first line of the program runs.',
    fix: 'Allow the calls that are named.',
    outcome: 'fail',
  },
  check: (profile) => findingsFor(profile, startFloor.rule, 'fatal', 'does not start without'),
};

export const startDegraded: ProfileRule = {
  isAboutMissing: true,
  rule: {
    id: 'seccomp/start-degraded',
    title: 'A program starts under the profile, without threads or processes of its own',
    why: 'Denying these calls is fine for a program of one thread; every other fails or hangs later.',
    fix: 'Allow the calls that are named, when the program has threads or starts others.',
    outcome: 'note',
  },
  check: (profile) => findingsFor(profile, startDegraded.rule, 'degraded', 'no threads or processes without'),
};

import type { Finding } from '../../report/report.ts';
import type { Rule } from '../../report/rule.ts';
import { count } from '../../report/text.ts';
import { compareOutcomes, hasName, isPossible, type Difference } from '../comparison/differences.ts';
import { casesText } from './cases.ts';
import { witnessesText } from './calls.ts';
import { effectText } from '../comparison/text.ts';
import { placeOfDefault } from './places.ts';
import { findingAt, type FilteredCase, type JudgedProfile, type ProfileRule } from './profile-rule.ts';

const shown = 5;

interface Pair {
  readonly first: FilteredCase;
  readonly cases: FilteredCase[];
  readonly differences: Difference[];
}

const known = new WeakMap<JudgedProfile, ReadonlyMap<string, Pair>>();

/** Differences of every case from the first target's on the same machine, by the two effects. */
function pairsOf(profile: JudgedProfile): ReadonlyMap<string, Pair> {
  const found = known.get(profile);
  if (found !== undefined) return found;
  const pairs = new Map<string, Pair>();
  for (const one of profile.filtered) {
    const first = profile.filtered.find(
      ({ environment: { host, capabilities } }) =>
        host === one.environment.host && capabilities === one.environment.capabilities,
    );
    if (first === undefined || first === one) continue;
    for (const difference of compareOutcomes(first.outcome, one.outcome, one.environment).differences) {
      if (!hasName(difference.witness)) continue;
      const key = `${first.target}: ${effectText(difference.before)}, ${effectText(difference.after)}`;
      const pair = pairs.get(key) ?? { first, cases: [], differences: [] };
      pairs.set(key, pair);
      if (!pair.cases.includes(one)) pair.cases.push(one);
      pair.differences.push(difference);
    }
  }
  known.set(profile, pairs);
  return pairs;
}

function findingFor(profile: JudgedProfile, rule: Rule, matters: (one: Difference) => boolean): Finding[] {
  const pairs = [...pairsOf(profile).values()].filter(({ differences: [one] }) => one !== undefined && matters(one));
  const [some] = pairs;
  if (some === undefined) return [];
  const parts = pairs.flatMap(({ first, cases, differences }) => {
    const [one] = differences;
    if (one === undefined) return [];
    const calls = Map.groupBy(differences, ({ witness: { call } }) => call);
    const some = [...calls.values()].slice(0, shown).flat();
    const witnesses = witnessesText(some.map(({ witness }) => witness));
    return [
      `${count(calls.size, 'call')} (${witnesses}${calls.size > shown ? ', …' : ''}): ${effectText(one.before)} under ${first.target}, ` +
        `${effectText(one.after)} under ${casesText(cases, profile.filtered)}`,
    ];
  });
  return [findingAt(profile, rule, `${parts.join('; ')}.`, placeOfDefault(some.first.loaded))];
}

/** Whether a difference is one of being possible, not only of the error. */
function isOfPossibility({ before, after }: Difference): boolean {
  return isPossible(before) !== isPossible(after);
}

export const differs: ProfileRule = {
  rule: {
    id: 'seccomp/differs-between-targets',
    title: 'A call is possible under one target and denied under another',
    why: 'What was tested under one engine is not what runs under the other: a service breaks, or is less confined than anybody tested.',
    fix: 'Write what every target reads alike: names that each libseccomp knows, `architectures`, and an explicit rule for each of these calls.',
    outcome: 'warning',
    reference: 'https://github.com/opencontainers/runc/issues/2735',
  },
  check: (profile) => findingFor(profile, differs.rule, isOfPossibility),
};

export const errorsDiffer: ProfileRule = {
  rule: {
    id: 'seccomp/errors-differ',
    title: 'A denied call gets another error under another target',
    why: 'runc answers ENOSYS for calls newer than the profile, crun the error of the profile; libraries fall back after ENOSYS only.',
    fix: 'Nothing, when the service was started under each target; else deny with `"defaultErrnoRet": 38`, which makes them alike.',
    outcome: 'note',
  },
  check: (profile) => findingFor(profile, errorsDiffer.rule, (one) => !isOfPossibility(one)),
};

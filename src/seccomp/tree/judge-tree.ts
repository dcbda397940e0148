import type { Finding, Section } from '../../report/report.ts';
import { addedCapabilities } from '../capabilities.ts';
import { judgeProfile } from '../judge.ts';
import type { SeccompPolicy } from '../policy.ts';
import type { ProfileSummary } from '../summary.ts';
import type { SeccompTree } from './tree.ts';

/** What every profile of a tree means, and what is wrong with it. */
export interface JudgedTree {
  readonly findings: readonly Finding[];
  readonly summaries: ReadonlyMap<string, readonly ProfileSummary[]>;
}

/** @param dockerDefault text of policies/seccomp/docker-default.json */
export function judgeTree(tree: SeccompTree, policy: SeccompPolicy, dockerDefault: string): JudgedTree {
  const findings: Finding[] = [];
  const summaries = new Map<string, readonly ProfileSummary[]>();
  for (const [file, text] of tree.profiles) {
    const judged = judgeProfile(text, file, policy, {
      dockerDefault,
      addedCapabilities: capabilitiesUnder(file, tree),
    });
    findings.push(...judged.findings);
    summaries.set(file, judged.summaries);
  }
  return { findings, summaries };
}

/** Everything that services under a profile add: what its rules say of capabilities counts for them. */
function capabilitiesUnder(file: string, { services, profileOf }: SeccompTree): ReadonlySet<string> {
  const users = services.filter((service) => profileOf.get(service) === file);
  return addedCapabilities(users);
}

/** Which service uses which profile. */
export function serviceTable({ services, profileOf }: SeccompTree): Section {
  return {
    title: 'Services and their profiles',
    columns: ['Service', 'Defined in', 'Profile'],
    rows: services.map((service) => {
      const { resource, place, seccomp } = service;
      const where = [place.file, place.line].filter((part) => part !== undefined).join(':');
      return [
        resource,
        where,
        profileOf.get(service) ?? ('written' in seccomp ? `${seccomp.written} (not read)` : seccomp.kind),
      ];
    }),
  };
}

/** What each profile lets through. */
export function profileTable(summaries: JudgedTree['summaries']): Section {
  return {
    title: 'Profiles',
    columns: ['Profile', 'What no rule names', 'Calls that may run', 'Refused by', 'Takes it for no filter'],
    rows: [...summaries].flatMap(([file, some]) =>
      some.map(({ name, defaultAction, possible, refusedBy, unconfinedBy }) => [
        name === '' ? file : `${file} (${name})`,
        defaultAction,
        Object.entries(possible)
          .map(([architecture, calls]) => `${calls} ${architecture}`)
          .join(', '),
        refusedBy.join(', '),
        unconfinedBy.join(', '),
      ]),
    ),
  };
}

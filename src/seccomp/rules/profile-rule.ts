import type { Running } from '../comparison/differences.ts';
import type { Finding } from '../../report/report.ts';
import type { Rule } from '../../report/rule.ts';
import type { Filter } from '../filter/filter.ts';
import type { ProfileDocument } from '../loading/document.ts';
import type { Environment, OciProfile, Position } from '../loading/profile.ts';
import type { Outcome } from '../loading/runtime.ts';
import type { SeccompPolicy } from '../policy.ts';
import type { TargetName } from '../targets.ts';

/** One place where the profile is put to use, and what becomes of it there. */
export interface Case {
  readonly target: TargetName;
  readonly environment: Environment;
  /** What the runtime got; undefined where no profile, or a refused file, reached it. */
  readonly loaded: OciProfile | undefined;
  readonly outcome: Outcome;
}

/** A case in which a filter is installed. */
export interface FilteredCase extends Case {
  readonly loaded: OciProfile;
  readonly outcome: { readonly kind: 'filter'; readonly filter: Filter };
}

/** A profile as it is written, and what it does in every case of the policy. */
export interface JudgedProfile {
  /** As findings name it. */
  readonly file: string;
  readonly document: ProfileDocument;
  readonly cases: readonly Case[];
  /** Cases whose filter is the one that was written: those that read a part of the file only are left out, with a finding of their own. */
  readonly filtered: readonly FilteredCase[];
  /** A call whose conditions cannot be worked out; then there are no cases. */
  readonly entangled?: string;
  readonly policy: SeccompPolicy['profiles'];
  /** What Docker's default profile does in a case. */
  readonly defaultIn: (one: Case) => Running;
}

/** A rule together with what finds where it is broken: one finding for each cause. */
export interface ProfileRule {
  readonly rule: Rule;
  readonly check: (profile: JudgedProfile) => Finding[];
  /** It finds what the profile does not allow: nothing can be said of one that builds on a profile which is not here. */
  readonly isAboutMissing?: true;
}

/** A check whose findings another rule asks for too: worked out once for each profile. */
export function once(check: ProfileRule['check']): ProfileRule['check'] {
  const known = new WeakMap<JudgedProfile, Finding[]>();
  return (profile) => {
    const findings = known.get(profile) ?? check(profile);
    known.set(profile, findings);
    return findings;
  };
}

/** A finding at a place of the profile's file. */
export function findingAt(
  { file }: JudgedProfile,
  rule: Rule,
  message: string,
  { line, column }: Position,
  more: Pick<Finding, 'subject' | 'fix'> = {},
): Finding {
  return { rule, message, place: { file, line, column }, ...more };
}

/** The start of the profile. */
export function startOf({ document: { profile, root } }: JudgedProfile): Position {
  return profile ?? root ?? { line: 1, column: 1 };
}

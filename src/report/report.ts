import { outcomesWorstFirst, type Rule } from './rule.ts';
import { gateRules } from './rules.ts';

/**
 * The language every gate speaks. A gate makes one {@link Report}; {@link conclude} decides the verdict from its
 * findings; everything a person or machine sees afterwards is rendered from it.
 */

/** What a gate says. `inconclusive`: not enough was measured to say pass or fail; it never counts as a pass. */
export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** Where something is: a file of the workspace (line and column from 1) or a named thing such as `deployment/web`. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly resource?: string;
}

export interface Finding {
  readonly rule: Rule;
  readonly message: string;
  readonly place?: Place;
  /** What it is about where the place does not say it, such as a system call or a package; a waiver may name it. */
  readonly subject?: string;
  /** What to do in this very case; without it the rule's general fix is shown. */
  readonly fix?: string;
}

/** A number that was measured, with its unit and, where there is one, the limit it was held against. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: { readonly atMost: number } | { readonly atLeast: number };
}

export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a report speaks of. Digests are lower-case hex, by algorithm: `sha256`, `gitCommit`. */
export interface Subject {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** Evidence that a gate adds to its verdict. `type` is the full URI of an in-toto predicate type. */
export interface Predicate {
  readonly type: string;
  readonly body: unknown;
}

/** A program the gate ran, as it is named in evidence. */
export interface ProgramUsed {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly origin: string;
}

/** The rules a verdict was made by. */
export interface PolicyUsed {
  readonly uri: string;
  readonly sha256: string;
}

/** What a gate hands to {@link conclude}. */
export interface Draft {
  /** How much was looked at, in the gate's own unit; 0 is never a pass, and a finding that says why is enough. */
  readonly examined: { readonly count: number; readonly what: string };
  readonly findings: readonly Finding[];
  /** One sentence for the case that nothing is wrong. */
  readonly passed: string;
  readonly measurements?: readonly Measurement[];
  readonly sections?: readonly Section[];
  readonly subjects?: readonly Subject[];
  /** The evidence says fail of the subjects whatever the verdict is: a rollback that goes well gets rid of its image. */
  readonly subjectsFail?: boolean;
  readonly policy?: PolicyUsed;
  readonly programs?: readonly ProgramUsed[];
  readonly predicates?: readonly Predicate[];
  /** What a passing verdict asserts beside the gate's own property, such as `SLIPWAY_DEPLOYED_STAGING`. */
  readonly properties?: readonly string[];
  /** Values for the action's own outputs, by output name. */
  readonly outputs?: Readonly<Record<string, string | number | boolean>>;
}

export interface Report {
  readonly verdict: Verdict;
  readonly headline: string;
  /** Worst first, else in the gate's order. */
  readonly findings: readonly Finding[];
  readonly measurements: readonly Measurement[];
  readonly sections: readonly Section[];
  readonly subjects: readonly Subject[];
  readonly subjectsFail: boolean;
  readonly policy?: PolicyUsed;
  readonly programs: readonly ProgramUsed[];
  readonly predicates: readonly Predicate[];
  readonly properties: readonly string[];
  readonly outputs: Readonly<Record<string, string | number | boolean>>;
}

/** The one place where a verdict is made: a failing finding fails, then an inconclusive one, then nothing examined. */
export function decide(findings: readonly Finding[]): Verdict {
  if (findings.some((finding) => finding.rule.outcome === 'fail')) return 'fail';
  if (findings.some((finding) => finding.rule.outcome === 'inconclusive')) return 'inconclusive';
  return 'pass';
}

/** Turns what a gate found into its report. */
export function conclude(draft: Draft): Report {
  const findings = [...draft.findings];
  if (draft.examined.count === 0 && decide(findings) === 'pass') {
    findings.push({ rule: gateRules.nothingExamined, message: `No ${draft.examined.what} found to examine.` });
  }
  const sorted = outcomesWorstFirst.flatMap((outcome) => findings.filter(({ rule }) => rule.outcome === outcome));
  const verdict = decide(sorted);
  return {
    verdict,
    headline: headlineOf(verdict, sorted, draft.passed),
    findings: sorted,
    measurements: draft.measurements ?? [],
    sections: draft.sections ?? [],
    subjects: draft.subjects ?? [],
    subjectsFail: draft.subjectsFail ?? false,
    ...(draft.policy && { policy: draft.policy }),
    programs: draft.programs ?? [],
    predicates: draft.predicates ?? [],
    properties: draft.properties ?? [],
    outputs: draft.outputs ?? {},
  };
}

function headlineOf(verdict: Verdict, worstFirst: readonly Finding[], passed: string): string {
  const first = worstFirst[0];
  if (verdict === 'pass' || first === undefined) return passed;
  const same = worstFirst.filter(({ rule }) => rule.outcome === first.rule.outcome).length;
  const more = same > 1 ? ` (and ${same - 1} more)` : '';
  return `${first.message}${more}`;
}

import type { PolicyUsed, ProgramUsed, Report, Subject, Verdict } from './report.ts';

/** An in-toto statement (in-toto/attestation, spec/v1/statement.md). */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: unknown;
}

export const statementType = 'https://in-toto.io/Statement/v1';

/** The predicate types that gates write themselves. */
export const predicateTypes = {
  /** in-toto/attestation, spec/predicates/svr.md: version 0.2 is the first that carries the policy. */
  verdict: 'https://in-toto.io/attestation/svr/v0.2',
  /** in-toto/attestation, spec/predicates/test-result.md. */
  testResult: 'https://in-toto.io/attestation/test-result/v0.1',
} as const;

/** Which run of which gate the evidence comes from. Times are RFC 3339. */
export interface GateRun {
  readonly gate: string;
  /** URI of the gate with its version, as the verifier's id. */
  readonly verifier: string;
  readonly mode: 'enforce' | 'observe';
  readonly finishedOn: string;
  /** Stage that the gate was asked about, when it has such an input. */
  readonly stage?: string;
  /** Page of the workflow run; empty outside one. */
  readonly url: string;
}

/** What the verdict statement says beyond the specification, under one extension field. */
export interface VerdictDetails {
  readonly gate: string;
  readonly verdict: Verdict;
  readonly mode: 'enforce' | 'observe';
  readonly stage?: string;
  readonly run: string;
  readonly programs: readonly ProgramUsed[];
  /** Rules of the findings, notes left out. */
  readonly findings: readonly string[];
}

/** Predicate of the verdict statement; `properties` is empty unless the gate passed and was enforced. */
export interface VerdictPredicate {
  readonly verifier: { readonly id: string; readonly policies: readonly ResourceDescriptor[] };
  readonly timeCreated: string;
  readonly properties: readonly string[];
  readonly slipway_details: VerdictDetails;
}

interface ResourceDescriptor {
  readonly uri: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** The property that a passing gate asserts: `trivy-gate` asserts `SLIPWAY_TRIVY_GATE`. */
export function propertyOf(gate: string): string {
  return `SLIPWAY_${gate.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Everything the gate can be held to: its verdict, a test result when the gate is a test, and the gate's own
 * predicates. No statement is made without a subject: it would speak of nothing.
 */
export function renderStatements(report: Report, run: GateRun, isTest: boolean): Statement[] {
  if (report.subjects.length === 0) return [];
  return [
    { type: predicateTypes.verdict, body: verdictPredicate(report, run) },
    ...(isTest ? [{ type: predicateTypes.testResult, body: testResult(report, run) }] : []),
    ...report.predicates,
  ].map(({ type, body }) => ({ _type: statementType, subject: report.subjects, predicateType: type, predicate: body }));
}

function verdictPredicate(report: Report, run: GateRun): VerdictPredicate {
  const verdict = verdictOn(report);
  const holds = verdict === 'pass' && run.mode === 'enforce';
  return {
    verifier: { id: run.verifier, policies: policiesOf(report.policy) },
    timeCreated: run.finishedOn,
    properties: holds ? [propertyOf(run.gate), ...report.properties] : [],
    slipway_details: {
      gate: run.gate,
      verdict,
      mode: run.mode,
      ...(run.stage !== undefined && { stage: run.stage }),
      run: run.url,
      programs: report.programs,
      findings: rulesWith(report, 'fail', 'inconclusive', 'warning'),
    },
  };
}

/** What the subjects are told, which is not always how the step went. */
function verdictOn({ verdict, subjectsFail }: Report): Verdict {
  return subjectsFail ? 'fail' : verdict;
}

function testResult(report: Report, run: GateRun): object {
  const passed = verdictOn(report) === 'pass';
  const warned = rulesWith(report, 'warning');
  const inconclusive = rulesWith(report, 'inconclusive').map((rule) => `inconclusive:${rule}`);
  return {
    result: !passed ? 'FAILED' : warned.length > 0 ? 'WARNED' : 'PASSED',
    configuration: policiesOf(report.policy),
    ...(run.url !== '' && { url: run.url }),
    passedTests: passed ? [run.gate] : [],
    warnedTests: warned,
    failedTests: [...rulesWith(report, 'fail'), ...inconclusive],
  };
}

function policiesOf(policy: PolicyUsed | undefined): ResourceDescriptor[] {
  return policy === undefined ? [] : [{ uri: policy.uri, digest: { sha256: policy.sha256 } }];
}

function rulesWith(report: Report, ...outcomes: string[]): string[] {
  const ids = report.findings.filter(({ rule }) => outcomes.includes(rule.outcome)).map(({ rule }) => rule.id);
  return [...new Set(ids)];
}

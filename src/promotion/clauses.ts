import { milliseconds } from '../documents/duration.ts';
import type { VerifiedStatement } from '../evidence/read.ts';
import { predicateTypes, propertyOf, type VerdictPredicate } from '../report/evidence.ts';
import type { Rule } from '../report/rule.ts';
import { signaturePredicateType } from '../signing/statement.ts';
import type { Clause, PromotionPolicy } from './policy.ts';
import { promotionRules } from './rules.ts';
import { identityProblem } from './signer.ts';

/** What a clause asked, what was there, and the rule that it breaks if it does. */
export interface ClauseResult {
  readonly clause: string;
  readonly needed: string;
  readonly found: string;
  readonly broken?: Rule;
  /** The statement that satisfies the clause. */
  readonly statement?: VerifiedStatement;
}

/** Everything that clauses are judged by. */
export interface Judgement {
  readonly policy: PromotionPolicy;
  readonly statements: readonly VerifiedStatement[];
  readonly now: Date;
  /** Address of this run's forge; empty outside a workflow run. */
  readonly serverUrl: string;
  /** Hex digest of a policy file that a clause names. */
  readonly policyDigests: ReadonlyMap<string, string>;
}

/** Predicate types of an SPDX SBOM: as sbom-sign writes it, and without the version, as cosign does. */
const sbomTypes = ['https://spdx.dev/Document/v2.3', 'https://spdx.dev/Document'];
/** Clocks of a signer, a log and this machine may differ by this much. */
const clockSkew = 5 * 60_000;

/** Judges every clause of a stage; those of the stages before come first. */
export function judgeStage(name: string, judgement: Judgement): ClauseResult[] {
  const stage = judgement.policy.stages[name];
  if (stage === undefined) return [];
  const { after, require } = stage;
  return [
    ...(after === undefined ? [] : judgeStage(after.stage, judgement)),
    ...require.map((clause) => judgeClause(clause, judgement)),
    ...(after === undefined ? [] : [judgeBakeTime(after, judgement)]),
  ];
}

function judgeClause(clause: Clause, judgement: Judgement): ClauseResult {
  const { evidence, by } = clause;
  const age = clause['maximum-age'];
  const result = {
    clause: evidence,
    needed: [`signed by ${by}`, age && `at most ${age} old`, clause.policy && `policy ${clause.policy}`]
      .filter(Boolean)
      .join(', '),
  };
  const newest = newestBy(by, ofKind(evidence, judgement.statements), judgement);
  if ('broken' in newest) return { ...result, ...newest };
  const broken = brokenVerdict(clause, newest.statement, judgement) ?? brokenAge(newest.statement, age, judgement.now);
  return broken === undefined
    ? { ...result, found: `signed ${newest.statement.signedAt.toISOString()}`, statement: newest.statement }
    : { ...result, ...broken };
}

function judgeBakeTime(
  after: NonNullable<PromotionPolicy['stages'][string]['after']>,
  judgement: Judgement,
): ClauseResult {
  const property = deployedProperty(after.stage);
  const result = {
    clause: `after ${after.stage}`,
    needed: `deployed there by ${after.by}, ${after['bake-time']} ago or more`,
  };
  const deployments = judgement.statements.filter((statement) => verdictOf(statement)?.properties.includes(property));
  const newest = newestBy(after.by, deployments, judgement);
  if ('broken' in newest) return { ...result, ...newest };
  const { statement } = newest;
  const baked = judgement.now.getTime() - statement.signedAt.getTime();
  const found = `deployed ${statement.signedAt.toISOString()}`;
  if (baked < milliseconds(after['bake-time'])) return { ...result, found, broken: promotionRules.notBaked };
  return { ...result, found, statement };
}

/** The property that a successful deployment to a stage asserts. */
export function deployedProperty(stage: string): string {
  return `SLIPWAY_DEPLOYED_${stage.toUpperCase().replaceAll('-', '_')}`;
}

function ofKind(evidence: string, statements: readonly VerifiedStatement[]): readonly VerifiedStatement[] {
  if (evidence === 'signature')
    return statements.filter(({ predicateType }) => predicateType === signaturePredicateType);
  if (evidence === 'sbom') return statements.filter(({ predicateType }) => sbomTypes.includes(predicateType));
  return statements.filter((statement) => verdictOf(statement)?.slipway_details.gate === evidence);
}

/** The newest statement of a trusted signer, or why there is none. */
function newestBy(
  by: string,
  candidates: readonly VerifiedStatement[],
  { policy, serverUrl }: Judgement,
): { statement: VerifiedStatement } | { found: string; broken: Rule } {
  const signer = policy.signers[by];
  if (signer === undefined) throw new Error(`the policy has no signer ${by}`);
  const newestFirst = [...candidates].sort((a, b) => b.signedAt.getTime() - a.signedAt.getTime());
  const [first] = newestFirst;
  if (first === undefined) return { found: 'nothing', broken: promotionRules.evidenceMissing };
  const trusted = newestFirst.find(
    ({ identity }) => identityProblem(identity, policy, signer, serverUrl) === undefined,
  );
  if (trusted !== undefined) return { statement: trusted };
  const problem = identityProblem(first.identity, policy, signer, serverUrl);
  return { found: `signed by ${problem?.found ?? ''}`, broken: problem?.rule ?? promotionRules.evidenceMissing };
}

function brokenVerdict(
  clause: Clause,
  statement: VerifiedStatement,
  { policy, policyDigests }: Judgement,
): { found: string; broken: Rule } | undefined {
  const verdict = verdictOf(statement);
  if (verdict === undefined) return undefined;
  const { mode, verdict: said, run, programs } = verdict.slipway_details;
  if (mode !== 'enforce') return { found: `observed: ${said}`, broken: promotionRules.onlyObserved };
  if (said !== 'pass' || !verdict.properties.includes(propertyOf(clause.evidence))) {
    return { found: `${said} in ${run || 'an unnamed run'}`, broken: promotionRules.notPassed };
  }
  const unknown = programs.find(({ origin }) => !policy.programs.some((allowed) => allowed === origin));
  if (unknown !== undefined) {
    return {
      found: `${unknown.name} ${unknown.version} (${unknown.origin})`,
      broken: promotionRules.unverifiedProgram,
    };
  }
  const needed = clause.policy === undefined ? undefined : policyDigests.get(clause.policy);
  const used = verdict.verifier.policies.map(({ digest }) => digest.sha256);
  if (clause.policy !== undefined && (needed === undefined || !used.includes(needed))) {
    return { found: `policy ${used.join(', ') || 'unnamed'}`, broken: promotionRules.otherPolicy };
  }
  return undefined;
}

function brokenAge(
  { signedAt }: VerifiedStatement,
  maximumAge: string | undefined,
  now: Date,
): { found: string; broken: Rule } | undefined {
  const age = now.getTime() - signedAt.getTime();
  const found = `signed ${signedAt.toISOString()}`;
  if (age < -clockSkew) return { found, broken: promotionRules.evidenceFromFuture };
  return maximumAge !== undefined && age > milliseconds(maximumAge)
    ? { found, broken: promotionRules.evidenceOld }
    : undefined;
}

/** The verdict that a statement carries, if it is one; its shape is checked, since anybody may sign anything. */
export function verdictOf({ predicateType, predicate }: VerifiedStatement): VerdictPredicate | undefined {
  if (predicateType !== predicateTypes.verdict) return undefined;
  const { verifier, properties, slipway_details: details } = Object(predicate) as Partial<VerdictPredicate>;
  const complete =
    Array.isArray(verifier?.policies) &&
    Array.isArray(properties) &&
    typeof details?.gate === 'string' &&
    typeof details.verdict === 'string' &&
    typeof details.mode === 'string' &&
    Array.isArray(details.programs);
  return complete ? (predicate as VerdictPredicate) : undefined;
}

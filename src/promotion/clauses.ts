import { milliseconds } from '../documents/duration.ts';
import type { VerifiedStatement } from '../evidence/read.ts';
import { propertyOf } from '../report/evidence.ts';
import type { Rule } from '../report/rule.ts';
import { signaturePredicateType } from '../signing/statement.ts';
import type { Clause, PromotionPolicy } from './policy.ts';
import { promotionRules } from './rules.ts';
import { identityProblem } from './signer.ts';
import { isVerdict, mayConcern, verdictOf } from './verdict.ts';

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
/** The gate whose verdict says what runs in a stage. */
const releaseGate = 'helm-release';

/** Judges every clause of a stage; those of the stages before come first. */
export function judgeStage(name: string, judgement: Judgement): ClauseResult[] {
  const { stages } = judgement.policy;
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
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
  const newest = newestBy(by, (statement) => isAbout(evidence, statement), judgement);
  if ('broken' in newest) return { ...result, ...newest };
  const broken = newest.statements
    .map((statement) => brokenVerdict(clause, statement, judgement) ?? brokenAge(statement, age, judgement.now))
    .find((problem) => problem !== undefined);
  if (broken !== undefined) return { ...result, ...broken };
  const [statement] = newest.statements;
  return { ...result, found: `signed ${statement.signedAt.toISOString()}`, statement };
}

function judgeBakeTime(
  after: NonNullable<PromotionPolicy['stages'][string]['after']>,
  judgement: Judgement,
): ClauseResult {
  const result = {
    clause: `after ${after.stage}`,
    needed: `deployed there by ${after.by}, ${after['bake-time']} ago or more`,
  };
  const newest = newestBy(after.by, (statement) => mayConcern(statement, releaseGate, after.stage), judgement);
  if ('broken' in newest) return { ...result, ...newest };
  const broken = newest.statements
    .map((statement) => brokenVerdict({ evidence: releaseGate }, statement, judgement) ?? brokenStage(statement))
    .find((problem) => problem !== undefined);
  if (broken !== undefined) return { ...result, ...broken };
  // A canary has passed without it; the stable release that followed may have been signed in the same second.
  const property = propertyOf(`deployed-${after.stage}`);
  const statement = newest.statements.find((release) => verdictOf(release)?.properties.includes(property));
  if (statement === undefined)
    return { ...result, found: 'a canary that no stable release followed', broken: promotionRules.notDeployed };
  const baked = judgement.now.getTime() - statement.signedAt.getTime();
  const found = `deployed ${statement.signedAt.toISOString()}`;
  if (baked < milliseconds(after['bake-time'])) return { ...result, found, broken: promotionRules.notBaked };
  return { ...result, found, statement };
}

function isAbout(evidence: string, statement: VerifiedStatement): boolean {
  if (evidence === 'signature') return statement.predicateType === signaturePredicateType;
  if (evidence === 'sbom') return sbomTypes.includes(statement.predicateType);
  return mayConcern(statement, evidence);
}

/** What is wrong with a statement. */
interface Broken {
  readonly found: string;
  readonly broken: Rule;
}

/**
 * What a trusted signer signed last, or why there is nothing. Logs count whole seconds, and the order in which the
 * registry lists statements can be chosen by whoever pushes: all of the newest second count, so that the worst decides.
 */
function newestBy(
  by: string,
  concerns: (statement: VerifiedStatement) => boolean,
  { policy, serverUrl, statements }: Judgement,
): { statements: readonly [VerifiedStatement, ...VerifiedStatement[]] } | Broken {
  const signer = policy.signers[by];
  if (signer === undefined) throw new Error(`the policy has no signer ${by}`);
  const newestFirst = statements
    .filter(concerns)
    .sort((a, b) => secondOf(b) - secondOf(a) || a.sha256.localeCompare(b.sha256));
  const [newest, ...older] = newestFirst.filter(
    ({ identity }) => identityProblem(identity, policy, signer, serverUrl) === undefined,
  );
  if (newest !== undefined)
    return { statements: [newest, ...older.filter((statement) => secondOf(statement) === secondOf(newest))] };
  // Of a stranger, what cannot be read is no evidence of anything.
  const stranger = newestFirst.find((statement) => !isVerdict(statement) || verdictOf(statement) !== undefined);
  const problem = stranger && identityProblem(stranger.identity, policy, signer, serverUrl);
  return problem === undefined
    ? { found: 'nothing', broken: promotionRules.evidenceMissing }
    : { found: `signed by ${problem.found}`, broken: problem.rule };
}

/** Seconds since 1970. */
function secondOf({ signedAt }: VerifiedStatement): number {
  return Math.floor(signedAt.getTime() / 1000);
}

function brokenVerdict(
  clause: Pick<Clause, 'evidence' | 'policy'>,
  statement: VerifiedStatement,
  { policy, policyDigests }: Judgement,
): Broken | undefined {
  if (!isVerdict(statement)) return undefined;
  const verdict = verdictOf(statement);
  if (verdict === undefined) return { found: 'a verdict that cannot be read', broken: promotionRules.notPassed };
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

/** A release that names no stage may have been in this one. */
function brokenStage(statement: VerifiedStatement): Broken | undefined {
  return verdictOf(statement)?.slipway_details.stage === undefined
    ? { found: 'a release that names no stage', broken: promotionRules.notPassed }
    : undefined;
}

function brokenAge({ signedAt }: VerifiedStatement, maximumAge: string | undefined, now: Date): Broken | undefined {
  const age = now.getTime() - signedAt.getTime();
  const found = `signed ${signedAt.toISOString()}`;
  if (age < -clockSkew) return { found, broken: promotionRules.evidenceFromFuture };
  return maximumAge !== undefined && age > milliseconds(maximumAge)
    ? { found, broken: promotionRules.evidenceOld }
    : undefined;
}

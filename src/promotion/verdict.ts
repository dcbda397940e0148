import type { VerifiedStatement } from '../evidence/read.ts';
import { predicateTypes, type VerdictPredicate } from '../report/evidence.ts';

/** Whether a statement is the verdict of a gate, readable or not. */
export function isVerdict({ predicateType }: VerifiedStatement): boolean {
  return predicateType === predicateTypes.verdict;
}

/** The verdict that a statement carries; undefined when it is none, or lacks what a judgement needs. */
export function verdictOf(statement: VerifiedStatement): VerdictPredicate | undefined {
  if (!isVerdict(statement)) return undefined;
  const { verifier, properties, slipway_details: details } = fields(statement.predicate);
  const { gate, verdict, mode, run, programs } = fields(details);
  const complete =
    [gate, verdict, mode, run].every((text) => typeof text === 'string') &&
    isListOf(properties, (property) => typeof property === 'string') &&
    isListOf(fields(verifier).policies, (policy) => typeof fields(fields(policy).digest).sha256 === 'string') &&
    isListOf(programs, (program) => typeof fields(program).origin === 'string');
  return complete ? (statement.predicate as VerdictPredicate) : undefined;
}

/**
 * Whether a verdict may be about a gate, and about a stage when one is named. What does not say, or cannot be read, may
 * be: passed over, it would leave an older pass as the newest word.
 */
export function mayConcern(statement: VerifiedStatement, gate: string, stage?: string): boolean {
  if (!isVerdict(statement)) return false;
  const said = fields(fields(statement.predicate).slipway_details);
  const fits = (value: unknown, wanted: string): boolean => typeof value !== 'string' || value === wanted;
  return fits(said.gate, gate) && (stage === undefined || fits(said.stage, stage));
}

/** The fields of a value; none when it is no object. Anybody may sign anything. */
function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

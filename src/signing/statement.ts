import { statementType } from '../report/evidence.ts';
import type { Subject } from '../report/report.ts';

/** An in-toto statement that was read (in-toto/attestation, spec/v1/statement.md). */
export interface ReadStatement {
  readonly subjects: readonly Subject[];
  /** Full URI. */
  readonly predicateType: string;
  readonly predicate: unknown;
}

/** Media type of a statement inside an envelope. */
export const payloadType = 'application/vnd.in-toto+json';

/** Predicate type of an image signature: cosign v3 writes it with an empty predicate. */
export const signaturePredicateType = 'https://sigstore.dev/cosign/sign/v1';

/** Cosign still writes the older form; it differs in nothing that is read here. */
const statementTypes: readonly unknown[] = [statementType, 'https://in-toto.io/Statement/v0.1'];

/** The statement, or a sentence that says what is wrong with it. */
export function readStatement(bytes: Uint8Array): ReadStatement | string {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'It is not JSON.';
  }
  const { _type, subject, predicateType, predicate } = (content ?? {}) as Record<string, unknown>;
  if (!statementTypes.includes(_type)) return 'It is no in-toto statement: its `_type` is another.';
  if (typeof predicateType !== 'string' || !URL.canParse(predicateType)) return 'Its `predicateType` is no URI.';
  if (!Array.isArray(subject) || subject.length === 0) return 'It has no subject.';
  const subjects = subject.map(readSubject);
  if (!subjects.every((item) => item !== undefined)) return 'A subject of it has no digest.';
  return { subjects, predicateType, predicate };
}

function readSubject(value: unknown): Subject | undefined {
  const { name, digest } = (value ?? {}) as Record<string, unknown>;
  if (typeof digest !== 'object' || digest === null) return undefined;
  const entries = Object.entries(digest);
  const isValid = entries.length > 0 && entries.every(([, hex]) => typeof hex === 'string' && hex !== '');
  return isValid ? { name: typeof name === 'string' ? name : '', digest: digest as Record<string, string> } : undefined;
}

import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { TooLargeError, type Files } from '../effects/effects.ts';
import type { Finding, Subject } from '../report/report.ts';
import { readStatement } from '../signing/statement.ts';
import { evidenceRules } from './rules.ts';

/** A file in the list that the frame keeps of what gates of this job wrote. `sha256` is hex. */
export interface LedgerEntry {
  readonly path: string;
  readonly sha256: string;
}

/** A statement that may be signed: exactly these bytes. */
export interface Collected {
  readonly bytes: Uint8Array;
  readonly predicateType: string;
}

/** 16 MiB: what GitHub's attestation API takes. */
const maxStatementBytes = 16 * 1024 * 1024;
const maxFiles = 1000;

/**
 * Reads the statements to sign and refuses those that are not of this job, not as the gate wrote them, or not exactly
 * about the image. The bytes that were checked are the bytes that are returned.
 * @param given absolute paths of files and folders; undefined for everything that gates of this job wrote
 * @param sha256 hex digest of the image
 * @param root paths are shown relative to it
 */
export async function collectEvidence(
  given: readonly string[] | undefined,
  ledger: readonly LedgerEntry[],
  sha256: string,
  files: Files,
  root: string,
): Promise<{ readonly statements: readonly Collected[]; readonly findings: readonly Finding[] }> {
  const statements: Collected[] = [];
  const findings: Finding[] = [];
  for (const candidate of await candidates(given, ledger, files)) {
    const checked = await check(candidate, sha256, files);
    if ('bytes' in checked) statements.push(checked);
    else findings.push({ ...checked, place: { file: relative(root, candidate.path) } });
  }
  return { statements, findings };
}

/** A file that may be signed. `expected` is the digest that the ledger has for it. */
interface Candidate {
  readonly path: string;
  readonly kind: 'written' | 'foreign' | 'none' | 'many';
  readonly expected?: string;
}

async function candidates(
  given: readonly string[] | undefined,
  ledger: readonly LedgerEntry[],
  files: Files,
): Promise<Candidate[]> {
  if (given === undefined) return ledger.map(({ path, sha256 }) => ({ path, kind: 'written', expected: sha256 }));
  const written = new Map<string, string>();
  for (const { path, sha256 } of ledger) written.set(await realPath(files, path), sha256);
  const found = new Map<string, Candidate>();
  for (const path of given) {
    const kind = await files.kind(path);
    const below = kind === 'folder' ? await listed(files, path) : kind === 'file' ? [path] : [];
    if (below === undefined) found.set(path, { path, kind: 'many' });
    else if (below.length === 0) found.set(path, { path, kind: 'none' });
    for (const file of below ?? []) {
      const real = await realPath(files, file);
      const expected = written.get(real);
      found.set(
        real,
        expected === undefined ? { path: file, kind: 'foreign' } : { path: file, kind: 'written', expected },
      );
    }
  }
  return [...found.values()];
}

async function listed(files: Files, folder: string): Promise<string[] | undefined> {
  return files.list(folder, maxFiles).catch(() => undefined);
}

async function realPath(files: Files, path: string): Promise<string> {
  return (await files.kind(path)) === 'missing' ? path : files.realPath(path);
}

async function check({ path, kind, expected }: Candidate, sha256: string, files: Files): Promise<Collected | Finding> {
  if (kind === 'none') return { rule: evidenceRules.none, message: 'There is no statement at this path.' };
  if (kind === 'many') {
    return {
      rule: evidenceRules.unreadable,
      message: `The folder cannot be read, or holds more than ${maxFiles} files.`,
    };
  }
  if (kind === 'foreign') return { rule: evidenceRules.foreign, message: 'No gate of this job wrote this file.' };
  const bytes = await read(files, path);
  if (typeof bytes === 'string') return { rule: evidenceRules.unreadable, message: bytes };
  if (createHash('sha256').update(bytes).digest('hex') !== expected) {
    return { rule: evidenceRules.changed, message: 'The file is not the one that the gate wrote.' };
  }
  const statement = readStatement(bytes);
  if (typeof statement === 'string') return { rule: evidenceRules.unreadable, message: statement };
  const { subjects, predicateType } = statement;
  if (isExactly(subjects, sha256)) return { bytes, predicateType };
  const named = subjects.map(({ name, digest }) => `${name} (${Object.values(digest).join(', ')})`).join(' and ');
  const message = `The statement ${predicateType} speaks of ${named}, not of sha256:${sha256} alone.`;
  return { rule: evidenceRules.subjectMismatch, message };
}

/** The bytes, or a sentence that says why they cannot be had. */
async function read(files: Files, path: string): Promise<Uint8Array | string> {
  if ((await files.kind(path)) !== 'file') return 'The file that the gate wrote is gone.';
  try {
    return await files.readBytes(path, maxStatementBytes);
  } catch (error) {
    if (error instanceof TooLargeError) return `The statement is larger than ${maxStatementBytes} bytes.`;
    throw error;
  }
}

function isExactly(subjects: readonly Subject[], sha256: string): boolean {
  const [only, ...others] = subjects;
  return others.length === 0 && only?.digest.sha256 === sha256 && Object.keys(only.digest).length === 1;
}

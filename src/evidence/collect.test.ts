import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { statementAbout } from '../../test/support/signed.ts';
import { collectEvidence, type LedgerEntry } from './collect.ts';

const hex = 'a'.repeat(64);
const folder = '/temp/evidence';
const verdict = JSON.stringify(statementAbout(hex, 'https://in-toto.io/attestation/svr/v0.2'));
const test = JSON.stringify(statementAbout(hex, 'https://in-toto.io/attestation/test-result/v0.1'));

const entry = (path: string, content: string): LedgerEntry => ({
  path,
  sha256: createHash('sha256').update(content).digest('hex'),
});
const ledger = [entry(`${folder}/verdict.json`, verdict), entry(`${folder}/test.json`, test)];
const written = { [`${folder}/verdict.json`]: verdict, [`${folder}/test.json`]: test };

/** What of some files is taken, by predicate type, and which rules the rest breaks, by path. */
async function collect(
  content: Record<string, string>,
  given: readonly string[] | undefined,
  entries: readonly LedgerEntry[] = ledger,
): Promise<{ taken: string[]; refused: string[]; messages: string[] }> {
  const { statements, findings } = await collectEvidence(given, entries, hex, memoryFiles(content), '/temp');
  return {
    taken: statements.map(({ predicateType }) => predicateType).sort(),
    refused: findings.map(({ rule, place }) => `${place?.file ?? ''} ${rule.id}`),
    messages: findings.map(({ message }) => message),
  };
}

const both = ['https://in-toto.io/attestation/svr/v0.2', 'https://in-toto.io/attestation/test-result/v0.1'];

describe('the evidence to sign', () => {
  it('is what gates of this job wrote, byte for byte', async () => {
    const { statements } = await collectEvidence(undefined, ledger, hex, memoryFiles({ ...written }), '/temp');
    expect(statements.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([verdict, test]);
  });

  it('is nothing when no gate ran', async () => {
    expect(await collect({}, undefined, [])).toEqual({ taken: [], refused: [], messages: [] });
  });

  it.each<[string, string[], string[]]>([
    ['a folder', [folder], both],
    ['a file', [`${folder}/test.json`], [both[1]!]],
    ['the same file twice', [`${folder}/test.json`, folder], both],
    ['a link to it', ['/work/link.json'], [both[0]!]],
  ])('may be named by %s', async (_, given, taken) => {
    const content = { ...written, '/work/link.json': `-> ${folder}/verdict.json` };
    expect(await collect(content, given)).toEqual({ taken, refused: [], messages: [] });
  });
});

describe('evidence is refused', () => {
  it('when no gate of this job wrote it, even if it is a copy of one', async () => {
    const content = { ...written, '/temp/artifact/verdict.json': verdict };
    expect(await collect(content, ['/temp/artifact', folder])).toMatchObject({
      taken: both,
      refused: ['artifact/verdict.json evidence/foreign'],
    });
  });

  it('when it was changed, even by a byte', async () => {
    expect(await collect({ ...written, [`${folder}/test.json`]: `${test} ` }, undefined)).toMatchObject({
      taken: [both[0]],
      refused: ['evidence/test.json evidence/changed'],
    });
  });

  it('when it is gone, or is no file any more', async () => {
    expect(await collect({ [`${folder}/verdict.json`]: verdict }, undefined)).toMatchObject({
      taken: [both[0]],
      refused: ['evidence/test.json evidence/unreadable'],
      messages: ['The file that the gate wrote is gone.'],
    });
  });

  it('when there is nothing where it was named', async () => {
    expect(await collect({ ...written }, ['/temp/nowhere'])).toMatchObject({
      taken: [],
      refused: ['nowhere evidence/none'],
    });
  });

  it.each<[string, object, string]>([
    ['another image', statementAbout('b'.repeat(64), both[0]!), `registry.example/app (${'b'.repeat(64)})`],
    [
      'a commit',
      { ...statementAbout(hex, both[0]!), subject: [{ name: 'git', digest: { gitCommit: 'c0ffee' } }] },
      'git (c0ffee)',
    ],
    [
      'the image and something else',
      {
        ...statementAbout(hex, both[0]!),
        subject: [
          { name: 'a', digest: { sha256: hex } },
          { name: 'b', digest: { sha256: 'cd' } },
        ],
      },
      `a (${hex}) and b (cd)`,
    ],
    [
      'the image under a second digest too',
      { ...statementAbout(hex, both[0]!), subject: [{ name: 'a', digest: { sha256: hex, sha512: 'ef' } }] },
      `a (${hex}, ef)`,
    ],
  ])('when it speaks of %s', async (_, statement, named) => {
    const text = JSON.stringify(statement);
    expect(await collect({ '/temp/x.json': text }, undefined, [entry('/temp/x.json', text)])).toEqual({
      taken: [],
      refused: ['x.json evidence/subject-mismatch'],
      messages: [`The statement ${both[0]} speaks of ${named}, not of sha256:${hex} alone.`],
    });
  });

  it.each<[string, string]>([
    ['no statement', '{"_type":"https://example.com"}'],
    ['cut off', verdict.slice(0, 40)],
    ['too large', ' '.repeat(16 * 1024 * 1024 + 1)],
  ])('when it is %s', async (_, text) => {
    expect(await collect({ '/temp/x.json': text }, undefined, [entry('/temp/x.json', text)])).toMatchObject({
      taken: [],
      refused: ['x.json evidence/unreadable'],
    });
  });

  it('when a folder cannot be read, or holds more than anybody means', async () => {
    const files = {
      ...memoryFiles({ ...written }),
      list: () => Promise.reject(new Error('it holds more than 1000 files')),
    };
    const { findings } = await collectEvidence([folder], ledger, hex, files, '/temp');
    expect(findings).toMatchObject([{ rule: { id: 'evidence/unreadable' }, place: { file: 'evidence' } }]);
  });

  it('but not when the machine fails: that is no finding about it', async () => {
    const files = { ...memoryFiles({ ...written }), readBytes: () => Promise.reject(new Error('EIO')) };
    await expect(collectEvidence(undefined, ledger, hex, files, '/temp')).rejects.toThrow('EIO');
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { signingWorld, statementAbout } from '../../test/support/signed.ts';
import { BundleRefused, UnusableFile } from './errors.ts';
import { verifierFor, type VerifyBundle } from './verify.ts';

const world = signingWorld();
const statement = statementAbout('a'.repeat(64), 'https://example.com/predicate', { holds: true });

/** The parts of a bundle that these tests change. */
interface BundleJson {
  mediaType: string;
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string }[] };
  verificationMaterial: {
    certificate?: { rawBytes: string };
    tlogEntries: {
      canonicalizedBody: string;
      integratedTime: string;
      logIndex: string;
      inclusionPromise?: { signedEntryTimestamp: string };
      inclusionProof?: { checkpoint: { envelope: string } };
    }[];
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: string }[] };
  };
}

/** A signature of the statement, which every test may change; signing takes longer than all the rest. */
async function bundle(): Promise<BundleJson> {
  made ??= world().sign(statement);
  return JSON.parse(Buffer.from(await made).toString()) as BundleJson;
}
let made: Promise<Uint8Array> | undefined;

async function otherBundle(): Promise<BundleJson> {
  return JSON.parse(Buffer.from(await world().sign(statement)).toString()) as BundleJson;
}

const bytesOf = (content: unknown): Buffer => Buffer.from(JSON.stringify(content));
const entryOf = ({ verificationMaterial }: BundleJson): BundleJson['verificationMaterial']['tlogEntries'][number] =>
  verificationMaterial.tlogEntries[0]!;

function refusal(bytes: Uint8Array, verify: VerifyBundle = world().verify): string {
  try {
    verify(bytes);
  } catch (error) {
    if (error instanceof BundleRefused) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a bundle', () => {
  it('proves what was signed, by whom and when', async () => {
    const verified = world().verify(bytesOf(await bundle()));
    expect(verified).toMatchObject({
      payload: bytesOf(statement),
      statement: { predicateType: 'https://example.com/predicate', predicate: { holds: true } },
      identity: { issuer: 'https://token.actions.githubusercontent.com', sourceRepositoryId: '101' },
      logIndex: expect.stringMatching(/^\d+$/),
    });
    expect(Math.abs(verified.signedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('proves it without a timestamp: the log promised its time', async () => {
    const changed = await bundle();
    changed.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [];
    expect(refusal(bytesOf(changed))).toBe('accepted');
  });

  it('proves it without the promise of the log: a timestamp is enough', async () => {
    const changed = await bundle();
    delete entryOf(changed).inclusionPromise;
    expect(refusal(bytesOf(changed))).toBe('accepted');
  });

  it('has the earliest time that someone vouches for, and none that nobody does', async () => {
    const changed = await bundle();
    const { signedAt } = world().verify(bytesOf(changed));
    delete entryOf(changed).inclusionPromise;
    entryOf(changed).integratedTime = '1';
    expect(world().verify(bytesOf(changed)).signedAt.getTime()).toBeGreaterThanOrEqual(signedAt.getTime());
  });

  it.each<[string, (bundle: BundleJson) => void, string]>([
    [
      'whose statement was changed',
      ({ dsseEnvelope }) =>
        (dsseEnvelope.payload = bytesOf(statementAbout('b'.repeat(64), 'https://example.com/predicate')).toString(
          'base64',
        )),
      'Its log entry is of another content or signature.',
    ],
    [
      'whose signature was changed',
      ({ dsseEnvelope }) => (dsseEnvelope.signatures[0]!.sig = 'AAAA'),
      'No time that the trusted root vouches for belongs to it.',
    ],
    ['without a log entry', ({ verificationMaterial }) => (verificationMaterial.tlogEntries = []), 'It is in no log.'],
    [
      'with an altered log entry',
      (changed) =>
        (entryOf(changed).canonicalizedBody = bytesOf({ kind: 'dsse', apiVersion: '0.0.1', spec: {} }).toString(
          'base64',
        )),
      'The log of the trusted root did not sign its entry.',
    ],
    [
      'with another time of the log',
      (changed) => (entryOf(changed).integratedTime = String(Math.floor(Date.now() / 1000) + 60)),
      'The log of the trusted root did not sign its entry.',
    ],
    [
      'with a time of the log beyond the certificate',
      (changed) => (entryOf(changed).integratedTime = '9999999999'),
      'Its certificate was not issued by an authority of the trusted root, or not at the time of signing.',
    ],
    [
      'with the same log entry twice',
      ({ verificationMaterial }) => verificationMaterial.tlogEntries.push(verificationMaterial.tlogEntries[0]!),
      'No time that the trusted root vouches for belongs to it.',
    ],
    [
      'with another checkpoint',
      (changed) => (entryOf(changed).inclusionProof!.checkpoint.envelope = 'x - 1\n1\nAAAA\n\n\u2014 x AAAAAAAA\n'),
      'Its place in the log of the trusted root is not proved.',
    ],
    [
      'without a place in the log',
      (changed) => delete entryOf(changed).inclusionProof,
      'It is no complete Sigstore bundle.',
    ],
    [
      'without any time',
      (changed) => {
        delete entryOf(changed).inclusionPromise;
        changed.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [];
      },
      'No time that the trusted root vouches for belongs to it.',
    ],
    [
      'with two signatures',
      ({ dsseEnvelope }) => dsseEnvelope.signatures.push(dsseEnvelope.signatures[0]!),
      'It is no complete Sigstore bundle.',
    ],
    ['without a signature', ({ dsseEnvelope }) => (dsseEnvelope.signatures = []), 'It is no complete Sigstore bundle.'],
    [
      'of something other than a statement',
      ({ dsseEnvelope }) => (dsseEnvelope.payloadType = 'text/plain'),
      'It signs something other than a statement.',
    ],
    [
      'of version 0.2',
      (changed) => (changed.mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.2'),
      'It is no Sigstore bundle of version 0.3.',
    ],
    [
      'of an unknown version',
      (changed) => (changed.mediaType = 'application/vnd.dev.sigstore.bundle.v0.9+json'),
      'It is no Sigstore bundle of version 0.3.',
    ],
    [
      'by a key',
      ({ verificationMaterial }) => {
        delete verificationMaterial.certificate;
        Object.assign(verificationMaterial, { publicKey: { hint: 'x' } });
      },
      'It was signed with a key, and no key is trusted.',
    ],
  ])('%s is refused', async (_, change, reason) => {
    const changed = await bundle();
    change(changed);
    expect(refusal(bytesOf(changed))).toBe(reason);
  });

  it('with the timestamp of another signature is refused', async () => {
    const [changed, other] = [await bundle(), await otherBundle()];
    changed.verificationMaterial.timestampVerificationData = other.verificationMaterial.timestampVerificationData;
    expect(refusal(bytesOf(changed))).toBe('No time that the trusted root vouches for belongs to it.');
  });

  it('with the certificate of another, earlier signature is refused', async () => {
    const other = await bundle();
    const changed = await otherBundle();
    changed.verificationMaterial.certificate = other.verificationMaterial.certificate!;
    expect(refusal(bytesOf(changed))).toBe('Its signature does not belong to its certificate and content.');
  });

  it('with the log entry of another signature is refused', async () => {
    const [changed, other] = [await bundle(), await otherBundle()];
    changed.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries;
    expect(refusal(bytesOf(changed))).toBe('Its log entry is of another content or signature.');
  });

  it('of bytes instead of a statement is refused', async () => {
    const { dsseEnvelope, ...rest } = await bundle();
    const messageSignature = {
      messageDigest: { algorithm: 'SHA2_256', digest: 'AAAA' },
      signature: dsseEnvelope.signatures[0]!.sig,
    };
    expect(refusal(bytesOf({ ...rest, messageSignature }))).toBe('It signs bytes, not a statement.');
  });

  it.each([
    ['half of it', (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2)],
    ['nothing', (): Uint8Array => Buffer.alloc(0)],
    ['null', (): Uint8Array => Buffer.from('null')],
    ['a list', (): Uint8Array => Buffer.from('[]')],
  ])('is refused when there is %s', async (_, cut) => {
    expect(refusal(cut(bytesOf(await bundle())))).toBe('It is no complete Sigstore bundle.');
  });

  it('of something that is no statement is refused, although its signature holds', async () => {
    expect(refusal(await world().sign('{"_type":"https://example.com/x"}'))).toBe(
      'It is no in-toto statement: its `_type` is another.',
    );
  });
});

describe('a trusted root', () => {
  it('that does not know the services refuses what they signed', async () => {
    const publicGood = await verifierFor(await readFile('policies/sigstore/trusted_root.json', 'utf8'));
    expect(refusal(bytesOf(await bundle()), publicGood)).toBe(
      'No time that the trusted root vouches for belongs to it.',
    );
  });

  it.each<[string, (root: Record<string, unknown[]>) => void, string]>([
    ['without the log', (root) => (root.tlogs = []), 'The log of the trusted root did not sign its entry.'],
    [
      'without the certificate log',
      (root) => (root.ctlogs = []),
      'Its certificate was not issued by an authority of the trusted root, or not at the time of signing.',
    ],
    [
      'without the timestamp authority',
      (root) => (root.timestampAuthorities = []),
      'No time that the trusted root vouches for belongs to it.',
    ],
  ])('%s refuses', async (_, change, reason) => {
    const root = JSON.parse(await readFile(world().sigstore.trustedRootPath, 'utf8')) as Record<string, unknown[]>;
    change(root);
    expect(refusal(bytesOf(await bundle()), await verifierFor(JSON.stringify(root)))).toBe(reason);
  });

  it.each([
    ['no JSON', '{'],
    ['another document', '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json"}'],
    ['one without an authority', '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}'],
    [
      'one with half an authority',
      '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","certificateAuthorities":[{}]}',
    ],
    ['nothing', 'null'],
  ])('cannot be %s', async (_, json) => {
    await expect(verifierFor(json)).rejects.toThrow(UnusableFile);
  });
});

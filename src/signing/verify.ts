import type { Bundle } from '@sigstore/bundle';
import type { SignedEntity } from '@sigstore/verify';
import { BundleRefused, UnusableFile } from './errors.ts';
import { identityOf, type SignerIdentity } from './identity.ts';
import { payloadType, readStatement, type ReadStatement } from './statement.ts';

/** What a bundle proves: these bytes were signed by this identity at about this time. */
export interface Verified {
  readonly statement: ReadStatement;
  /** The signed bytes. */
  readonly payload: Uint8Array;
  readonly identity: SignerIdentity;
  /** The earliest time that the log or a timestamp authority vouches for. */
  readonly signedAt: Date;
  /** Place in the log. */
  readonly logIndex: string;
}

/**
 * Verifies a bundle against a trusted root, without any network.
 * @throws BundleRefused with the reason
 */
export type VerifyBundle = (bundle: Uint8Array) => Verified;

/** The names of bundle version 0.3; cosign reads no older one at an image. */
const bundleTypes = [
  'application/vnd.dev.sigstore.bundle.v0.3+json',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
];

const trustedRootType = 'application/vnd.dev.sigstore.trustedroot';

/** Sentences for the error codes of @sigstore/verify. */
const refusals: Readonly<Record<string, string>> = {
  CERTIFICATE_ERROR:
    'Its certificate was not issued by an authority of the trusted root, or not at the time of signing.',
  PUBLIC_KEY_ERROR: 'It was signed with a key, and no key is trusted.',
  SIGNATURE_ERROR: 'Its signature does not belong to its certificate and content.',
  TIMESTAMP_ERROR: 'No time that the trusted root vouches for belongs to it.',
  TLOG_BODY_ERROR: 'Its log entry is of another content or signature.',
  TLOG_ERROR: 'It is not in a log of the trusted root.',
  TLOG_INCLUSION_PROMISE_ERROR: 'The log of the trusted root did not sign its entry.',
  TLOG_INCLUSION_PROOF_ERROR: 'Its place in the log of the trusted root is not proved.',
  TLOG_MISSING_INCLUSION_ERROR: 'It is not in a log of the trusted root.',
};

/**
 * Reads a trusted root (sigstore/protobuf-specs, sigstore_trustroot.proto). Everything that is verified with it needs
 * an entry in one of its logs, a certificate that one of its certificate logs knows, and a trusted time.
 * @throws UnusableFile
 */
export async function verifierFor(trustedRoot: string): Promise<VerifyBundle> {
  const { TrustedRoot } = await import('@sigstore/protobuf-specs');
  const { bundleFromJSON } = await import('@sigstore/bundle');
  const { toSignedEntity, toTrustMaterial, Verifier } = await import('@sigstore/verify');
  let verifier: InstanceType<typeof Verifier>;
  try {
    const root = TrustedRoot.fromJSON(JSON.parse(trustedRoot));
    if (!root.mediaType.startsWith(trustedRootType) || root.certificateAuthorities.length === 0) {
      throw new Error('the type is another, or there is no certificate authority');
    }
    verifier = new Verifier(toTrustMaterial(root), { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 });
  } catch (error) {
    throw new UnusableFile('it is no trusted root that trusts somebody', { cause: error });
  }
  return (bytes) => {
    const { entity, payload, logIndex } = opened(bytes, bundleFromJSON, toSignedEntity);
    const signer = refusing(() => verifier.verify(entity));
    const identity = identityOf(signer.identity?.subjectAlternativeName, signer.identity?.oids ?? []);
    if (identity === undefined) throw new BundleRefused('Its certificate names no signer or no issuer.');
    const statement = readStatement(payload);
    if (typeof statement === 'string') throw new BundleRefused(statement);
    return { statement, payload, identity, signedAt: trustedTime(entity), logIndex };
  };
}

interface Opened {
  readonly entity: SignedEntity;
  readonly payload: Uint8Array;
  readonly logIndex: string;
}

/** What the verifier does not look at: version, kind of content, kind of payload. */
function opened(
  bytes: Uint8Array,
  bundleFromJSON: (json: unknown) => Bundle,
  toSignedEntity: (bundle: Bundle) => SignedEntity,
): Opened {
  let bundle: Bundle;
  let entity: SignedEntity;
  try {
    bundle = bundleFromJSON(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    entity = toSignedEntity(bundle);
  } catch (error) {
    throw new BundleRefused('It is no complete Sigstore bundle.', { cause: error });
  }
  if (!bundleTypes.includes(bundle.mediaType)) throw new BundleRefused('It is no Sigstore bundle of version 0.3.');
  if (bundle.content.$case !== 'dsseEnvelope') throw new BundleRefused('It signs bytes, not a statement.');
  const { dsseEnvelope: envelope } = bundle.content;
  if (envelope.payloadType !== payloadType) throw new BundleRefused('It signs something other than a statement.');
  const logIndex = bundle.verificationMaterial.tlogEntries[0]?.logIndex;
  if (logIndex === undefined) throw new BundleRefused('It is in no log.');
  return { entity, payload: envelope.payload, logIndex };
}

function refusing<T>(verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    const { code } = error as { code?: unknown };
    const reason = refusals[String(code)] ?? 'It is not well formed, or nothing vouches for its time.';
    throw new BundleRefused(reason, { cause: error });
  }
}

/** All times were verified, and all lie within the ten minutes of the certificate. An entry's time counts only with the log's promise. */
function trustedTime({ timestamps }: SignedEntity): Date {
  const times = timestamps.flatMap((timestamp) => {
    if (timestamp.$case === 'timestamp-authority') return [timestamp.timestamp.signingTime.getTime()];
    const { inclusionPromise, integratedTime } = timestamp.tlogEntry;
    return inclusionPromise === undefined ? [] : [Number(integratedTime) * 1000];
  });
  return new Date(Math.min(...times));
}

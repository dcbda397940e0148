import { createHash } from 'node:crypto';
import type { Repository } from '../registry/client.ts';
import { RegistryError } from '../registry/errors.ts';
import { listReferrers } from '../registry/referrers.ts';
import type { Subject } from '../report/report.ts';
import { BundleRefused } from '../signing/errors.ts';
import type { SignerIdentity } from '../signing/identity.ts';
import type { VerifyBundle } from '../signing/verify.ts';

/** A statement about an image whose signature holds. Who signed it, and whether that is enough, is for a policy to say. */
export interface VerifiedStatement {
  /** Full URI. */
  readonly predicateType: string;
  readonly predicate: unknown;
  /** The subject of the statement that is the image. */
  readonly subject: Subject;
  readonly identity: SignerIdentity;
  /** The earliest time that the log or a timestamp authority vouches for. */
  readonly signedAt: Date;
  readonly logIndex: string;
  /** Hex digest of the signed statement. */
  readonly sha256: string;
  /** Digest of the manifest that holds it: `sha256:` and hex. */
  readonly referrer: string;
}

/** A signed statement that proves nothing, and why. */
export interface RejectedStatement {
  readonly referrer: string;
  /** A sentence. */
  readonly reason: string;
}

export interface EvidenceFound {
  readonly verified: readonly VerifiedStatement[];
  readonly rejected: readonly RejectedStatement[];
}

/** Twice the largest statement that GitHub takes; bundles hold it as base64. */
const maxBundleBytes = 32 * 1024 * 1024;
const bundleLayer = 'application/vnd.dev.sigstore.bundle';
const atOnce = 4;

/**
 * Reads everything signed that is attached to an image and verifies it. What else is attached is passed over.
 * @param digest of the image: `sha256:` and hex
 * @throws RegistryError when the registry does not answer: that is not the same as no evidence
 */
export async function readEvidence(
  repository: Repository,
  digest: string,
  verify: VerifyBundle,
): Promise<EvidenceFound> {
  const referrers = await listReferrers(repository, digest);
  const found: (VerifiedStatement | RejectedStatement | undefined)[] = [];
  for (let start = 0; start < referrers.length; start += atOnce) {
    const batch = referrers.slice(start, start + atOnce);
    found.push(...(await Promise.all(batch.map((item) => readReferrer(repository, digest, item.digest, verify)))));
  }
  const statements = found.filter((item) => item !== undefined);
  return {
    verified: statements.filter((item) => 'predicateType' in item),
    rejected: statements.filter((item) => 'reason' in item),
  };
}

/**
 * Reads and verifies one attachment; undefined when it is no bundle. Its layer says what it is: registries list
 * attachments under other types.
 */
export async function readReferrer(
  repository: Repository,
  digest: string,
  referrer: string,
  verify: VerifyBundle,
): Promise<VerifiedStatement | RejectedStatement | undefined> {
  try {
    const manifest = await repository.manifest(referrer);
    const layer = manifest.children.find(({ mediaType }) => mediaType.startsWith(bundleLayer));
    if (layer === undefined) return undefined;
    if (manifest.children.length !== 1) throw new BundleRefused('Its manifest holds more than the bundle.');
    if (manifest.subject?.digest !== digest) throw new BundleRefused('It is attached to another image.');
    const verified = verify(await repository.blob(layer.digest, maxBundleBytes));
    const { statement, identity, signedAt, logIndex, payload } = verified;
    const subject = statement.subjects.find((item) => `sha256:${item.digest.sha256 ?? ''}` === digest);
    if (subject === undefined) throw new BundleRefused('Its statement speaks of another image.');
    const { predicateType, predicate } = statement;
    const sha256 = createHash('sha256').update(payload).digest('hex');
    return { predicateType, predicate, subject, identity, signedAt, logIndex, sha256, referrer };
  } catch (error) {
    const isItsOwn = error instanceof RegistryError && (error.problem === 'missing' || error.problem === 'invalid');
    if (error instanceof BundleRefused || isItsOwn) return { referrer, reason: error.message };
    throw error;
  }
}

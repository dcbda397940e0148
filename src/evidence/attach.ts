import { createHash } from 'node:crypto';
import type { Repository } from '../registry/client.ts';
import type { Manifest } from '../registry/manifest.ts';
import { attachArtifacts } from '../registry/referrers.ts';
import type { Finding } from '../report/report.ts';
import type { SignedStatement } from '../signing/checked.ts';
import { bundleMediaType } from '../signing/sign.ts';
import type { VerifyBundle } from '../signing/verify.ts';
import { readReferrer, type VerifiedStatement } from './read.ts';
import { evidenceRules } from './rules.ts';

/**
 * Attaches signed statements to an image as cosign does (sigstore/cosign, specs/BUNDLE_SPEC.md), and reads every one of
 * them back from the registry.
 * @returns what was read back, in the same order, and a finding for each that is not what was attached
 * @throws RegistryError
 */
export async function attachStatements(
  repository: Repository,
  image: Manifest,
  signed: readonly SignedStatement[],
  verify: VerifyBundle,
): Promise<{ readonly attached: readonly VerifiedStatement[]; readonly findings: readonly Finding[] }> {
  const created = repository.network.clock.now().toISOString();
  const artifacts = signed.map(({ bundle, verified }) => ({
    mediaType: bundleMediaType,
    content: bundle,
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': verified.statement.predicateType,
      'org.opencontainers.image.created': created,
    },
  }));
  const referrers = await attachArtifacts(repository, image, artifacts);
  const attached: VerifiedStatement[] = [];
  const findings: Finding[] = [];
  for (const [index, { verified }] of signed.entries()) {
    const referrer = referrers[index]?.digest ?? '';
    const found = await readReferrer(repository, image.digest, referrer, verify);
    const sha256 = createHash('sha256').update(verified.payload).digest('hex');
    if (found !== undefined && 'sha256' in found && found.sha256 === sha256) attached.push(found);
    else {
      const reason =
        found !== undefined && 'reason' in found ? found.reason : 'It is not the statement that was attached.';
      const message = `${verified.statement.predicateType}, attached as ${referrer}: ${reason}`;
      findings.push({
        rule: evidenceRules.readBackFailed,
        message,
        place: { resource: `${repository.name}@${referrer}` },
      });
    }
  }
  return { attached, findings };
}

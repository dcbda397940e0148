import type { Claims } from '../../src/local/sigstore/issuer.ts';
import type { Sigstore } from '../../src/local/sigstore/sigstore.ts';
import { startJob, type Job } from './job.ts';
import { program } from './programs.ts';
import { workflowClaims } from './workflow-claims.ts';

/**
 * Starts a job of a local run that signs with loopback services.
 * @param claims what differs in its identity tokens
 * @param settings variables that differ
 */
export async function signingJob(
  sigstore: Sigstore,
  {
    claims = {},
    settings = {},
  }: { readonly claims?: Claims; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Job> {
  return startJob({ ...(await signingSettings(sigstore)), ...settings }, (audience) =>
    sigstore.oidc.issueToken(workflowClaims({ aud: audience, ...claims })),
  );
}

/** The settings of a local run that make its actions use and trust the services. */
export async function signingSettings(sigstore: Sigstore): Promise<Record<string, string>> {
  return {
    SLIPWAY_TRUSTED_ROOT: sigstore.trustedRootPath,
    SLIPWAY_SIGNING_CONFIG: sigstore.signingConfigPath,
    SLIPWAY_SYFT: await program('syft'),
  };
}

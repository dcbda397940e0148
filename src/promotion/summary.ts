import type { VerifiedStatement } from '../evidence/read.ts';
import { propertyOf } from '../report/evidence.ts';
import type { PolicyUsed, Predicate, Verdict } from '../report/report.ts';

/** slsa.dev/spec, "Verification Summary Attestation (VSA)", version 1. */
export const summaryType = 'https://slsa.dev/verification_summary/v1';

export interface Decided {
  /** URI of the gate with its version. */
  readonly verifier: string;
  readonly now: Date;
  /** Where the image is fetched from, with its digest. */
  readonly resource: string;
  readonly policy: PolicyUsed;
  readonly stage: string;
  readonly verdict: Verdict;
  readonly inputs: readonly VerifiedStatement[];
}

/** The decision as a SLSA verification summary; `verifiedLevels` names the stage, since SLSA has no word for it. */
export function verificationSummary({ verifier, now, resource, policy, stage, verdict, inputs }: Decided): Predicate {
  const passed = verdict === 'pass';
  return {
    type: summaryType,
    body: {
      verifier: { id: verifier },
      timeVerified: now.toISOString(),
      resourceUri: resource,
      policy: { uri: policy.uri, digest: { sha256: policy.sha256 } },
      inputAttestations: inputs.map(({ referrer, sha256 }) => ({
        uri: `${resource.split('@')[0] ?? ''}@${referrer}`,
        digest: { sha256 },
      })),
      verificationResult: passed ? 'PASSED' : 'FAILED',
      verifiedLevels: passed ? [propertyOf(`stage-${stage}`)] : ['FAILED'],
      slsaVersion: '1.2',
    },
  };
}

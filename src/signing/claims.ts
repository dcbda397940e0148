import { SigningError } from './errors.ts';
import type { SignerIdentity } from './identity.ts';
import { signingRules } from './rules.ts';

/** What is read of a GitHub identity token (docs.github.com, "OpenID Connect reference"). */
export interface WorkflowClaims {
  readonly issuer: string;
  /** `owner/repo/.github/workflows/file.yml@ref` of the workflow file that the job is written in. */
  readonly jobWorkflowRef: string;
  /** `owner/name` and number of the repository that the run belongs to. */
  readonly repository: string;
  readonly repositoryId: string;
  readonly isPublic: boolean;
}

/** The parts of an identity that this run's signatures must have. */
export type ExpectedIdentity = Required<
  Pick<SignerIdentity, 'issuer' | 'name' | 'sourceRepositoryUri' | 'sourceRepositoryId'>
>;

const gitHubIssuer = 'https://token.actions.githubusercontent.com';

/**
 * Reads the claims without checking the token's signature: they are only used to know which identity the certificate
 * must have. Whether the token is good is for the certificate authority to say.
 * @throws SigningError when it is no token of a workflow; the token is not repeated
 */
export function readClaims(token: string): WorkflowClaims {
  const claims = payloadOf(token);
  const { iss, job_workflow_ref, repository, repository_id, repository_visibility } = claims;
  if (!isText(iss) || !isText(job_workflow_ref) || !isText(repository) || !isText(repository_id)) {
    throw new SigningError(
      signingRules.tokenUnreadable,
      'The identity token does not name a workflow and a repository.',
    );
  }
  return {
    issuer: iss,
    jobWorkflowRef: job_workflow_ref,
    repository,
    repositoryId: repository_id,
    isPublic: repository_visibility === 'public',
  };
}

/** The subject of a token, over which Fulcio wants a signature as proof that the key is held. */
export function subjectOf(token: string): string {
  const { sub } = payloadOf(token);
  if (!isText(sub)) throw new SigningError(signingRules.tokenUnreadable, 'The identity token has no subject.');
  return sub;
}

/**
 * Address of the forge in the names that Fulcio writes. It belongs to the issuer and not to the run: github.com's issuer
 * also stands behind the tokens of a local run, whose forge has an address of its own.
 * @param serverUrl address of this run's forge, which an issuer of its own (GitHub Enterprise) goes with
 */
export function forgeOf(issuer: string, serverUrl: string): string {
  return issuer === gitHubIssuer ? 'https://github.com' : serverUrl;
}

/**
 * The identity that Fulcio writes for these claims.
 * @param serverUrl address of this run's forge
 */
export function expectedIdentity(claims: WorkflowClaims, serverUrl: string): ExpectedIdentity {
  const server = forgeOf(claims.issuer, serverUrl);
  return {
    issuer: claims.issuer,
    name: `${server}/${claims.jobWorkflowRef}`,
    sourceRepositoryUri: `${server}/${claims.repository}`,
    sourceRepositoryId: claims.repositoryId,
  };
}

/** A sentence that names the first difference, or undefined. Whole texts are compared, never patterns. */
export function identityDifference(found: SignerIdentity, expected: ExpectedIdentity): string | undefined {
  for (const [part, value] of Object.entries(expected) as [keyof ExpectedIdentity, string][]) {
    if (found[part] !== value) return `The ${part} of the signer is ${found[part] ?? 'absent'}, not ${value}.`;
  }
  return undefined;
}

function payloadOf(token: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

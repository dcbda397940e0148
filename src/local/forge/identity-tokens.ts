import { problem, type Answer } from './answer.ts';
import { defaultAudience, identityClaims, type Job } from './job.ts';

/** Signs identity tokens: the issuer that the local certificate authority trusts. It adds `iss` and the times. */
export interface IdentityIssuer {
  issueToken(claims: Readonly<Record<string, unknown>>): Promise<string> | string;
}

/** Answers what a runner answers at ACTIONS_ID_TOKEN_REQUEST_URL. */
export async function identityToken(job: Job, query: URLSearchParams, issuer: IdentityIssuer): Promise<Answer> {
  if (job.permissions['id-token'] !== 'write') return problem(403, 'The job does not have `id-token: write`.');
  const audience = query.get('audience') ?? defaultAudience(job);
  return { status: 200, body: { value: await issuer.issueToken({ ...identityClaims(job), aud: audience }) } };
}

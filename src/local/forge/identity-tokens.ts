import { problem, type Answer } from './answer.ts';
import type { Job } from './job.ts';

/** Signs identity tokens: the issuer that the local certificate authority trusts. It adds `iss` and the times. */
export interface IdentityIssuer {
  issueToken(claims: Readonly<Record<string, string>>): Promise<string> | string;
}

/** Answers what a runner answers at ACTIONS_ID_TOKEN_REQUEST_URL. */
export async function identityToken(job: Job, query: URLSearchParams, issuer: IdentityIssuer): Promise<Answer> {
  if (job.permissions['id-token'] !== 'write') return problem(403, 'The job does not have `id-token: write`.');
  // Without an audience GitHub takes the owner's page.
  const audience = query.get('audience') ?? `https://github.com/${job.claims.repository_owner ?? ''}`;
  return { status: 200, body: { value: await issuer.issueToken({ ...job.claims, aud: audience }) } };
}

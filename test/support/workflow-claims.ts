import type { Claims } from '../../src/local/sigstore/issuer.ts';

/** The identity token's claims for one job (docs.github.com, "OpenID Connect reference"). */
export function workflowClaims(changes: Claims = {}): Claims {
  const sha = '4'.repeat(40);
  return {
    aud: 'sigstore',
    sub: 'repo:acme/game:ref:refs/heads/main',
    repository: 'acme/game',
    repository_id: '101',
    repository_owner: 'acme',
    repository_owner_id: '7',
    repository_visibility: 'public',
    ref: 'refs/heads/main',
    sha,
    workflow: 'Release',
    workflow_ref: 'acme/game/.github/workflows/release.yml@refs/heads/main',
    workflow_sha: sha,
    job_workflow_ref: 'slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1.2.3',
    job_workflow_sha: '5'.repeat(40),
    event_name: 'push',
    run_id: '42',
    run_attempt: '1',
    runner_environment: 'github-hosted',
    ...changes,
  };
}

import type { Job } from '../../src/local/forge/job.ts';

/** A job for tests: a push to `main` of `octo/game`, with every permission that the local forge knows. */
export const someJob: Job = {
  claims: {
    repository: 'octo/game',
    repository_owner: 'octo',
    sha: 'c'.repeat(40),
    ref: 'refs/heads/main',
    run_id: '7',
  },
  permissions: { deployments: 'write', checks: 'write', actions: 'read', 'id-token': 'write' },
};

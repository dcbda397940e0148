import type { Job } from '../../src/local/forge/job.ts';

/** A job for tests: a push to `main` of `octo/game`, with every permission the forge knows. */
export const someJob: Job = {
  repository: 'octo/game',
  repositoryId: '22',
  ownerId: '11',
  visibility: 'private',
  event: 'push',
  ref: 'refs/heads/main',
  refProtected: true,
  sha: 'c'.repeat(40),
  baseRef: '',
  headRef: '',
  actor: 'mona',
  actorId: '1',
  runId: '7',
  runNumber: '3',
  attempt: '1',
  workflow: 'Release',
  workflowRef: 'octo/game/.github/workflows/release.yml@refs/heads/main',
  workflowSha: 'a'.repeat(40),
  jobWorkflowRef: 'octo/game/.github/workflows/release.yml@refs/heads/main',
  jobWorkflowSha: 'a'.repeat(40),
  permissions: { deployments: 'write', checks: 'write', actions: 'read', 'id-token': 'write' },
};

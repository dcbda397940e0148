import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { removeFolders, temporaryFolder } from '../../test/support/workflow-run.ts';
import { restrictedPermissions } from './permissions.ts';
import { planWorkflow } from './plan.ts';
import { Repositories } from './repositories.ts';
import { standIns } from './stand-ins.ts';

afterAll(removeFolders);

interface Conditional {
  readonly if?: string;
  readonly uses?: string;
  readonly steps?: readonly Conditional[];
}

describe('the workflows that Slipway ships', () => {
  it('look for seccomp profiles only where the caller has some', () => {
    const jobs = globSync('.github/workflows/*.yml').flatMap((file) =>
      Object.values((load(readFileSync(file, 'utf8')) as { jobs: Record<string, Conditional> }).jobs),
    );
    const conditions = jobs.flatMap((job) =>
      (job.steps ?? []).filter(({ uses }) => uses === '$/actions/seccomp-validate').map((step) => job.if ?? step.if),
    );
    expect(conditions).toEqual(["inputs.compose != ''", "inputs.compose != ''"]);
  });

  it('fit its actions: every input, output, secret and permission that one names is there in the other', async () => {
    const sha = '0'.repeat(40);
    const slipway = { directory: resolve('.'), refs: { [sha]: { ref: sha, sha } } };
    const plan = await planWorkflow({
      commit: {
        repository: 'gameforge/gameforge',
        ref: 'refs/heads/main',
        sha: '1'.repeat(40),
        folder: resolve('examples/gameforge'),
        asItLies: true,
      },
      path: '.github/workflows/slipway.yml',
      repositories: new Repositories({ 'slipway-ci/slipway': slipway }, temporaryFolder()),
      standIns,
      labels: ['ubuntu-24.04'],
      defaultPermissions: restrictedPermissions,
    });
    expect(plan.jobs.map(({ kind, job }) => [kind, job.id])).toEqual([
      ['call', 'check'],
      ['call', 'release'],
    ]);
  });
});

import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { removeFolders, temporaryFolder } from '../../test/support/workflow-run.ts';
import { holds, toValue } from './expression.ts';
import { restrictedPermissions } from './permissions.ts';
import { planWorkflow, type WorkflowPlan } from './plan.ts';
import { Repositories } from './repositories.ts';
import { standIns } from './stand-ins.ts';

afterAll(removeFolders);

async function planExample(): Promise<WorkflowPlan> {
  const sha = '0'.repeat(40);
  const slipway = { directory: resolve('.'), refs: { [sha]: { ref: sha, sha } } };
  return planWorkflow({
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
}

/** The plan of the workflow that a job of another one calls. */
function called(plan: WorkflowPlan, id: string): WorkflowPlan {
  const found = plan.jobs.find(({ job }) => job.id === id);
  if (found?.kind !== 'call') throw new Error(`${plan.path} has no job ${id} that calls a workflow`);
  return found.callee;
}

describe('the workflows that Slipway ships', () => {
  it('fit its actions: every input, output, secret and permission that one names is there in the other', async () => {
    const plan = await planExample();
    expect(plan.jobs.map(({ kind, job }) => [kind, job.id])).toEqual([
      ['call', 'check'],
      ['call', 'release'],
    ]);
  });

  it.each([
    ['all is well', 'success', 'success', ['all']],
    ['a gate has failed', 'failure', 'success', ['evidence']],
    ['there is no image', 'failure', 'skipped', []],
    ['the run was cancelled', 'cancelled', 'success', []],
  ])('sign in the build, when %s, what was found out about the image', async (_, job, image, signed) => {
    const build = called(called(await planExample(), 'release'), 'build').workflow.jobs.find(
      ({ id }) => id === 'build',
    );
    const steps = build?.kind === 'steps' ? build.steps : [];
    const status = { success: job === 'success', failure: job === 'failure', cancelled: job === 'cancelled' };
    const scope = { contexts: { steps: toValue({ image: { outcome: image } }) }, status };
    const signing = steps.filter((step) => step.kind === 'uses' && step.uses.text === '$/actions/sbom-sign');
    const runs = signing.filter((step) => holds(step.if, scope));
    expect(
      runs.map((step) => (step.kind === 'uses' && step.with.some(({ name }) => name === 'sign') ? 'evidence' : 'all')),
    ).toEqual(signed);
  });
});

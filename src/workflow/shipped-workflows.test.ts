import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { removeFolders, temporaryFolder } from '../../test/support/workflow-run.ts';
import { holds, toValue } from './expression.ts';
import type { Step } from './model.ts';
import { restrictedPermissions } from './permissions.ts';
import { planWorkflow, type WorkflowPlan } from './plan.ts';
import { Repositories } from './repositories.ts';
import { standIns } from './stand-ins.ts';
import { sourceText } from './template.ts';

afterAll(removeFolders);

/** The example's own workflow with all that it calls, planned as it lies. */
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

/** What a job calls. */
function callee({ jobs }: WorkflowPlan, id: string): WorkflowPlan {
  const found = jobs.find(({ job }) => job.id === id);
  if (found?.kind !== 'call') throw new Error(`no job ${id} calls a workflow`);
  return found.callee;
}

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
    const build = callee(callee(await planExample(), 'release'), 'build').workflow.jobs.find(
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

  it('bring one commit after the other from staging to production', async () => {
    const { concurrency } = callee(await planExample(), 'release').workflow;
    expect(concurrency && sourceText(concurrency.group)).toContain('inputs.release');
    expect(concurrency?.cancelInProgress?.literal).toBe(false);
  });
});

describe('a deployment', () => {
  /** The steps of the job that deploys, and what each uses. */
  async function steps(): Promise<{ uses: string; step: Step }[]> {
    const deploy = callee(callee(await planExample(), 'release'), 'production');
    const job = deploy.jobs.find((one) => one.job.id === 'deploy');
    if (job?.kind !== 'steps') throw new Error('nothing deploys');
    return job.job.steps.map((step) => ({ uses: step.kind === 'uses' ? step.uses.text : 'run', step }));
  }

  it('measures its own digest under load: after the canary has become the stable version', async () => {
    const all = await steps();
    const at = (wanted: (one: { uses: string; step: Step }) => boolean): number => all.findIndex(wanted);
    const load = at(({ uses }) => uses === '$/actions/load-test');
    expect(at(({ step }) => step.id === 'stable')).toBeGreaterThan(at(({ step }) => step.id === 'canary'));
    expect(load).toBeGreaterThan(at(({ step }) => step.id === 'stable'));
    expect(at(({ uses }) => uses === '$/actions/sbom-sign')).toBeGreaterThan(load);
  });

  interface Course {
    readonly status: 'success' | 'failure' | 'cancelled';
    readonly release?: { outcome: string; track: string };
    readonly canary?: { outcome: string; verdict?: string };
    readonly stable?: string;
  }
  const stands = { outcome: 'success', track: 'canary' };
  const passed = { outcome: 'success', verdict: 'pass' };
  const skipped = { outcome: 'skipped' };

  it.each<[string, boolean, Course]>([
    ['when all went well', false, { status: 'success', canary: passed, stable: 'success' }],
    ['when it passed and its promotion was refused', true, { status: 'failure', canary: passed, stable: 'failure' }],
    [
      'when it passed and its release was cancelled',
      true,
      { status: 'cancelled', canary: passed, stable: 'cancelled' },
    ],
    ['when it was cancelled before its canary', true, { status: 'cancelled', canary: skipped, stable: 'skipped' }],
    ['when its canary was killed', true, { status: 'failure', canary: { outcome: 'failure' }, stable: 'skipped' }],
    [
      'when its canary could not begin',
      true,
      { status: 'failure', canary: { outcome: 'failure', verdict: '' }, stable: 'skipped' },
    ],
    [
      'when its canary failed and has removed it',
      false,
      { status: 'failure', canary: { outcome: 'failure', verdict: 'fail' }, stable: 'skipped' },
    ],
    [
      'when its canary was cancelled, whose clean-up removes it',
      false,
      { status: 'cancelled', canary: { outcome: 'cancelled', verdict: 'inconclusive' }, stable: 'skipped' },
    ],
    ['when the load test failed after it', false, { status: 'failure', canary: passed, stable: 'success' }],
    [
      'when it was never released',
      false,
      { status: 'failure', release: { outcome: 'failure', track: 'canary' }, canary: skipped, stable: 'skipped' },
    ],
    [
      'when the image was stable at once',
      false,
      { status: 'failure', release: { outcome: 'success', track: 'stable' }, canary: skipped, stable: 'skipped' },
    ],
  ])('takes its candidate out %s: %s', async (_, isTaken, { status, release = stands, canary = skipped, stable }) => {
    const rollback = (await steps()).find(
      ({ step }) => step.kind === 'uses' && step.with.some(({ value }) => value.literal === 'rollback'),
    );
    if (rollback === undefined) throw new Error('no step goes back');
    const { verdict, outcome } = { verdict: undefined, ...canary };
    const contexts = {
      steps: toValue({
        release: { outcome: release.outcome, outputs: { track: release.track } },
        canary: { outcome, outputs: { verdict } },
        stable: { outcome: stable, outputs: {} },
      }),
    };
    const is = (wanted: Course['status']): boolean => status === wanted;
    const scope = {
      contexts,
      status: { success: is('success'), failure: is('failure'), cancelled: is('cancelled') },
    };
    expect(holds(rollback.step.if, scope)).toBe(isTaken);
  });
});

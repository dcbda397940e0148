import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { brokenStatus, digestA, digestB, rollout } from '../../test/support/cluster-objects.ts';
import { FakeRelease } from '../../test/support/fake-release.ts';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { promotionPolicy } from '../../test/support/promotion-policy.ts';
import type { Context } from '../definition/context.ts';
import { readInputs } from '../definition/values.ts';
import type { NewDeployment } from '../effects/forge.ts';
import type { PromotionDecision } from '../promotion/decision.ts';
import type { Report, Verdict } from '../report/report.ts';

let release: FakeRelease;
let decision: PromotionDecision;

jest.unstable_mockModule('./promotion.ts', () => ({ promote: () => Promise.resolve(decision) }));
jest.unstable_mockModule('./release-tools.ts', () => ({
  withReleaseTools: (_inputs: object, _context: Context, work: (tools: object) => unknown) =>
    work({ ...release.tools, programs: [{ name: 'helm', version: '4', sha256: 'c', origin: 'release' }] }),
}));
const { helmRelease } = await import('./helm-release.ts');

const seen = {
  deployments: [] as NewDeployment[],
  states: [] as string[],
  saved: {} as Record<string, string>,
  warnings: [] as string[],
};
let files: ReturnType<typeof memoryFiles>;
let gitHub: Error | undefined;

function contextWith(state: Record<string, string> = {}): Context {
  const ask = <T>(answer: T): Promise<T> => (gitHub === undefined ? Promise.resolve(answer) : Promise.reject(gitHub));
  return {
    files,
    temp: '/t/job',
    clock: release.tools.clock,
    signal: release.cancel.signal,
    local: {},
    run: { sha: 'd'.repeat(40) },
    log: { info: () => undefined, warning: (text: string) => seen.warnings.push(text) },
    state,
    saveState: (name: string, value: string) => (seen.saved[name] = value),
    forge: () =>
      ask({
        createDeployment: (deployment: NewDeployment) => ask(seen.deployments.push(deployment)),
        setDeploymentState: (id: number, deploymentState: string, description: string) =>
          ask(void seen.states.push(`${id} ${deploymentState}: ${description}`)),
      }),
  } as unknown as Context;
}

const given = { image: digestB, stage: 'production', release: 'game', 'promotion-policy': 'promotion.yaml' };

async function inputs(change: Record<string, string>) {
  const values: Record<string, string> = { ...given, ...change };
  const scope = { root: '/w', temp: '/t', files, packaged: (path: string) => path };
  return readInputs(helmRelease.inputs, (name) => values[name] ?? '', scope);
}

async function run(change: Record<string, string> = {}): Promise<Report> {
  return helmRelease.run({ inputs: await inputs(change), context: contextWith() });
}

async function post(state: Record<string, string>): Promise<void> {
  await helmRelease.post?.({ inputs: await inputs({}), context: contextWith(state) });
}

function decided(verdict: Verdict): PromotionDecision {
  const rule = {
    id: `promotion/${verdict}`,
    title: '',
    why: '',
    fix: '',
    outcome: verdict === 'pass' ? 'note' : verdict,
  } as const;
  return {
    verdict,
    findings: [{ rule, message: 'The clause says so.' }],
    table: { title: 'Promotion to production', columns: [], rows: [] },
    policy: { uri: 'promotion.yaml', sha256: 'e'.repeat(64) },
    summary: { type: 'https://slsa.dev/verification_summary/v1', body: { verificationResult: verdict } },
  };
}

const rules = ({ findings }: Report): string[] => findings.map(({ rule }) => rule.id);

beforeEach(() => {
  release = new FakeRelease(digestB).deploy(digestA);
  decision = decided('pass');
  files = memoryFiles({ '/w/promotion.yaml': promotionPolicy });
  gitHub = undefined;
  Object.assign(seen, { deployments: [], states: [], saved: {}, warnings: [] });
});

describe('a release', () => {
  it('of an image that may enter the stage says so with the decision as evidence', async () => {
    const report = await run();
    expect(report).toMatchObject({
      verdict: 'pass',
      headline: `${digestB} runs in production: 2 pods of revision 2.`,
      subjects: [{ name: 'registry.test/game', digest: { sha256: 'b'.repeat(64) } }],
      policy: decision.policy,
      predicates: [decision.summary],
      properties: ['SLIPWAY_DEPLOYED_PRODUCTION'],
      programs: [{ name: 'helm' }],
      outputs: {
        revision: 2,
        'previous-revision': 1,
        'first-install': false,
        'rolled-back': false,
        'deploy-seconds': 0,
      },
    });
    expect(report.sections.map(({ title }) => title)).toEqual(['Promotion to production', 'Pods', 'Revisions']);
    expect(seen.deployments).toMatchObject([
      {
        ref: 'd'.repeat(40),
        environment: 'production',
        production: true,
        payload: { image: digestB, chart: 'game 1.0.0' },
      },
    ]);
    expect(seen.states).toEqual(['1 in_progress: helm upgrade of game', '1 success: pass promotion/pass']);
    expect(seen.saved).toMatchObject({ before: '1', target: '1', deployment: '1', finished: 'true' });
  });

  it.each<[Verdict, string]>([
    ['fail', 'helm/promotion-refused'],
    ['inconclusive', 'helm/promotion-undecided'],
  ])('of an image whose promotion is %s touches nothing', async (verdict, rule) => {
    decision = decided(verdict);
    const report = await run();
    expect(report).toMatchObject({
      verdict,
      headline: 'The clause says so. (and 1 more)',
      predicates: [decision.summary],
    });
    expect(rules(report)).toEqual([`promotion/${verdict}`, rule]);
    expect(release.changes).toEqual([]);
    expect(seen.deployments).toEqual([]);
    expect(seen.saved).toEqual({});
  });

  it('without promotion warns of it', async () => {
    const report = await run({ promotion: 'off', stage: 'pre-prod' });
    expect(report).toMatchObject({ verdict: 'pass', predicates: [], properties: ['SLIPWAY_DEPLOYED_PRE_PROD'] });
    expect(rules(report)).toEqual(['helm/promotion-off']);
    expect(seen.deployments).toMatchObject([{ environment: 'pre-prod', production: false }]);
  });

  it('of a canary is not yet a deployment: no bake time counts from it, and GitHub does not show it as active', async () => {
    release = new FakeRelease(`${digestA} ${digestB}`).deploy(digestA);
    expect(await run({ track: 'canary' })).toMatchObject({ properties: [], outputs: { track: 'canary' } });
    expect(seen.states[1]).toMatch(/^1 inactive: pass/);
  });

  it('of a canary that has nothing to stand beside is a stable one', async () => {
    release = new FakeRelease(digestB);
    const report = await run({ track: 'canary' });
    expect(report).toMatchObject({ verdict: 'pass', outputs: { track: 'stable' } });
    expect(report.properties).toEqual(['SLIPWAY_DEPLOYED_PRODUCTION']);
    expect(rules(report)).toContain('helm/no-baseline');
  });

  it('names the image in a file, last of the values', async () => {
    await run({ track: 'canary', values: 'a.yaml\nb.yaml' });
    expect(JSON.parse(files.content['/t/job/values.json'] ?? '')).toMatchObject({
      canary: { image: { repository: 'registry.test/game', digest: `sha256:${'b'.repeat(64)}` } },
    });
  });

  it('that is refused by its plan leaves no deployment and nothing to clean up', async () => {
    release.record(digestB, 'pending-upgrade');
    expect(rules(await run())).toContain('helm/release-locked');
    expect(seen.deployments).toEqual([]);
    expect(seen.saved).toEqual({});
  });

  it('that fails tells GitHub the rules, and asserts nothing', async () => {
    release.onUpgrade = () => {
      release.record(digestB, 'failed');
      release.live = rollout('web', digestB, brokenStatus({ state: { running: {} } }));
      return { reason: 'timeout', message: 'secret of the cluster' };
    };
    const report = await run();
    expect(report).toMatchObject({ verdict: 'fail', outputs: { revision: 3, 'rolled-back': true } });
    expect(seen.states[1]).toBe(
      '1 failure: fail helm/never-ready helm/upgrade-timeout promotion/pass helm/rolled-back',
    );
  });

  it('is told even when GitHub refuses to record it', async () => {
    gitHub = new Error('GitHub answered 403. Does the job have `deployments: write`?');
    const report = await run();
    expect(report.verdict).toBe('pass');
    expect(report.findings).toMatchObject([
      { rule: { id: 'helm/deployment-not-recorded' }, message: gitHub.message },
      {},
    ]);
  });

  it('that is cancelled leaves its end to the clean-up', async () => {
    release.onUpgrade = () => {
      release.cancel.abort();
      return { reason: 'cancelled', message: 'context canceled' };
    };
    expect(await run()).toMatchObject({ verdict: 'inconclusive' });
    expect(seen.saved).not.toHaveProperty('finished');
    expect(seen.states).toHaveLength(1);
  });
});

describe('a rollback', () => {
  it('goes back, asks no promotion, and its evidence says fail of the image that went', async () => {
    decision = decided('fail');
    release.deploy(digestB);
    const report = await run({ command: 'rollback' });
    expect(report).toMatchObject({
      verdict: 'pass',
      headline: `Revision 1 runs again in production: 2 pods. The evidence says fail of ${digestB}.`,
      subjects: [{ name: 'registry.test/game', digest: { sha256: 'b'.repeat(64) } }],
      subjectsFail: true,
      properties: [],
      outputs: { revision: 3, 'previous-revision': 2, 'rolled-back': true },
    });
    expect(seen.deployments).toMatchObject([{ payload: { command: 'rollback' } }]);
    expect(seen.saved).toMatchObject({ before: '2', target: '1', finished: 'true' });
  });

  it('that has nowhere to go changes nothing', async () => {
    expect(await run({ command: 'rollback' })).toMatchObject({ verdict: 'fail', subjectsFail: true });
    expect(release.changes).toEqual([]);
  });
});

describe('the clean-up', () => {
  it('has nothing to do after a run that came to its end', async () => {
    release.record(digestB, 'pending-upgrade');
    await post({ finished: 'true', before: '1', target: '1', deployment: '7' });
    expect(release.changes).toEqual([]);
    expect(seen.states).toEqual([]);
  });

  it('has nothing to do after a run that had not begun', async () => {
    await post({});
    expect(release.changes).toEqual([]);
    expect(seen.warnings).toEqual([]);
  });

  it('takes back what was cut off, and tells GitHub', async () => {
    release.record(digestB, 'pending-upgrade');
    await post({ before: '1', target: '1', deployment: '7' });
    expect(release.changes).toEqual(['rollback to 1 within 105000 ms']);
    expect(seen.states).toEqual(['7 error: The run was cut off before its end.']);
    expect(seen.warnings).toContain('Revision 1 runs again: 2 pods with its images.');
  });

  it('removes the kubeconfig that a killed run has left', async () => {
    files = memoryFiles({ '/w/promotion.yaml': promotionPolicy, '/t/old/kubeconfig': 'token' });
    await post({ kubeconfig: '/t/old/kubeconfig', finished: 'true' });
    expect(files.content).not.toHaveProperty('/t/old/kubeconfig');
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { programEnvironment } from '../../src/action/environment.ts';
import { makeExec } from '../../src/action/exec.ts';
import type { ExecResult } from '../../src/effects/effects.ts';
import { startCluster, type Cluster } from '../../src/local/cluster/control-plane.ts';
import { startForge, type LocalForge } from '../../src/local/forge/forge.ts';
import { Parts } from '../../src/local/parts.ts';
import { program } from '../support/programs.ts';
import { promotionPolicy } from '../support/promotion-policy.ts';
import { runAction, startAction, type ActionRun, type StartedAction } from '../support/run-action.ts';
import { someJob } from '../support/some-job.ts';

jest.setTimeout(60_000);

const repository = 'registry.test/octo/gameforge';
const commit = someJob.claims.sha ?? '';
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const [a, b, c] = ['a', 'b', 'c'].map(digest) as [string, string, string];

/** A namespace for each case, so that none sees what another has left. */
const namespaces = [
  ...['staging', 'tracks', 'never-ready', 'crash-loop', 'first-fails', 'back', 'locked', 'helm-killed'],
  ...['all-killed', 'cancelled', 'unpinned', 'elsewhere', 'invalid', 'no-record', 'denied', 'unreachable', 'lost'],
];

let folder: string;
let parts: Parts;
let cluster: Cluster;
let forge: LocalForge;
let token: string;
/** What was started, so that nothing is left when a later start fails. */
const running: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-helm-'));
  const signal = new AbortController().signal;
  parts = await Parts.open({ folder, programs: program, signal, onLost: () => undefined });
  running.push(() => parts.stop());
  cluster = await startCluster(parts, namespaces);
  running.push(() => cluster.api.close());
  forge = await startForge({ issueToken: () => 'unused' }, namespaces);
  running.push(() => forge.close());
  token = forge.openJob(someJob).token;
}, 120_000);

afterAll(async () => {
  for (const stop of running.reverse()) await stop();
  rmSync(folder, { recursive: true });
});

const chartFolder = 'examples/gameforge/chart';
const chart: Record<string, string> = Object.fromEntries(
  readdirSync(chartFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.replace(chartFolder, 'chart'), readFileSync(path, 'utf8')];
    }),
);

/** What becomes of the pods: kwok plays their kubelet (src/local/data/kwok-stages.yaml). */
type Fate = 'ready' | 'never-ready' | 'crash-loop';
const valuesFor = (fate: Fate): string => JSON.stringify({ podLabels: { 'slipway.dev/simulate': fate } });

interface Release {
  readonly namespace: string;
  readonly image: string;
  readonly fate?: Fate;
  readonly inputs?: Record<string, string>;
  readonly files?: Record<string, string>;
}

async function setupOf({ namespace, image, fate = 'ready', inputs = {}, files = {} }: Release) {
  return {
    inputs: {
      image: `${repository}@${image}`,
      stage: namespace,
      release: 'game',
      namespace,
      values: 'values.json',
      promotion: 'off',
      'promotion-policy': 'promotion.yaml',
      kubeconfig: cluster.deployerKubeconfig(namespace),
      // What becomes ready does so in two seconds; a busy machine may take longer.
      timeout: '30s',
      'rollback-timeout': '20s',
      'github-token': token,
      'helm-path': await program('helm'),
      'kubectl-path': await program('kubectl'),
      ...inputs,
    },
    files: { ...chart, 'values.json': valuesFor(fate), 'promotion.yaml': promotionPolicy, ...files },
    environment: {
      GITHUB_API_URL: forge.apiUrl,
      GITHUB_REPOSITORY: someJob.claims.repository ?? '',
      GITHUB_SHA: commit,
    },
  };
}

async function release(wanted: Release): Promise<ActionRun> {
  return runAction('helm-release', await setupOf(wanted));
}

async function start(wanted: Release): Promise<StartedAction> {
  return startAction('helm-release', await setupOf(wanted));
}

async function post(wanted: Release, state: ActionRun['state']): Promise<ActionRun> {
  return runAction('helm-release', { ...(await setupOf(wanted)), phase: 'post', state });
}

async function kubectl(namespace: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await ask('kubectl', namespace, args);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

async function ask(name: string, namespace: string, args: readonly string[]): Promise<ExecResult> {
  const where = ['--kubeconfig', cluster.adminKubeconfig, '--namespace', namespace];
  return makeExec(programEnvironment(process.env))(await program(name), [...where, ...args]);
}

/** Image and readiness of every pod that is not being removed, by track. */
async function pods(namespace: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const { items } = JSON.parse(await kubectl(namespace, 'get', 'pods', '--output=json')) as { items: Pod[] };
  for (const { metadata, spec, status } of items.filter((pod) => pod.metadata.deletionTimestamp === undefined)) {
    const ready = status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
    const track = metadata.labels['slipway.dev/track'] ?? '';
    (found[track] ??= []).push(`${ready ? 'ready' : 'not ready'} ${spec.containers[0]?.image.split('@')[1] ?? ''}`);
  }
  return found;
}

interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: { readonly image: string }[] };
  readonly status: { readonly conditions: { readonly type: string; readonly status: string }[] };
}

async function history(namespace: string): Promise<string[]> {
  const { code, stdout: text, stderr } = await ask('helm', namespace, ['history', 'game', '--output', 'json']);
  if (code !== 0 && !stderr.includes('not found')) throw new Error(stderr);
  const revisions = JSON.parse(text || '[]') as { revision: number; status: string }[];
  return revisions.map(({ revision, status }) => `${revision} ${status}`);
}

async function weights(namespace: string): Promise<Record<string, number>> {
  const route = JSON.parse(await kubectl(namespace, 'get', 'httproutes', 'game', '--output=json')) as {
    spec: { rules: { backendRefs: { name: string; weight: number }[] }[] };
  };
  return Object.fromEntries(route.spec.rules[0]!.backendRefs.map(({ name, weight }) => [name, weight]));
}

const rulesOf = ({ report }: ActionRun): string[] => report?.findings.map(({ rule }) => rule) ?? [];
const messageOf = ({ report }: ActionRun, wanted: string): string =>
  report?.findings.find(({ rule }) => rule === wanted)?.message ?? '';
const deploymentsOf = (stage: string) => forge.deployments().filter(({ environment }) => environment === stage);

async function untilHistory(namespace: string, last: string): Promise<void> {
  for (let tries = 0; (await history(namespace)).at(-1) !== last; tries++) {
    if (tries > 100) throw new Error(`the release never came to ${last}`);
    await delay(50);
  }
}

/** Processes that a process has started. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

describe('a release', () => {
  it('is installed, then upgraded to another digest; GitHub and the evidence say so', async () => {
    const first = await release({ namespace: 'staging', image: a, inputs: { track: 'canary' } });
    expect(first).toMatchObject({
      code: 0,
      outputs: {
        verdict: 'pass',
        track: 'stable',
        revision: '1',
        'previous-revision': '',
        'first-install': 'true',
        'rolled-back': 'false',
      },
    });
    expect(await pods('staging')).toEqual({ stable: [`ready ${a}`, `ready ${a}`] });

    const second = await release({ namespace: 'staging', image: b });
    expect(second).toMatchObject({
      code: 0,
      outputs: { verdict: 'pass', revision: '2', 'previous-revision': '1', 'first-install': 'false' },
    });
    expect(await pods('staging')).toEqual({ stable: [`ready ${b}`, `ready ${b}`] });
    expect(deploymentsOf('staging')).toMatchObject([
      { sha: commit, payload: { image: `${repository}@${a}` }, states: ['in_progress', 'success', 'inactive'] },
      {
        payload: { image: `${repository}@${b}`, chart: 'gameforge 1.0.0', revision: '2' },
        states: ['in_progress', 'success'],
      },
    ]);
    expect(second.statements[0]).toMatchObject({
      subject: [{ name: repository, digest: { sha256: 'b'.repeat(64) } }],
      predicate: {
        properties: ['SLIPWAY_HELM_RELEASE', 'SLIPWAY_DEPLOYED_STAGING'],
        slipway_details: { findings: ['helm/promotion-off'], programs: [{ name: 'helm' }, { name: 'kubectl' }] },
      },
    });
    expect(second.report?.measurements).toMatchObject([{ name: 'deploy', unit: 's', limit: { atMost: 300 } }]);
    expect(await post({ namespace: 'staging', image: b }, second.state)).toMatchObject({ code: 0 });
    expect(await history('staging')).toEqual(['1 superseded', '2 deployed']);
  });

  it('leaves the other track alone, and takes traffic weights back that canary-analyze has set', async () => {
    const namespace = 'tracks';
    const canary = { track: 'canary' };
    await release({ namespace, image: a });
    const candidate = await release({ namespace, image: b, inputs: canary });
    expect(candidate.statements[0]).toMatchObject({ predicate: { properties: ['SLIPWAY_HELM_RELEASE'] } });
    expect(await pods(namespace)).toEqual({ stable: [`ready ${a}`, `ready ${a}`], canary: [`ready ${b}`] });
    expect(await weights(namespace)).toEqual({ 'game-stable': 100, 'game-canary': 0 });

    const halves = [0, 1].map((index) => ({
      op: 'replace',
      path: `/spec/rules/0/backendRefs/${index}/weight`,
      value: 50,
    }));
    await kubectl(namespace, 'patch', 'httproutes', 'game', '--type=json', `--patch=${JSON.stringify(halves)}`);
    expect(await release({ namespace, image: c, inputs: canary })).toMatchObject({ code: 0 });
    expect(await weights(namespace)).toEqual({ 'game-stable': 100, 'game-canary': 0 });
    expect(await pods(namespace)).toEqual({ stable: [`ready ${a}`, `ready ${a}`], canary: [`ready ${c}`] });

    await kubectl(namespace, 'patch', 'httproutes', 'game', '--type=json', `--patch=${JSON.stringify(halves)}`);
    expect(await release({ namespace, image: c })).toMatchObject({ code: 0 });
    expect(await weights(namespace)).toEqual({ 'game-stable': 100 });
    expect(await pods(namespace)).toEqual({ stable: [`ready ${c}`, `ready ${c}`] });
  });

  it('is rolled back by hand to the last good revision, also when the weights were patched', async () => {
    const namespace = 'back';
    await release({ namespace, image: a });
    await release({ namespace, image: b, inputs: { track: 'canary' } });
    const all = [0, 1].map((index) => ({
      op: 'replace',
      path: `/spec/rules/0/backendRefs/${index}/weight`,
      value: 50,
    }));
    await kubectl(namespace, 'patch', 'httproutes', 'game', '--type=json', `--patch=${JSON.stringify(all)}`);
    const back = await release({ namespace, image: b, inputs: { command: 'rollback' } });
    expect(back).toMatchObject({
      code: 0,
      outputs: { revision: '3', 'previous-revision': '2', 'rolled-back': 'true' },
    });
    expect(back.report?.headline).toContain('Revision 1 runs again');
    expect(back.statements).toMatchObject([
      {
        subject: [{ name: repository, digest: { sha256: 'b'.repeat(64) } }],
        predicate: { properties: [], slipway_details: { verdict: 'fail', stage: namespace } },
      },
    ]);
    expect(await pods(namespace)).toEqual({ stable: [`ready ${a}`, `ready ${a}`] });
    expect(await weights(namespace)).toEqual({ 'game-stable': 100 });
    expect(rulesOf(await release({ namespace, image: a, inputs: { command: 'rollback' } }))).toContain(
      'helm/nothing-to-roll-back-to',
    );
  });

  it('is released also when GitHub does not record it', async () => {
    forge.injectFault({ operation: 'repos/create-deployment', status: 403, times: 1 });
    const run = await release({ namespace: 'no-record', image: a });
    expect(run).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
    expect(messageOf(run, 'helm/deployment-not-recorded')).toContain('deployments: write');
  });
});

describe('a release that does not become ready', () => {
  it.each<[Fate, string, string]>([
    ['never-ready', 'helm/never-ready', 'Readiness probe failed'],
    ['crash-loop', 'helm/pod-crash-loop', 'exit code 1 and was started 5 times'],
  ])('because its pods are %s is taken back, and the old digest serves', async (fate, rule, reason) => {
    await release({ namespace: fate, image: a });
    const run = await release({ namespace: fate, image: b, fate, inputs: { timeout: '4s' } });
    expect(run).toMatchObject({
      code: 1,
      outputs: { verdict: 'fail', revision: '3', 'previous-revision': '1', 'rolled-back': 'true' },
    });
    expect(rulesOf(run)).toEqual([rule, 'helm/upgrade-timeout', 'helm/promotion-off', 'helm/rolled-back']);
    expect(messageOf(run, rule)).toContain(reason);
    expect(run.report?.findings[0]?.place).toEqual({ resource: 'deployment/game-stable' });
    expect(run.report?.measurements.map(({ name, limit }) => [name, limit])).toEqual([
      ['deploy', { atMost: 300 }],
      ['rollback', { atMost: 120 }],
    ]);
    expect(run.summary).toContain('Last warnings of Kubernetes');
    expect(await pods(fate)).toEqual({ stable: [`ready ${a}`, `ready ${a}`] });
    expect(await history(fate)).toEqual(['1 superseded', '2 failed', '3 deployed']);
    expect(deploymentsOf(fate).at(-1)).toMatchObject({ states: ['in_progress', 'failure'] });
    expect(run.statements[0]).toMatchObject({ predicate: { properties: [] } });
    await post({ namespace: fate, image: b, fate }, run.state);
    expect(await history(fate)).toHaveLength(3);
  });

  it('is removed when it is the first', async () => {
    const run = await release({
      namespace: 'first-fails',
      image: a,
      fate: 'never-ready',
      inputs: { timeout: '4s' },
    });
    expect(run).toMatchObject({ code: 1, outputs: { 'first-install': 'true', 'rolled-back': 'true', revision: '' } });
    expect(messageOf(run, 'helm/rolled-back')).toContain('first install was removed');
    expect(await pods('first-fails')).toEqual({});
    expect(await history('first-fails')).toEqual([]);
  });

  it('is taken back by the step itself when only Helm was killed', async () => {
    const namespace = 'helm-killed';
    await release({ namespace, image: a });
    const started = await start({ namespace, image: b, fate: 'never-ready', inputs: { timeout: '30s' } });
    await untilHistory(namespace, '2 pending-upgrade');
    for (const pid of childrenOf(started.process.pid!)) process.kill(pid, 'SIGKILL');
    const run = await started.ended;
    expect(run).toMatchObject({ code: 1, outputs: { 'rolled-back': 'true' } });
    expect(messageOf(run, 'helm/upgrade-failed')).toContain('SIGKILL');
    expect(await pods(namespace)).toEqual({ stable: [`ready ${a}`, `ready ${a}`] });
  });
});

describe('a release whose step does not come to its end', () => {
  it('is taken back by the clean-up when step and Helm were killed', async () => {
    const namespace = 'all-killed';
    const doomed: Release = { namespace, image: b, fate: 'never-ready', inputs: { timeout: '30s' } };
    await release({ namespace, image: a });
    const started = await start(doomed);
    await untilHistory(namespace, '2 pending-upgrade');
    const helm = childrenOf(started.process.pid!);
    started.process.kill('SIGKILL');
    for (const pid of helm) process.kill(pid, 'SIGKILL');
    const { state } = await started.ended;

    const clean = await post(doomed, state);
    expect(clean.code).toBe(0);
    expect(clean.log).toContain('Revision 2 is `pending-upgrade`.');
    expect(await pods(namespace)).toEqual({ stable: [`ready ${a}`, `ready ${a}`] });
    expect((await history(namespace)).at(-1)).toBe('3 deployed');
    expect(deploymentsOf(namespace).at(-1)).toMatchObject({ states: ['in_progress', 'error'] });
  });

  it('is taken back by the clean-up when the step was cancelled', async () => {
    const namespace = 'cancelled';
    const doomed: Release = { namespace, image: b, fate: 'never-ready', inputs: { timeout: '30s' } };
    await release({ namespace, image: a });
    const started = await start(doomed);
    await untilHistory(namespace, '2 pending-upgrade');
    // As the runner does: SIGINT, after 7.5 s SIGTERM, after 2.5 s more SIGKILL.
    started.process.kill('SIGINT');
    const hard = setTimeout(() => started.process.kill('SIGKILL'), 7500);
    const run = await started.ended;
    clearTimeout(hard);
    expect(run).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(rulesOf(run)).toContain('helm/cancelled');

    await post(doomed, run.state);
    expect(await pods(namespace)).toEqual({ stable: [`ready ${a}`, `ready ${a}`] });
    expect((await history(namespace)).at(-1)).toBe('3 deployed');
    expect(deploymentsOf(namespace).at(-1)).toMatchObject({ states: ['in_progress', 'error'] });
  });

  it('keeps the next one out, which changes nothing and says what to do', async () => {
    const namespace = 'locked';
    await release({ namespace, image: a });
    const started = await start({ namespace, image: b, fate: 'never-ready', inputs: { timeout: '30s' } });
    await untilHistory(namespace, '2 pending-upgrade');
    const helm = childrenOf(started.process.pid!);
    started.process.kill('SIGKILL');
    for (const pid of helm) process.kill(pid, 'SIGKILL');
    await started.ended;

    const next: Release = { namespace, image: c };
    const run = await release(next);
    expect(run).toMatchObject({ code: 1, outputs: { verdict: 'fail' } });
    expect(messageOf(run, 'helm/release-locked')).toContain('Revision 2 is `pending-upgrade`');
    await post(next, run.state);
    expect(await history(namespace)).toEqual(['1 deployed', '2 pending-upgrade']);
  });
});

describe('a release that is refused leaves the cluster alone:', () => {
  const busybox = `apiVersion: batch/v1
kind: CronJob
metadata: { name: sweeper }
spec:
  schedule: '@daily'
  jobTemplate:
    spec: { template: { spec: { restartPolicy: Never, containers: [{ name: sweep, image: 'busybox:latest' }] } } }
`;

  it.each<[string, Partial<Release> & { namespace: string }, string, string]>([
    [
      'an image by tag, wherever it stands',
      { namespace: 'unpinned', files: { 'chart/templates/sweeper.yaml': busybox } },
      'helm/image-not-pinned',
      'Container sweep starts busybox:latest.',
    ],
    [
      'a chart that starts another image',
      {
        namespace: 'elsewhere',
        files: {
          'chart/templates/stable.yaml': chart['chart/templates/stable.yaml']!.replace(
            '.Values.image',
            `(dict "repository" "registry.test/other" "digest" "${b}")`,
          ),
        },
      },
      'helm/image-not-used',
      `${repository}@${a}`,
    ],
    [
      'values that the schema of the chart does not allow',
      { namespace: 'invalid', files: { 'values.json': '{"replicas": 0}' } },
      'helm/chart-invalid',
      "at '/replicas': minimum: got 0, want 1",
    ],
  ])('%s', async (_, wanted, rule, reason) => {
    const run = await release({ image: a, ...wanted });
    expect(run).toMatchObject({ code: 1, outputs: { verdict: 'fail' } });
    expect(rulesOf(run)).toContain(rule);
    expect(messageOf(run, rule)).toContain(reason);
    expect(await history(wanted.namespace)).toEqual([]);
    expect(deploymentsOf(wanted.namespace)).toEqual([]);
  });

  it('credentials without the right to it', async () => {
    const run = await release({
      namespace: 'denied',
      image: a,
      inputs: { kubeconfig: cluster.deployerKubeconfig('staging') },
    });
    expect(run).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(rulesOf(run)).toContain('helm/access-denied');
  });

  it('a cluster that does not answer', async () => {
    const nobody = cluster.deployerKubeconfig('unreachable').replace(cluster.url, 'https://127.0.0.1:1');
    const run = await release({ namespace: 'unreachable', image: a, inputs: { kubeconfig: nobody } });
    expect(run).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(rulesOf(run)).toContain('helm/cluster-unreachable');
    const kubeconfig = JSON.parse(nobody) as { users: { user: { token: string } }[] };
    expect(run.summary).not.toContain(kubeconfig.users[0]!.user.token);
  });

  it('a Helm of another version than 4', async () => {
    const old = join(folder, 'helm-3');
    writeFileSync(old, '#!/bin/sh\necho v3.21.4\n', { mode: 0o755 });
    const run = await release({ namespace: 'unreachable', image: a, inputs: { 'helm-path': old } });
    expect(run.code).toBe(2);
    expect(run.log).toContain('it is Helm v3.21.4');
  });
});

it('a cluster that is lost in the middle is never a pass, and is said', async () => {
  const namespace = 'lost';
  const started = await start({ namespace, image: a, fate: 'never-ready', inputs: { timeout: '8s' } });
  await untilHistory(namespace, '1 pending-install');
  await parts.stop();
  const run = await started.ended;
  expect(run.code).not.toBe(0);
  expect(rulesOf(run)).toContain('helm/cluster-unreachable');
});

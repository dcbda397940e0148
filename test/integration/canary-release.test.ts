import { mkdtemp, rm } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeExec } from '../../src/action/exec.ts';
import { programEnvironment } from '../../src/action/environment.ts';
import { splitOf } from '../../src/canary/route.ts';
import type { KubernetesObject } from '../../src/kubernetes/kubectl.ts';
import { startCluster, type Cluster } from '../../src/local/cluster/control-plane.ts';
import { Parts } from '../../src/local/parts.ts';
import { quickPolicy, startCanaryServer, type CanaryServer } from '../support/canary-server.ts';
import { program } from '../support/programs.ts';
import { runAction, type ActionRun, type StartedAction } from '../support/run-action.ts';

/**
 * What deploy.yml does with a canary, from dist, on a real API server with real Helm and kubectl: helm-release puts the
 * candidate beside what serves, canary-analyze moves the weights, and then either the candidate goes or it becomes the
 * stable version.
 */

jest.setTimeout(120_000);

const namespaces = ['healthy', 'harmful', 'silent', 'cancelled', 'killed', 'stuck', 'leftover', 'replaced'];
const repository = 'registry.test/octo/shop';
const [a, b, c] = ['a', 'b', 'c'].map((letter) => `sha256:${letter.repeat(64)}`) as [string, string, string];
const backends = { baseline: 'shop-stable', candidate: 'shop-canary' };

let folder: string;
let parts: Parts;
let cluster: Cluster;
const running: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-canary-'));
  running.push(() => rm(folder, { recursive: true }));
  const { signal } = new AbortController();
  parts = await Parts.open({ folder, programs: program, signal, onLost: () => undefined });
  running.push(() => parts.stop());
  cluster = await startCluster(parts, namespaces);
  running.push(() => cluster.api.close());
}, 120_000);
afterAll(async () => {
  for (const stop of running.reverse()) await stop();
});

const chartFolder = 'examples/gameforge/chart';
const chart = Object.fromEntries(
  readdirSync(chartFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.\w+$/.test(path))
    .map((path) => [join('chart', path), readFileSync(join(chartFolder, path), 'utf8')]),
);

let gateway: CanaryServer;
let namespace: string;
let over: boolean;
let following: Promise<void>;
beforeEach(async () => {
  gateway = await startCanaryServer();
  over = false;
});
afterEach(async () => {
  over = true;
  await following;
  await gateway.stop();
});

/** Releases the stable image and, beside it, the candidate; from then on the gateway's traffic follows the route. */
async function releaseCanary(into: string): Promise<void> {
  namespace = into;
  gateway.world.route.metadata.namespace = namespace;
  expect(await release(a, 'stable')).toMatchObject({ code: 0 });
  expect(await release(b, 'canary')).toMatchObject({ code: 0, outputs: { track: 'canary' } });
  expect(await state()).toEqual({ weights: { baseline: 100, candidate: 0 }, deployments: both });
  following = follow();
}

async function release(image: string, track: string, values: object = {}): Promise<ActionRun> {
  return runAction('helm-release', {
    inputs: {
      image: `${repository}@${image}`,
      stage: namespace,
      release: 'shop',
      namespace,
      track,
      values: 'values.json',
      promotion: 'off',
      timeout: '20s',
      kubeconfig: cluster.deployerKubeconfig(namespace),
      'helm-path': await program('helm'),
      'kubectl-path': await program('kubectl'),
    },
    // kwok plays the kubelet of pods that say so (src/local/data/kwok-stages.yaml).
    files: { ...chart, 'values.json': JSON.stringify({ podLabels: { 'slipway.dev/simulate': 'ready' }, ...values }) },
  });
}

/** The inputs that deploy.yml gives, and where the programs are. */
async function inputs(): Promise<Record<string, string>> {
  return {
    namespace,
    release: 'shop',
    baseline: '',
    candidate: '',
    kubeconfig: cluster.deployerKubeconfig(namespace),
    'kubectl-path': await program('kubectl'),
    'helm-path': await program('helm'),
    'rollback-timeout': '20s',
  };
}

async function canary(): Promise<StartedAction> {
  return gateway.start(await inputs(), quickPolicy.replaceAll('10s', '20s'));
}

async function kubectl(...args: string[]): Promise<string> {
  const exec = makeExec(programEnvironment(process.env));
  const where = ['--kubeconfig', cluster.adminKubeconfig, '--namespace', namespace];
  const { code, stdout, stderr } = await exec(await program('kubectl'), [...where, ...args]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

const both = { 'shop-stable': a, 'shop-canary': b };

/** Weights of the route, as far as it names the candidate, and the digest of each Deployment. */
async function state(): Promise<{ weights: unknown; deployments: Record<string, string> }> {
  const route = JSON.parse(await kubectl('get', 'httproutes', 'shop', '--output=json')) as KubernetesObject;
  const split = splitOf(route, backends);
  const { items } = JSON.parse(await kubectl('get', 'deployments', '--output=json')) as { items: Deployment[] };
  const deployments = items.map(({ metadata, spec }) => [
    metadata.name,
    spec.template.spec.containers[0]?.image.split('@')[1] ?? '',
  ]);
  return {
    weights: typeof split === 'string' ? routeBackends(route) : split.weights,
    deployments: Object.fromEntries(deployments) as Record<string, string>,
  };
}

function routeBackends({ spec }: KubernetesObject): unknown {
  const { rules } = spec as { rules: { backendRefs: { name: string; weight: number }[] }[] };
  return rules.flatMap(({ backendRefs }) => backendRefs.map(({ name, weight }) => `${name} ${weight}`));
}

interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: { readonly containers: { readonly image: string }[] } } };
}

/** Keeps the traffic of the gateway as the cluster's route says. */
async function follow(): Promise<void> {
  while (!over) {
    const { weights } = await state();
    const { baseline, candidate } = Array.isArray(weights) ? { baseline: 100, candidate: 0 } : (weights as Weights);
    gateway.world.change(({ spec }) => {
      spec.rules[0]!.backendRefs[0]!.weight = baseline;
      spec.rules[0]!.backendRefs[1]!.weight = candidate;
    });
    await delay(200);
  }
}

interface Weights {
  readonly baseline: number;
  readonly candidate: number;
}

const onlyStable = (image: string) => ({ weights: ['shop-stable 100'], deployments: { 'shop-stable': image } });
const rulesOf = ({ report }: ActionRun): string[] => report?.findings.map(({ rule }) => rule) ?? [];

describe('a canary release', () => {
  it('that passes has all the traffic; the stable release takes it over and the candidate goes', async () => {
    await releaseCanary('healthy');
    const analysis = await (await canary()).ended;
    expect(analysis).toMatchObject({
      code: 0,
      outputs: { verdict: 'pass', 'weights-restored': 'false', 'rolled-back': 'false' },
      report: { programs: [{ name: 'helm' }, { name: 'kubectl' }] },
    });
    expect(await state()).toEqual({ weights: { baseline: 0, candidate: 100 }, deployments: both });

    expect(await release(b, 'stable')).toMatchObject({ code: 0 });
    expect(await state()).toEqual(onlyStable(b));
  });

  it('that does harm loses its traffic and is removed', async () => {
    await releaseCanary('harmful');
    gateway.world.errors.candidate = 0.05;
    const analysis = await (await canary()).ended;
    expect(analysis).toMatchObject({
      code: 1,
      outputs: { verdict: 'fail', 'weights-restored': 'true', 'rolled-back': 'true' },
    });
    expect(rulesOf(analysis)).toEqual(['canary/worse-than-baseline', 'helm/rolled-back']);
    expect(analysis.summary).toContain('Pods after the rollback');
    expect(analysis.report?.measurements).toContainEqual(
      expect.objectContaining({ name: 'rollback', limit: { atMost: 120 } }),
    );
    expect(await state()).toEqual(onlyStable(a));
    // The clean-up has nothing to do.
    expect((await cleanUp(analysis.state)).log).not.toContain('did not finish');
  });

  it('that does harm is removed together with an earlier candidate that nobody removed', async () => {
    await releaseCanary('leftover');
    expect(await release(c, 'canary')).toMatchObject({ code: 0 });
    gateway.world.errors.candidate = 0.05;
    const analysis = await (await canary()).ended;
    expect(rulesOf(analysis)).toEqual(['canary/worse-than-baseline', 'helm/rolled-back']);
    expect(await state()).toEqual(onlyStable(a));
  });

  it('whose values put another image in place of what serves is refused', async () => {
    await releaseCanary('replaced');
    const refused = await release(b, 'canary', { image: { digest: c } });
    expect(refused.code).toBe(1);
    expect(rulesOf(refused)).toContain('helm/serving-replaced');
    expect((await state()).deployments).toEqual(both);
  });

  it('that cannot be measured is removed, though it never got traffic', async () => {
    await releaseCanary('silent');
    gateway.world.beforeQuery = () => ({ status: 503, body: 'starting' });
    const analysis = await (await canary()).ended;
    expect(analysis).toMatchObject({
      code: 3,
      outputs: { verdict: 'inconclusive', 'weights-restored': 'false', 'rolled-back': 'true' },
    });
    expect(await state()).toEqual(onlyStable(a));
  });

  it.each([
    ['cancelled', 'SIGINT', { baseline: 100, candidate: 0 }],
    ['killed', 'SIGKILL', { baseline: 90, candidate: 10 }],
  ] as const)('that is %s is removed by the clean-up of the step', async (into, signal, weights) => {
    gateway.world.rate = 100;
    await releaseCanary(into);
    const started = await canary();
    await gateway.untilWeight(10);
    started.process.kill(signal);
    const cut = await started.ended;
    expect(await state()).toEqual({ weights, deployments: both });
    const { log } = await cleanUp(cut.state);
    expect(log).toContain('Revision 1 runs again');
    expect(await state()).toEqual(onlyStable(a));
  });

  it('that cannot be removed says so, and has no traffic', async () => {
    await releaseCanary('stuck');
    gateway.world.errors.candidate = 0.05;
    // Helm's record of the first revision.
    await kubectl('delete', 'secret', 'sh.helm.release.v1.shop.v1');
    const analysis = await (await canary()).ended;
    expect(analysis).toMatchObject({
      code: 1,
      outputs: { verdict: 'fail', 'weights-restored': 'true', 'rolled-back': 'false' },
    });
    expect(rulesOf(analysis)).toEqual(['canary/worse-than-baseline', 'helm/nothing-to-roll-back-to']);
    expect(await state()).toEqual({ weights: { baseline: 100, candidate: 0 }, deployments: both });
  });
});

async function cleanUp(state: ActionRun['state']): Promise<ActionRun> {
  return runAction('canary-analyze', {
    inputs: { ...(await inputs()), route: 'shop', 'prometheus-url': gateway.url },
    phase: 'post',
    state,
  });
}

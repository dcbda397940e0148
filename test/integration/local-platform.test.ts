import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startPlatform, type Platform } from '../../src/local/platform.ts';
import { until } from '../../src/local/until.ts';
import { ask, buildWebApp, helmUpgrade, kubectl, processesNaming, pushWebApp } from '../support/local-platform.ts';
import { program } from '../support/programs.ts';

jest.setTimeout(180_000);

let folder: string;
let platform: Platform;
let first: string;
let second: string;
const problems: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-platform-'));
  platform = await startPlatform({ folder, programs: program, onProblem: (message) => problems.push(message) });
  const app = await buildWebApp();
  first = await pushWebApp(platform.registry, app, 'first');
  second = await pushWebApp(platform.registry, app, 'second');
});
afterAll(async () => {
  await platform.stop();
  await rm(folder, { recursive: true });
});

const admin = () => platform.cluster.adminKubeconfig;
const digestOf = (image: string) => image.split('@')[1];
const upgrade = (release: string, values: Record<string, unknown>, timeout?: string) =>
  helmUpgrade(admin(), 'staging', release, values, timeout);
const deploy = async (release: string, values: Record<string, unknown>, timeout?: string) => {
  const { code, out } = await upgrade(release, values, timeout);
  if (code !== 0) throw new Error(out);
};
const staging = (release: string, path = '/') =>
  ask(`${platform.gateway.urls.staging}${path}`, `${release}.staging.localhost`);
const running = (release: string) =>
  platform.workloads().filter(({ pod, pid }) => pod.startsWith(`${release}-`) && pid !== undefined);
const isGone = (release: string) => () =>
  Promise.resolve(platform.workloads().every(({ pod }) => !pod.startsWith(`${release}-`)));
const uninstall = async (release: string) => {
  await kubectl(admin(), '-n', 'staging', 'delete', 'deployment,service', release, '--wait=false');
  await until(isGone(release), 20_000, () => new Error(`${release} is not gone`));
};
const apply = async (object: object) => {
  const file = join(folder, 'data', 'applied.json');
  await writeFile(file, JSON.stringify(object));
  expect(await kubectl(admin(), 'apply', '-f', file)).toMatchObject({ code: 0 });
};

describe('an environment', () => {
  it('holds what deploy.yml reads, and production has its own', async () => {
    const workflow = await readFile('.github/workflows/deploy.yml', 'utf8');
    const read = (kind: string) => [
      ...new Set([...workflow.matchAll(new RegExp(`${kind}\\.(SLIPWAY_\\w+)`, 'g'))].map(([, name]) => name)),
    ];
    const { secrets, variables } = platform.environments.production!;
    expect(Object.keys(secrets)).toEqual(read('secrets'));
    // The registry is the same for every stage, so it is a variable of the repository.
    expect(Object.keys(variables)).toEqual(read('vars').filter((name) => name !== 'SLIPWAY_REGISTRY'));
    expect(variables).toEqual({
      SLIPWAY_URL: platform.gateway.urls.production,
      SLIPWAY_PROMETHEUS_URL: platform.prometheusUrl,
    });
    expect(platform.environments.staging!.variables.SLIPWAY_URL).not.toBe(variables.SLIPWAY_URL);
  });
});

describe('the cluster', () => {
  it('gives each environment a deployer that can change nothing else', async () => {
    const file = join(folder, 'data', 'staging.kubeconfig');
    await writeFile(file, platform.environments.staging!.secrets.SLIPWAY_KUBECONFIG!);
    const may = async (...what: string[]) => (await kubectl(file, 'auth', 'can-i', ...what)).out.trim();
    await expect(may('create', 'deployments.apps')).resolves.toBe('yes');
    await expect(may('patch', 'httproutes.gateway.networking.k8s.io')).resolves.toBe('yes');
    await expect(may('get', 'secrets', '-n', 'production')).resolves.toBe('no');
    await expect(may('create', 'namespaces')).resolves.toContain('no');
  });

  it('has a Prometheus that reads the gateway', async () => {
    const up = async () => {
      const { body } = await ask(`${platform.prometheusUrl}/api/v1/query?query=up`, 'localhost');
      return body.includes('"value":[') && body.includes(',"1"]');
    };
    await until(up, 20_000, () => new Error('Prometheus does not reach the gateway'));
  });
});

describe('a release', () => {
  it('is up when its image really runs, as its user, in its folder, read-only but for its volume', async () => {
    await deploy('web', { image: first });
    const [workload] = running('web');
    expect(workload).toMatchObject({ digest: digestOf(first), ready: true, restarts: 0 });
    expect(readFileSync(`/proc/${workload!.pid}/cmdline`, 'utf8')).toBe('/web\0');
    expect(readFileSync(workload!.log, 'utf8')).toContain('started first');
    const user = process.getuid?.() === 0 ? 'uid=1234 gid=1235' : 'uid=0 gid=0';
    expect((await staging('web')).body).toBe(`version=first ${user} folder=/srv`);
    expect((await staging('web', '/write?path=/srv/file')).status).toBe(403);
    expect((await staging('web', '/write?path=/scratch/file')).status).toBe(200);
  });

  it('of another digest is another process, and no request is lost on the way', async () => {
    const before = running('web').map(({ pid }) => pid);
    const answers = new Map<string, number>();
    const upgraded = new AbortController();
    const load = (async () => {
      while (!upgraded.signal.aborted) {
        const { status, body } = await staging('web');
        const answer = `${status} ${body.split(' ')[0]}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    })();
    await deploy('web', { image: second, replicas: 2 });
    await until(
      () => Promise.resolve(running('web').length === 2),
      20_000,
      () => new Error('the old pod stays'),
    );
    upgraded.abort();
    await load;
    expect([...answers.keys()].sort()).toEqual(['200 version=first', '200 version=second']);
    expect(running('web').map(({ digest }) => digest)).toEqual([digestOf(second), digestOf(second)]);
    expect(before.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });

  it('gets variables from ConfigMaps and Secrets', async () => {
    await apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'staging' },
      data: { COLOUR: 'blue' },
    });
    await apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'staging' },
      stringData: { password: 'hunter2' },
    });
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } }];
    const envFrom = [{ configMapRef: { name: 'settings' } }];
    await deploy('env', { image: first, env, envFrom });
    expect((await staging('env', '/env?name=COLOUR')).body).toBe('blue');
    expect((await staging('env', '/env?name=PASSWORD')).body).toBe('hunter2');
    await uninstall('env');
  });
});

describe('traffic', () => {
  const route = (weights: Record<string, number>) =>
    apply({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'game', namespace: 'staging' },
      spec: {
        parentRefs: [{ name: 'gateway' }],
        hostnames: ['game.localhost'],
        rules: [{ backendRefs: Object.entries(weights).map(([name, weight]) => ({ name, port: 80, weight })) }],
      },
    });
  /** Until the gateway says in the route's status that it splits by what the route says now. */
  const isObserved = async () => {
    const { out } = await kubectl(admin(), '-n', 'staging', 'get', 'httproute', 'game', '-o', 'json');
    const { metadata, status } = JSON.parse(out) as {
      metadata: { generation: number };
      status?: { parents: { conditions: { status: string; observedGeneration: number }[] }[] };
    };
    const conditions = status?.parents.flatMap((parent) => parent.conditions) ?? [];
    return (
      conditions.length === 2 &&
      conditions.every((one) => one.status === 'True' && one.observedGeneration === metadata.generation)
    );
  };
  const split = async (weights: Record<string, number>, requests: number) => {
    await route(weights);
    await until(isObserved, 10_000, () => new Error('the gateway does not follow the route'));
    const versions: Record<string, number> = {};
    for (let index = 0; index < requests; index++) {
      const { body } = await ask(platform.gateway.urls.staging!, 'game.localhost');
      const version = body.split(' ')[0]!;
      versions[version] = (versions[version] ?? 0) + 1;
    }
    return versions;
  };

  it('follows the weights of its route exactly, and is counted for each backend', async () => {
    await deploy('web', { image: first });
    await deploy('canary', { image: second });
    await expect(split({ web: 9, canary: 1 }, 100)).resolves.toEqual({ 'version=first': 90, 'version=second': 10 });
    await expect(split({ web: 1, canary: 1 }, 10)).resolves.toEqual({ 'version=first': 5, 'version=second': 5 });
    await expect(split({ web: 0, canary: 100 }, 10)).resolves.toEqual({ 'version=second': 10 });
    const { body } = await ask(platform.metricsUrl, 'localhost');
    expect(body).toContain(
      'slipway_gateway_requests_total{namespace="staging",route="game",backend="web",code="200"} 95',
    );
    expect(body).toContain(
      'slipway_gateway_requests_total{namespace="staging",route="game",backend="canary",code="200"} 25',
    );
    const seen = async () => {
      const query = 'slipway_gateway_requests_total{route="game",backend="canary",code="200"}';
      const { body: answer } = await ask(
        `${platform.prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`,
        'localhost',
      );
      return answer.includes(',"25"]');
    };
    await until(seen, 20_000, () => new Error('Prometheus does not see the requests'));
    await uninstall('canary');
    expect((await ask(platform.gateway.urls.staging!, 'game.localhost')).status).toBe(500);
  });

  it('does not cross from one environment to another', async () => {
    await expect(ask(platform.gateway.urls.production!, 'web.staging.localhost')).resolves.toMatchObject({
      status: 404,
    });
    await expect(ask(platform.gateway.urls.production!, 'game.localhost')).resolves.toMatchObject({ status: 404 });
  });
});

describe('a release that must not become ready', () => {
  /** State, last state and readiness of the release's first container, as text. */
  const container = async (release: string) => {
    const { out } = await kubectl(admin(), '-n', 'staging', 'get', 'pods', '-l', `app=${release}`, '-o', 'json');
    const { items } = JSON.parse(out) as { items: { status: { containerStatuses?: object[] } }[] };
    return JSON.stringify(items[0]?.status.containerStatuses?.[0]);
  };

  it.each([
    ['never-ready', '"ready":false'],
    ['crash-loop', 'CrashLoopBackOff'],
  ])('is one whose pods simulate %s, although its image is good', async (simulate, shows) => {
    const values = { image: first, podLabels: { 'slipway.dev/simulate': simulate } };
    const { code, out } = await upgrade('bad', values, '5s');
    expect(code).not.toBe(0);
    expect(out).toContain('not ready');
    await expect(container('bad')).resolves.toContain(shows);
    expect(platform.workloads().filter(({ pod }) => pod.startsWith('bad-'))).toEqual([]);
    await kubectl(admin(), '-n', 'staging', 'delete', 'deployment', 'bad');
  });

  it('is none whose pods simulate ready, and no process runs for them', async () => {
    const values = { image: 'example.com/none:1', podLabels: { 'slipway.dev/simulate': 'ready' } };
    await deploy('none', values, '20s');
    expect(platform.workloads().filter(({ pod }) => pod.startsWith('none-'))).toEqual([]);
    await kubectl(admin(), '-n', 'staging', 'delete', 'deployment', 'none');
  });

  it.each<[string, () => Record<string, unknown>, string[]]>([
    [
      'process ends',
      () => ({ image: first, env: [{ name: 'CRASH', value: '1' }] }),
      ['CrashLoopBackOff', '"exitCode":7'],
    ],
    [
      'image is not in the registry',
      () => ({ image: `${platform.registry}/web:none` }),
      ['ErrImagePull', 'answered 404'],
    ],
    ['image is elsewhere', () => ({ image: 'docker.io/library/nginx:1' }), ['ErrImagePull', 'pulls from no other']],
    [
      'Secret is missing',
      () => ({ image: first, envFrom: [{ secretRef: { name: 'none' } }] }),
      ['CreateContainerConfigError', 'no secret none'],
    ],
  ])('is one whose %s, and the pod says why', async (_, values, shows) => {
    expect((await upgrade('bad', values(), '4s')).code).not.toBe(0);
    const saysWhy = async () => {
      const status = await container('bad');
      return shows.every((text) => status.includes(text));
    };
    await until(saysWhy, 10_000, async () => new Error(await container('bad')));
    const { out } = await kubectl(admin(), '-n', 'staging', 'get', 'events', '--field-selector', 'type=Warning');
    expect(out).toMatch(/pod\/bad-/);
    await uninstall('bad');
  });
});

describe('a job', () => {
  const job = (name: string, env: object[]) =>
    apply({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: 'staging' },
      spec: {
        backoffLimit: 0,
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'task', image: first, env }] } },
      },
    });
  it.each([
    ['good', [{ name: 'TASK', value: '1' }], 'complete'],
    ['bad', [{ name: 'CRASH', value: '1' }], 'failed'],
  ])('that ends %s is seen so', async (name, env, condition) => {
    await job(name, env);
    const wait = ['-n', 'staging', 'wait', `--for=condition=${condition}`, `job/${name}`, '--timeout=30s'];
    await expect(kubectl(admin(), ...wait)).resolves.toMatchObject({ code: 0 });
  });
});

describe('the end', () => {
  it('leaves nothing, and nothing went wrong on the way', async () => {
    expect(running('web')).toHaveLength(1);
    const pids = platform.workloads().flatMap(({ pid }) => pid ?? []);
    expect(problems).toEqual([]);
    await platform.stop();
    expect(processesNaming(folder)).toEqual([]);
    expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(problems).toEqual([]);
  });
});

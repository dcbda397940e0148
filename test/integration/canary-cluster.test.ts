import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { splitOf } from '../../src/canary/route.ts';
import { freePorts } from '../../src/local/process/ports.ts';
import { startApiServer, type ApiServer } from '../support/api-server.ts';
import { quickPolicy, startCanaryServer, type CanaryServer } from '../support/canary-server.ts';
import { program } from '../support/programs.ts';
import { startAction, type StartedAction } from '../support/run-action.ts';
import { startProgram, type StartedProgram } from '../support/started.ts';

jest.setTimeout(120_000);

const backends = { baseline: 'shop-stable', candidate: 'shop-canary' };
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n';
const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: web }
spec:
  rules:
    - backendRefs:
        - { name: shop-stable, port: 80, weight: 100 }
        - { name: shop-canary, port: 80, weight: 0 }
`;

let folder: string;
let api: ApiServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  api = await startApiServer(join(folder, 'cluster'));
  await api.apply(namespace);
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

let gateway: CanaryServer;
let prometheus: StartedProgram;
let prometheusUrl: string;
let following: Promise<void>;
let over: boolean;
beforeEach(async () => {
  await api.apply(route);
  gateway = await startCanaryServer();
  const [port] = await freePorts(1);
  prometheusUrl = `http://127.0.0.1:${port}`;
  const config = join(folder, 'prometheus.yml');
  const targets = [{ targets: [new URL(gateway.url).host] }];
  // JSON is YAML.
  const job = { job_name: 'gateway', scrape_interval: '1s', scrape_timeout: '1s', static_configs: targets };
  await writeFile(config, JSON.stringify({ scrape_configs: [job] }));
  prometheus = await startProgram(
    await program('prometheus'),
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, `metrics-${port}`)}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    // It scrapes for the first time some seconds after it says that it is ready.
    async () => (await (await fetch(`${prometheusUrl}/api/v1/query?query=up==1`)).text()).includes('gateway'),
  );
  over = false;
  following = follow();
});
afterEach(async () => {
  over = true;
  await following;
  await prometheus.stop();
  await gateway.stop();
});

/** The weights that the cluster's route has now. */
async function weights(): Promise<{ baseline: number; candidate: number }> {
  const split = splitOf(await api.get('httproutes', 'shop', 'web'), backends);
  if (typeof split === 'string') throw new Error(split);
  return split.weights;
}

/** Keeps the traffic of the gateway as the cluster's route says. */
async function follow(): Promise<void> {
  while (!over) {
    const { baseline, candidate } = await weights();
    gateway.world.change(({ spec }) => {
      spec.rules[0]!.backendRefs[0]!.weight = baseline;
      spec.rules[0]!.backendRefs[1]!.weight = candidate;
    });
    await delay(200);
  }
}

async function canary(): Promise<StartedAction> {
  return startAction('canary-analyze', {
    inputs: {
      route: 'shop',
      namespace: 'web',
      policy: 'canary.yaml',
      'prometheus-url': prometheusUrl,
      kubeconfig: await readFile(api.kubeconfig, 'utf8'),
      'kubectl-path': await program('kubectl'),
    },
    files: { 'canary.yaml': quickPolicy.replace('hold-limit: 2s', 'hold-limit: 4s').replaceAll('10s', '20s') },
  });
}

describe('canary-analyze with a real API server, kubectl and Prometheus', () => {
  it('brings a healthy candidate to all of the traffic', async () => {
    const result = await (await canary()).ended;
    expect(result).toMatchObject({ code: 0, outputs: { verdict: 'pass', 'stages-passed': '3' } });
    expect(await weights()).toEqual({ baseline: 0, candidate: 100 });
  });

  it('takes the traffic from a candidate with 5 % errors', async () => {
    gateway.world.errors.candidate = 0.05;
    const result = await (await canary()).ended;
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail', 'weights-restored': 'true' } });
    expect(result.log).toContain('canary/worse-than-baseline');
    expect(await weights()).toEqual({ baseline: 100, candidate: 0 });
  });

  it('takes the traffic back when Prometheus dies', async () => {
    const started = await canary();
    await gateway.untilWeight(10);
    await prometheus.stop();
    const result = await started.ended;
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive', 'weights-restored': 'true' } });
    expect(result.log).toContain('canary/no-metrics');
    expect(await weights()).toEqual({ baseline: 100, candidate: 0 });
  });
});

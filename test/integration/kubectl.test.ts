import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programEnvironment } from '../../src/action/environment.ts';
import { makeExec } from '../../src/action/exec.ts';
import { kubectl, type Kubectl, type KubernetesObject } from '../../src/kubernetes/kubectl.ts';
import { startApiServer, type ApiServer } from '../support/api-server.ts';
import { program } from '../support/programs.ts';

jest.setTimeout(120_000);

const kind = 'httproutes.gateway.networking.k8s.io';
const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: default, labels: { app: shop } }
spec: { rules: [{ backendRefs: [{ name: shop-stable, port: 80, weight: 100 }] }] }
`;

let folder: string;
let api: ApiServer;
let calls: Kubectl;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  api = await startApiServer(folder);
  calls = await callsWith(api.kubeconfig);
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => api.apply(route));

async function callsWith(kubeconfig: string): Promise<Kubectl> {
  const environment = { ...programEnvironment(process.env), HOME: folder, KUBECONFIG: kubeconfig };
  return kubectl({
    exec: makeExec(environment),
    program: await program('kubectl'),
    namespace: 'default',
    environment,
  });
}

async function read(): Promise<KubernetesObject> {
  const result = await calls.get(kind, 'shop');
  if ('problem' in result) throw new Error(result.problem.message);
  return result.value;
}

const weight = (value: number) => [{ op: 'add' as const, path: '/spec/rules/0/backendRefs/0/weight', value }];

describe('kubectl against a real API server', () => {
  it('gets, lists and patches', async () => {
    const before = await read();
    const patched = await calls.patch(kind, before, weight(7));
    expect(patched).toMatchObject({ value: { spec: { rules: [{ backendRefs: [{ weight: 7 }] }] } } });
    expect(await calls.list(kind, 'app=shop')).toMatchObject({ value: [{ metadata: { name: 'shop' } }] });
    expect(await calls.list(kind, 'app=other')).toEqual({ value: [] });
  });

  it('never overwrites what somebody else changed', async () => {
    const before = await read();
    await calls.patch(kind, before, weight(7));
    expect(await calls.patch(kind, before, weight(9))).toMatchObject({ problem: { reason: 'conflict' } });
    expect(await read()).toMatchObject({ spec: { rules: [{ backendRefs: [{ weight: 7 }] }] } });
  });

  it('tells why it has no answer', async () => {
    expect(await calls.get(kind, 'nope')).toMatchObject({ problem: { reason: 'not-found' } });
    expect(await calls.get('foos.example.com', 'x')).toMatchObject({ problem: { reason: 'unknown-kind' } });
    expect(await calls.patch(kind, await read(), weight(-1))).toMatchObject({ problem: { reason: 'invalid' } });
    const powerless = await callsWith(api.powerless);
    expect(await powerless.get(kind, 'shop')).toMatchObject({ problem: { reason: 'forbidden' } });
    const nowhere = await callsWith('/nonexistent/kubeconfig');
    expect(await nowhere.get(kind, 'shop')).toMatchObject({ problem: { reason: 'unreachable' } });
  });
});

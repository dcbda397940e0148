import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { makeExec } from '../../src/action/exec.ts';
import type { KubernetesObject } from '../../src/kubernetes/kubectl.ts';
import { programEnvironment } from '../../src/action/environment.ts';
import { freePorts } from '../../src/local/process/ports.ts';
import { program } from './programs.ts';
import { startProgram } from './started.ts';

export interface ApiServer {
  /** Path of a kubeconfig whose user may do everything. */
  readonly kubeconfig: string;
  /** Path of a kubeconfig whose user may do nothing. */
  readonly powerless: string;
  /** Creates what a YAML text describes. */
  apply(yaml: string): Promise<void>;
  get(kind: string, name: string, namespace: string): Promise<KubernetesObject>;
  stop(): Promise<void>;
}

/** An API server with the HTTPRoute kind and no controllers, all of it in one folder. */
export async function startApiServer(folder: string): Promise<ApiServer> {
  await mkdir(folder, { recursive: true });
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const [client = 0, peer = 0, secure = 0] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${client}`;
  const etcd = await startProgram(
    await program('etcd'),
    [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      '--unsafe-no-fsync',
    ],
    async () => (await fetch(`${etcdUrl}/health`)).ok,
  );
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = await file('service-account.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const tokens = await file('tokens.csv', 'admin-token,admin,1,system:masters\npowerless-token,powerless,2\n');
  const kubeconfig = await file('admin.yaml', kubeconfigText(secure, 'admin-token'));
  const powerless = await file('powerless.yaml', kubeconfigText(secure, 'powerless-token'));
  const kubectl = await program('kubectl');
  const exec = makeExec({ ...programEnvironment(process.env), HOME: folder, KUBECONFIG: kubeconfig });
  const server = await startProgram(
    await program('kube-apiserver'),
    [
      `--etcd-servers=${etcdUrl}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${secure}`,
      `--cert-dir=${join(folder, 'certificates')}`,
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-account-issuer=https://cluster.test',
      `--token-auth-file=${tokens}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/24',
    ],
    async () => (await exec(kubectl, ['get', '--raw', '/readyz'])).code === 0,
  );
  const must = async (args: readonly string[], input = ''): Promise<string> => {
    const { code, stdout, stderr } = await exec(kubectl, args, { input });
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  await must(['apply', '-f', '-'], httpRouteKind);
  await must(['wait', '--for=condition=established', '--timeout=30s', 'crd/httproutes.gateway.networking.k8s.io']);
  return {
    kubeconfig,
    powerless,
    apply: async (yaml) => {
      await must(['apply', '-f', '-'], yaml);
    },
    get: async (kind, name, namespace) =>
      JSON.parse(await must(['get', kind, name, '-n', namespace, '-o', 'json'])) as KubernetesObject,
    stop: async () => {
      await server.stop();
      await etcd.stop();
    },
  };
}

function kubeconfigText(port: number, token: string): string {
  const cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}

/** Of the Gateway API's own definition only what the tests need: the name, and the bounds of a weight. */
const httpRouteKind = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: httproutes.gateway.networking.k8s.io
  annotations: { api-approved.kubernetes.io: https://github.com/kubernetes-sigs/gateway-api/pull/2466 }
spec:
  group: gateway.networking.k8s.io
  names: { kind: HTTPRoute, listKind: HTTPRouteList, plural: httproutes, singular: httproute }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              x-kubernetes-preserve-unknown-fields: true
              properties:
                rules:
                  type: array
                  items:
                    type: object
                    properties:
                      backendRefs:
                        type: array
                        items:
                          type: object
                          x-kubernetes-preserve-unknown-fields: true
                          properties:
                            weight: { type: integer, minimum: 0, maximum: 1000000, default: 1 }
`;

import { readFile } from 'node:fs/promises';
import { loadAll } from 'js-yaml';
import { dataFile } from '../data-file.ts';
import { until } from '../until.ts';
import type { ClusterApi, KubernetesObject } from './api.ts';
import { deployerOf } from './credentials.ts';

/** Name of the one node; the workload stand-in runs its pods. */
export const nodeName = 'slipway';

/** Each environment has a gateway of this name; a route attaches to it by `parentRefs: [{ name: gateway }]`. */
export const gateway = { name: 'gateway', className: 'slipway', controller: 'slipway.dev/local-gateway' };

const gatewayApi = 'gateway.networking.k8s.io/v1';

/** Makes the node, the kinds of the Gateway API, a gateway, and a namespace with a deployer for each environment. */
export async function setUpCluster(
  api: ClusterApi,
  environments: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const kinds = loadAll(await readFile(dataFile('gateway-api.yaml'), 'utf8')) as KubernetesObject[];
  await Promise.all([...kinds, node, deployerRole, ...environments.map(namespace)].map((object) => api.apply(object)));
  await Promise.all(environments.flatMap(deployerBindings).map((object) => api.apply(object)));
  await untilServed(api, signal);
  await Promise.all([gatewayClass, ...environments.map(gatewayOf)].map((object) => api.apply(object)));
}

/** The API server serves a new kind some moments after it has taken its definition. */
async function untilServed(api: ClusterApi, signal: AbortSignal): Promise<void> {
  const paths = ['gatewayclasses', 'gateways', 'httproutes'].map((plural) => `/apis/${gatewayApi}/${plural}`);
  await until(
    async () => (await Promise.all(paths.map((path) => api.ok(path)))).every(Boolean),
    30_000,
    () => new Error('the API server does not serve the Gateway API after 30 s'),
    signal,
  );
}

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: nodeName,
    annotations: { 'kwok.x-k8s.io/node': 'fake' },
    labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/hostname': nodeName },
  },
};

function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

const rbac = 'rbac.authorization.k8s.io';

/** What a deployer needs beside the built-in role `admin` of its namespace. */
const deployerRole = {
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'slipway-routes' },
  rules: [{ apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: ['*'] }],
};

function deployerBindings(environment: string) {
  return ['admin', deployerRole.metadata.name].map((role) => ({
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name: `${deployerOf(environment)}-${role}`, namespace: environment },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: rbac, kind: 'User', name: deployerOf(environment) }],
  }));
}

const gatewayClass = {
  apiVersion: gatewayApi,
  kind: 'GatewayClass',
  metadata: { name: gateway.className },
  spec: { controllerName: gateway.controller },
};

function gatewayOf(environment: string) {
  return {
    apiVersion: gatewayApi,
    kind: 'Gateway',
    metadata: { name: gateway.name, namespace: environment },
    spec: { gatewayClassName: gateway.className, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  };
}

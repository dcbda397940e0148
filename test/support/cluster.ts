import type { Snapshot } from '../../src/local/cluster/snapshot.ts';
import type { BackendReference, EndpointSlice, HttpRoute, Service } from '../../src/local/gateway/objects.ts';

/** A service of `staging` with one port. */
export function service(name: string, port = 80): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'staging' },
    spec: { ports: [{ name: 'http', port }] },
  };
}

/** The endpoints of a service of `staging`, all on one port. */
export function slice(name: string, addresses: readonly string[], port: number, ready = true): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace: 'staging', labels: { 'kubernetes.io/service-name': name } },
    endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready } })),
    ports: [{ name: 'http', port }],
  };
}

/** A route of `staging` on the gateway of its namespace. */
export function route(backendRefs: readonly BackendReference[], change: Partial<HttpRoute['spec']> = {}): HttpRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'staging', generation: 3 },
    spec: {
      parentRefs: [{ name: 'gateway' }],
      rules: [{ backendRefs }],
      ...change,
    },
  };
}

/** A snapshot of what is given and nothing else. */
export function snapshot(parts: Partial<Snapshot>): Snapshot {
  return { pods: [], services: [], endpointSlices: [], routes: [], ...parts };
}

import type { Snapshot } from '../../src/local/cluster/snapshot.ts';
import type { Pod } from '../../src/local/workload/pod.ts';
import type { BackendReference, HttpRoute, Service } from '../../src/local/gateway/objects.ts';
import { pod } from './pod.ts';

/** A service of `staging` with one port, which selects the pods that {@link podOf} makes for it. */
export function service(name: string, port = 80): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'staging' },
    spec: { selector: { app: name }, ports: [{ name: 'http', port, targetPort: 'http' }] },
  };
}

/** A ready pod of a service of `staging`. */
export function podOf(app: string, address: string, port: number): Pod {
  const plain = pod({ ports: [{ name: 'http', containerPort: port }] });
  return {
    ...plain,
    metadata: {
      ...plain.metadata,
      name: `${app}-${address}`,
      uid: `${app}-${address}`,
      labels: { app, track: 'stable' },
    },
    status: { podIP: address, conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '' }] },
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
  return { pods: [], services: [], routes: [], ...parts };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointSlice, HttpRoute, Service } from '../gateway/objects.ts';
import type { Pod } from '../workload/pod.ts';
import type { ClusterApi } from './api.ts';

/** Everything of the cluster that the stand-ins follow, read at about the same moment. */
export interface Snapshot {
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly routes: readonly HttpRoute[];
}

/** Milliseconds between two looks. Looking again and again cannot miss a change, as a watch can when it breaks. */
const interval = 150;

/**
 * Follows the cluster until the signal is aborted. While it does not answer, the last snapshot stays what it was.
 * @param onFailure told once when the cluster stops answering
 */
export async function followCluster(
  api: ClusterApi,
  onSnapshot: (snapshot: Snapshot) => void,
  onFailure: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let failing = false; !signal.aborted;) {
    try {
      const snapshot = await readSnapshot(api);
      failing = false;
      onSnapshot(snapshot);
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}

async function readSnapshot(api: ClusterApi): Promise<Snapshot> {
  const [pods, services, endpointSlices, routes] = await Promise.all([
    api.list<Pod>('/api/v1/pods'),
    api.list<Service>('/api/v1/services'),
    api.list<EndpointSlice>('/apis/discovery.k8s.io/v1/endpointslices'),
    api.list<HttpRoute>('/apis/gateway.networking.k8s.io/v1/httproutes'),
  ]);
  return {
    // A list does not repeat the kind in its items.
    pods: pods.map((pod) => ({ ...pod, apiVersion: 'v1', kind: 'Pod' })),
    services,
    endpointSlices,
    routes: routes.map((route) => ({ ...route, apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' })),
  };
}

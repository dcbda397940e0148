import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpRoute, Service } from '../gateway/objects.ts';
import type { Pod } from '../workload/pod.ts';
import type { ClusterApi } from './api.ts';

/** Everything of the cluster that the stand-ins follow, read at about the same moment. */
export interface Snapshot {
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly routes: readonly HttpRoute[];
}

/** Milliseconds between two looks. Looking again and again cannot miss a change, as a watch can when it breaks. */
const interval = 150;

/** Follows the cluster; see {@link followCluster}. */
export interface Following {
  /** Resolves after a look that was begun after the call, whether it succeeded or not. */
  readonly lookAgain: () => Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
}

/**
 * Follows the cluster until the signal is aborted. While it does not answer, the last snapshot stays what it was.
 * @param onFailure told once when the cluster stops answering
 */
export function followCluster(
  api: ClusterApi,
  onSnapshot: (snapshot: Snapshot) => void,
  onFailure: (error: unknown) => void,
  signal: AbortSignal,
): Following {
  let failing = false;
  const look = async (): Promise<void> => {
    try {
      const snapshot = await readSnapshot(api);
      failing = false;
      onSnapshot(snapshot);
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
  };
  let current = look();
  let next: Promise<void> | undefined;
  const lookAgain = (): Promise<void> => {
    next ??= current.then(() => {
      next = undefined;
      current = look();
      return current;
    });
    return next;
  };
  const run = async (): Promise<void> => {
    await current;
    for (;;) {
      await sleep(interval, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await lookAgain();
    }
  };
  return { lookAgain, ended: run() };
}

async function readSnapshot(api: ClusterApi): Promise<Snapshot> {
  const [pods, services, routes] = await Promise.all([
    api.list<Pod>('/api/v1/pods'),
    api.list<Service>('/api/v1/services'),
    api.list<HttpRoute>('/apis/gateway.networking.k8s.io/v1/httproutes'),
  ]);
  return {
    // A list does not repeat the kind in its items.
    pods: pods.map((pod) => ({ ...pod, apiVersion: 'v1', kind: 'Pod' })),
    services,
    routes: routes.map((route) => ({ ...route, apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' })),
  };
}

import type { Container, Pod, PodSpec } from '../../src/local/workload/pod.ts';

/** A pod of one container for tests. */
export function pod(container: Partial<Container> = {}, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1', namespace: 'staging', uid: 'u1', labels: { app: 'web' } },
    spec: { nodeName: 'slipway', containers: [{ name: 'web', image: '127.0.0.1:5000/app:1', ...container }], ...spec },
    status: {},
  };
}

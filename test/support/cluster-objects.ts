import type { KubernetesObject } from '../../src/kubernetes/kubectl.ts';
import type { ClusterEvent, ContainerStatus, Pod, WorkloadObject } from '../../src/kubernetes/objects.ts';

/** Objects as kube-apiserver 1.36 lists them, cut to what is read. */

export const digestA = `registry.test/game@sha256:${'a'.repeat(64)}`;
export const digestB = `registry.test/game@sha256:${'b'.repeat(64)}`;

type PodStatus = NonNullable<Pod['status']>;

const ready = { type: 'Ready', status: 'True' };
const notReady = { type: 'Ready', status: 'False', reason: 'ContainersNotReady' };

export const readyStatus: PodStatus = {
  phase: 'Running',
  conditions: [{ type: 'Initialized', status: 'True' }, ready],
  containerStatuses: [{ name: 'api', ready: true, restartCount: 0, state: { running: {} } }],
};

/** A pod whose only container is in a state. */
export function brokenStatus(container: Partial<ContainerStatus>, phase = 'Running'): PodStatus {
  return { phase, conditions: [notReady], containerStatuses: [{ name: 'api', ready: false, ...container }] };
}

export function deployment(name: string, more: Partial<WorkloadObject> = {}): WorkloadObject {
  return { kind: 'Deployment', metadata: { name, uid: `deployment-${name}` }, spec: { replicas: 1 }, ...more };
}

export function replicaSet(name: string, owner: string): object {
  return {
    kind: 'ReplicaSet',
    metadata: { name, uid: `set-${name}`, ownerReferences: [{ uid: owner, controller: true }] },
  };
}

export function pod(name: string, owner: string, image: string, status: PodStatus = readyStatus): Pod {
  return {
    kind: 'Pod',
    metadata: { name, uid: `pod-${name}`, ownerReferences: [{ uid: owner, controller: true }] },
    spec: { containers: [{ name: 'api', image }] },
    status,
  };
}

/** A Deployment with one ReplicaSet and a pod for each status, all of the same image. */
export function rollout(name: string, image: string, ...statuses: PodStatus[]): KubernetesObject[] {
  return asObjects(
    deployment(name, { spec: { replicas: statuses.length } }),
    replicaSet(`${name}-1`, `deployment-${name}`),
    ...statuses.map((status, index) => pod(`${name}-1-${index}`, `set-${name}-1`, image, status)),
  );
}

export function asObjects(...objects: object[]): KubernetesObject[] {
  return objects as KubernetesObject[];
}

export function warning(uid: string, reason: string, message: string, at = '2026-11-21T14:38:10Z'): ClusterEvent {
  return {
    kind: 'Event',
    metadata: { name: `${uid}.1`, creationTimestamp: at },
    type: 'Warning',
    reason,
    message,
    involvedObject: { kind: 'Pod', name: uid.replace(/^pod-/, ''), uid },
    lastTimestamp: at,
  };
}

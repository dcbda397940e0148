import type { ClusterEvent, ContainerStatus, Pod } from './objects.ts';
import { isReady, workloadName, type Workload } from './workload.ts';

/** Why a pod does not run as it should, in the classes that need different hands. */
export type CauseClass =
  | 'out-of-memory'
  | 'crash-loop'
  | 'image-pull'
  | 'container-config'
  | 'unschedulable'
  | 'pods-not-created'
  | 'never-ready';

export interface Cause {
  readonly class: CauseClass;
  /** `deployment/web`. */
  readonly workload: string;
  /** The first pod with this cause; absent when there is no pod at all. */
  readonly pod?: string;
  readonly container?: string;
  /** What Kubernetes says about it. */
  readonly message: string;
  /** How many pods of the workload have this cause. */
  readonly pods: number;
}

/**
 * Why a workload does not have the ready pods it should have: a cause for each class that was seen; nothing when all
 * its pods are ready.
 * @param warnings events about the workload, oldest first
 */
export function causesOf(workload: Workload, warnings: readonly ClusterEvent[]): Cause[] {
  const seen = new Map<CauseClass, Cause>();
  for (const pod of workload.pods.filter((one) => !isReady(one))) {
    const found = podCause(pod, warnings);
    const pods = (seen.get(found.class)?.pods ?? 0) + 1;
    const first = seen.get(found.class) ?? { ...found, workload: workloadName(workload), pod: pod.metadata.name };
    seen.set(found.class, { ...first, pods });
  }
  const refused = refusedCreation(workload, warnings);
  return [...(refused === undefined ? [] : [refused]), ...seen.values()];
}

/** Pods that the API refused to create: a quota, a policy, a missing service account. */
function refusedCreation(workload: Workload, warnings: readonly ClusterEvent[]): Cause | undefined {
  const failure = workload.conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  const message = failure?.message ?? warnings.findLast(({ reason }) => reason === 'FailedCreate')?.message;
  if (message === undefined || workload.pods.filter(isReady).length >= workload.desired) return undefined;
  return { class: 'pods-not-created', workload: workloadName(workload), message, pods: 0 };
}

type PodCause = Pick<Cause, 'class' | 'container' | 'message'>;

function podCause(pod: Pod, warnings: readonly ClusterEvent[]): PodCause {
  const { status } = pod;
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  for (const container of containers) {
    const cause = containerCause(container);
    if (cause !== undefined) return cause;
  }
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.reason === 'Unschedulable') return { class: 'unschedulable', message: scheduled.message ?? '' };
  const warning = warnings.findLast(({ involvedObject }) => involvedObject?.uid === pod.metadata.uid);
  const container = containers.find(({ ready }) => !ready)?.name;
  const said = warning?.message ?? status?.message ?? status?.conditions?.find(({ type }) => type === 'Ready')?.reason;
  return {
    class: 'never-ready',
    ...(container !== undefined && { container }),
    message: said ?? `its phase is ${status?.phase ?? 'unknown'}`,
  };
}

/** Reasons of a waiting container (kubelet, pkg/kubelet/images/types.go and pkg/kubelet/container/sync_result.go). */
const waitingReasons: Readonly<Record<string, CauseClass>> = {
  ErrImagePull: 'image-pull',
  ImagePullBackOff: 'image-pull',
  ErrImageNeverPull: 'image-pull',
  InvalidImageName: 'image-pull',
  ImageInspectError: 'image-pull',
  RegistryUnavailable: 'image-pull',
  SignatureValidationFailed: 'image-pull',
  CreateContainerConfigError: 'container-config',
  CreateContainerError: 'container-config',
  RunContainerError: 'container-config',
};

function containerCause({ name, ready, state, lastState, restartCount = 0 }: ContainerStatus): PodCause | undefined {
  if (ready) return undefined;
  const ended = state?.terminated ?? lastState?.terminated;
  if (ended?.reason === 'OOMKilled')
    return {
      class: 'out-of-memory',
      container: name,
      message: `it used more memory than its limit${times(restartCount)}`,
    };
  const { reason = '', message } = state?.waiting ?? {};
  const waitingClass = Object.hasOwn(waitingReasons, reason) ? waitingReasons[reason] : undefined;
  if (waitingClass !== undefined)
    return { class: waitingClass, container: name, message: [reason, message].filter(Boolean).join(': ') };
  if (reason === 'CrashLoopBackOff' || (ended?.exitCode ?? 0) !== 0) {
    const how = ended === undefined ? 'it keeps ending' : `it ended with exit code ${ended.exitCode ?? 'unknown'}`;
    const said = ended?.message === undefined ? '' : `: ${ended.message}`;
    return { class: 'crash-loop', container: name, message: `${how}${times(restartCount)}${said}` };
  }
  return undefined;
}

function times(restarts: number): string {
  return restarts === 0 ? '' : ` and was started ${restarts + 1} times`;
}

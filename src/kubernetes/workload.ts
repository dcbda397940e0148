import type { Kubectl, KubectlResult, KubernetesObject } from './kubectl.ts';
import type { ClusterEvent, Condition, Metadata, Pod, WorkloadKind, WorkloadObject } from './objects.ts';

/** A workload of the cluster with the pods that it keeps. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** How many pods it should have. */
  readonly desired: number;
  /** Its pods, found by their owners; those that are being removed are left out. */
  readonly pods: readonly Pod[];
  readonly conditions: readonly Condition[];
  /** Ids of the workload, its ReplicaSets and its pods: events name one of them. */
  readonly uids: ReadonlySet<string>;
}

const workloadKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'] satisfies WorkloadKind[];

export function isWorkloadKind(kind: unknown): kind is WorkloadKind {
  return typeof kind === 'string' && workloadKinds.includes(kind);
}

const read = 'deployments.apps,statefulsets.apps,daemonsets.apps,replicasets.apps,pods';

/** Every workload of the namespace. */
export async function readWorkloads(kubectl: Kubectl): Promise<KubectlResult<readonly Workload[]>> {
  const result = await kubectl.list(read);
  return 'problem' in result ? result : { value: workloadsOf(result.value) };
}

/** Puts workloads, ReplicaSets and pods together by their owner references. */
export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  const ofKind = <T>(wanted: (kind: string) => boolean): T[] =>
    objects.filter(({ kind }) => wanted(kind)) as unknown as T[];
  const replicaSets = ofKind<{ metadata: Metadata }>((kind) => kind === 'ReplicaSet');
  const pods = ofKind<Pod>((kind) => kind === 'Pod').filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return ofKind<WorkloadObject>(isWorkloadKind).map(({ kind, metadata, spec, status }) => {
    const own = replicaSets.filter((set) => isOwned(set.metadata, [metadata]));
    const owners = [metadata, ...own.map((set) => set.metadata)];
    const ownPods = pods.filter((pod) => isOwned(pod.metadata, owners));
    return {
      kind,
      name: metadata.name,
      desired: kind === 'DaemonSet' ? (status?.desiredNumberScheduled ?? 0) : (spec?.replicas ?? 1),
      pods: ownPods,
      conditions: status?.conditions ?? [],
      uids: new Set([...owners, ...ownPods.map((pod) => pod.metadata)].flatMap(({ uid }) => uid ?? [])),
    };
  });
}

function isOwned({ ownerReferences = [] }: Metadata, owners: readonly Metadata[]): boolean {
  return ownerReferences.some(({ uid, controller }) => controller && owners.some((owner) => owner.uid === uid));
}

/** `deployment/web`, as kubectl writes it. */
export function workloadName({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind.toLowerCase()}/${name}`;
}

export function isReady({ status }: Pod): boolean {
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}

/** The last warnings about some objects, oldest first. An event that repeats stands with its last time. */
export async function readWarnings(
  kubectl: Kubectl,
  uids: ReadonlySet<string>,
  atMost: number,
): Promise<KubectlResult<readonly ClusterEvent[]>> {
  const result = await kubectl.list('events');
  if ('problem' in result) return result;
  const events = result.value as unknown as readonly ClusterEvent[];
  const about = events.filter(({ type, involvedObject }) => type === 'Warning' && uids.has(involvedObject?.uid ?? ''));
  return { value: about.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)).slice(-atMost) };
}

/** When an event was seen last (RFC 3339). Old and new recorders fill different fields. */
export function timeOf({ lastTimestamp, series, eventTime, metadata }: ClusterEvent): string {
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}

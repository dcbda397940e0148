import type { Condition, Container, Pod } from './pod.ts';

/** What a container does now. */
export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly kind: 'running'; readonly since: string }
  | Terminated;

export interface Terminated {
  readonly kind: 'terminated';
  readonly exitCode: number;
  readonly signal?: number;
  readonly since: string;
  readonly until: string;
}

/** One container of a pod as the stand-in knows it. */
export interface ObservedContainer {
  readonly state: ContainerState;
  /** How it ended the last time, when it was started again. */
  readonly last?: Terminated;
  readonly restarts: number;
  readonly ready: boolean;
  /** Digest of the image's manifest, once it was pulled. */
  readonly digest?: string;
}

type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/**
 * The status that a kubelet would write (Kubernetes API v1, PodStatus). A condition keeps the time of its last change.
 * @param observed in the order of the pod's containers
 * @param now ISO time without fractions, as the API takes it
 */
export function podStatus(
  pod: Pod,
  observed: readonly ObservedContainer[],
  address: string,
  before: readonly Condition[],
  startTime: string,
  now: string,
): Record<string, unknown> {
  const phase = phaseOf(pod, observed);
  const ready = observed.every((container) => container.ready);
  const done = phase === 'Succeeded' || phase === 'Failed';
  const notReady = done
    ? { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : {
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready(pod, observed).join(' ')}]`,
      };
  const conditions = [
    ...before.filter(({ type }) => type === 'PodScheduled'),
    condition(before, now, 'Initialized', true),
    condition(before, now, 'ContainersReady', ready, notReady),
    condition(before, now, 'Ready', ready, notReady),
  ];
  return {
    phase,
    conditions,
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    podIP: address,
    podIPs: [{ ip: address }],
    startTime,
    containerStatuses: pod.spec.containers.flatMap((container, index) => {
      const seen = observed[index];
      return seen === undefined ? [] : [containerStatus(container, seen)];
    }),
  };
}

/** Running as soon as one container was started; over when none will run again (kubelet, getPhase). */
function phaseOf({ spec }: Pod, observed: readonly ObservedContainer[]): Phase {
  const policy = spec.restartPolicy ?? 'Always';
  const ended = observed.map(({ state }) => (state.kind === 'terminated' ? state.exitCode : undefined));
  if (policy !== 'Always' && ended.every((code) => code !== undefined)) {
    if (ended.every((code) => code === 0)) return 'Succeeded';
    if (policy === 'Never') return 'Failed';
  }
  const wasStarted = observed.some(({ state, last }) => state.kind !== 'waiting' || last !== undefined);
  return wasStarted ? 'Running' : 'Pending';
}

function unready({ spec }: Pod, observed: readonly ObservedContainer[]): string[] {
  return spec.containers.filter((_, index) => observed[index]?.ready !== true).map(({ name }) => name);
}

function condition(
  before: readonly Condition[],
  now: string,
  type: string,
  is: boolean,
  whenNot: { reason: string; message?: string } = { reason: '' },
): Condition {
  const status = is ? 'True' : 'False';
  const old = before.find((candidate) => candidate.type === type);
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime : now;
  return { type, status, lastTransitionTime, ...(!is && whenNot) };
}

function containerStatus(container: Container, { state, last, restarts, ready, digest }: ObservedContainer): object {
  const repository = container.image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  return {
    name: container.name,
    image: container.image,
    imageID: digest === undefined ? '' : `${repository}@${digest}`,
    ready,
    started: state.kind === 'running',
    restartCount: restarts,
    state: shown(state),
    lastState: last === undefined ? {} : shown(last),
  };
}

function shown(state: ContainerState): object {
  switch (state.kind) {
    case 'waiting':
      return { waiting: { reason: state.reason, message: state.message } };
    case 'running':
      return { running: { startedAt: state.since } };
    case 'terminated':
      return {
        terminated: {
          exitCode: state.exitCode,
          ...(state.signal !== undefined && { signal: state.signal }),
          reason: state.exitCode === 0 ? 'Completed' : 'Error',
          startedAt: state.since,
          finishedAt: state.until,
        },
      };
  }
}

import type { Agent } from 'node:http';
import { join } from 'node:path';
import { ClusterError, type ClusterApi } from '../cluster/api.ts';
import { ContainerRun, timestamp } from './container-run.ts';
import type { ReadData } from './environment.ts';
import type { Images } from './image.ts';
import { unsupported } from './launch.ts';
import type { Machine } from './machine-client.ts';
import { nameOf, type Pod } from './pod.ts';
import { podStatus } from './pod-status.ts';

/** What running a pod needs of the platform. */
export interface PodContext {
  readonly api: ClusterApi;
  readonly machine: Machine;
  readonly agent: Agent;
  readonly images: Images;
  readonly logFolder: string;
  readonly address: string;
  /** Told what cannot be shown in the cluster. */
  readonly onProblem: (message: string) => void;
}

const defaultGrace = 30;

/** One pod, from the moment its node is known until its object is gone. */
export class PodRun {
  readonly #context: PodContext;
  readonly #containers: readonly ContainerRun[];
  readonly #startTime = timestamp();
  #pod: Pod;
  #isReporting = false;
  #reportAgain = false;
  #isRemoving = false;

  constructor(pod: Pod, context: PodContext) {
    this.#pod = pod;
    this.#context = context;
    const { machine, agent, images, address, logFolder } = context;
    this.#containers = pod.spec.containers.map(
      (container) =>
        new ContainerRun(pod, container, {
          machine,
          agent,
          images,
          address,
          read: readData(context.api, pod.metadata.namespace),
          log: join(logFolder, `${pod.metadata.namespace}_${pod.metadata.name}_${container.name}.log`),
          changed: () => this.#report(),
          warn: (reason, message) => void this.#warn(reason, message),
        }),
    );
  }

  get pod(): Pod {
    return this.#pod;
  }

  get address(): string {
    return this.#context.address;
  }

  get containers(): readonly ContainerRun[] {
    return this.#containers;
  }

  start(): void {
    const reason = unsupported(this.#pod);
    if (reason !== undefined) {
      for (const container of this.#containers) container.refuse(`the local platform does not support ${reason}`);
      return;
    }
    this.#context.machine.addPod(this.#pod.metadata.uid, this.address).then(
      () => this.#containers.forEach((container) => container.start()),
      (error: unknown) =>
        this.#containers.forEach((container) => container.refuse(`the pod has no network: ${String(error)}`)),
    );
  }

  /** Takes the newest form of the object; begins to stop when it is being deleted. */
  update(pod: Pod): void {
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp === undefined || this.#isRemoving) return;
    this.#isRemoving = true;
    void this.#remove().finally(() => {
      this.#isRemoving = false;
    });
  }

  async #remove(): Promise<void> {
    await this.stop((this.#pod.metadata.deletionGracePeriodSeconds ?? defaultGrace) * 1000);
    await this.#context.api.remove(this.#pod).catch((error: unknown) => this.#problem(error));
  }

  /** Stops every container, with a grace time in milliseconds, and takes the pod's network away. */
  async stop(grace: number): Promise<void> {
    await Promise.all(this.#containers.map((container) => container.stop(grace)));
    await this.#context.machine.removePod(this.#pod.metadata.uid).catch((error: unknown) => this.#problem(error));
  }

  /** Writes the status; changes that come meanwhile are written together afterwards. */
  #report(): void {
    this.#reportAgain = true;
    if (!this.#isReporting) void this.#writeStatus();
  }

  async #writeStatus(): Promise<void> {
    this.#isReporting = true;
    while (this.#reportAgain) {
      this.#reportAgain = false;
      const observed = this.#containers.map((container) => container.observed);
      const before = this.#pod.status.conditions ?? [];
      const status = podStatus(this.#pod, observed, this.address, before, this.#startTime, timestamp());
      await this.#context.api.mergeStatus(this.#pod, status).catch((error: unknown) => this.#problem(error));
    }
    this.#isReporting = false;
  }

  async #warn(reason: string, message: string): Promise<void> {
    const { name, namespace, uid } = this.#pod.metadata;
    const time = timestamp();
    await this.#context.api
      .create(`/api/v1/namespaces/${namespace}/events`, {
        metadata: { generateName: `${name}.`, namespace },
        involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
        type: 'Warning',
        reason,
        message: message.slice(0, 1024),
        source: { component: 'slipway-workload' },
        firstTimestamp: time,
        lastTimestamp: time,
        count: 1,
      })
      .catch((error: unknown) => this.#problem(error));
  }

  /** A pod or a namespace that is gone, or is going, needs no status any more. */
  #problem(error: unknown): void {
    if (error instanceof ClusterError && [403, 404, 409].includes(error.status)) return;
    this.#context.onProblem(`${nameOf(this.#pod)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readData(api: ClusterApi, namespace: string): ReadData {
  return async (kind, name) => {
    try {
      const { data = {} } = await api.get<{ data?: Record<string, string> }>(
        `/api/v1/namespaces/${namespace}/${kind}/${name}`,
      );
      if (kind === 'configmaps') return data;
      return Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
      );
    } catch (error) {
      if (error instanceof ClusterError && error.status === 404) return undefined;
      throw error;
    }
  };
}

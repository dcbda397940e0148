import type { Agent } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterApi } from '../cluster/api.ts';
import { nodeName } from '../cluster/setup.ts';
import { Images } from './image.ts';
import type { Machine } from './machine-client.ts';
import { simulateLabel, type Pod } from './pod.ts';
import { PodRun } from './pod-run.ts';

/** One container that the stand-in runs or tries to run. */
export interface WorkloadStatus {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** As the pod's spec says it. */
  readonly image: string;
  /** Digest of the manifest whose files the process runs from; absent until it was pulled. */
  readonly digest?: string;
  /** On this computer; absent when no process runs. */
  readonly pid?: number;
  readonly address: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly log: string;
  /** Why it does not run. */
  readonly reason?: string;
}

export interface WorkloadOptions {
  readonly folder: string;
  readonly api: ClusterApi;
  readonly machine: Machine;
  readonly agent: Agent;
  readonly onProblem: (message: string) => void;
}

/**
 * The stand-in for a node's container runtime: for each pod of the node it runs the image of the pod's spec as processes
 * on the machine, and it writes the pod's status from what they do.
 */
export class Workload {
  readonly #options: WorkloadOptions;
  readonly #images: Images;
  readonly #logFolder: string;
  readonly #runs = new Map<string, PodRun>();
  #lastAddress = 0;

  private constructor(options: WorkloadOptions) {
    this.#options = options;
    this.#images = new Images(join(options.folder, 'images'));
    this.#logFolder = join(options.folder, 'logs', 'pods');
  }

  static async open(options: WorkloadOptions): Promise<Workload> {
    const workload = new Workload(options);
    await mkdir(workload.#logFolder, { recursive: true, mode: 0o700 });
    return workload;
  }

  /** Starts what is wanted and does not run, stops what runs and is not wanted. */
  reconcile(pods: readonly Pod[]): void {
    const mine = pods.filter(
      ({ spec, metadata }) => spec.nodeName === nodeName && metadata.labels?.[simulateLabel] === undefined,
    );
    for (const pod of mine) {
      const known = this.#runs.get(pod.metadata.uid);
      if (known === undefined) this.#start(pod);
      else known.update(pod);
    }
    const wanted = new Set(mine.map(({ metadata }) => metadata.uid));
    for (const [uid, run] of this.#runs) {
      if (wanted.has(uid)) continue;
      this.#runs.delete(uid);
      void run.stop(0);
    }
  }

  /** Ends every container at once. */
  async stop(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.stop(0)));
  }

  status(): WorkloadStatus[] {
    return [...this.#runs.values()].flatMap(({ pod, address, containers }) =>
      containers.map(({ name, image, pid, log, observed }) => ({
        namespace: pod.metadata.namespace,
        pod: pod.metadata.name,
        container: name,
        image,
        ...(observed.digest !== undefined && { digest: observed.digest }),
        ...(pid !== undefined && { pid }),
        address,
        ready: observed.ready,
        restarts: observed.restarts,
        log,
        ...(observed.state.kind === 'waiting' && { reason: `${observed.state.reason}: ${observed.state.message}` }),
      })),
    );
  }

  #start(pod: Pod): void {
    const { api, machine, agent, onProblem } = this.#options;
    const run = new PodRun(pod, {
      api,
      machine,
      agent,
      images: this.#images,
      logFolder: this.#logFolder,
      address: this.#nextAddress(),
      onProblem,
    });
    this.#runs.set(pod.metadata.uid, run);
    if (pod.metadata.deletionTimestamp === undefined) run.start();
    else run.update(pod);
  }

  /** Addresses are not used twice: 10.244.0.1 to 10.244.249.250, more than a platform lives to see. */
  #nextAddress(): string {
    const number = this.#lastAddress++;
    return `10.244.${Math.floor(number / 250) % 250}.${(number % 250) + 1}`;
  }
}

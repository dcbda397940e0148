import type { Agent } from 'node:http';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from './config-error.ts';
import type { ReadData } from './environment.ts';
import { ImageError, type Images } from './image.ts';
import { containerStart } from './launch.ts';
import type { ContainerEnd, Machine } from './machine-client.ts';
import { nameOf, type Container, type Pod } from './pod.ts';
import type { ContainerState, ObservedContainer, Terminated } from './pod-status.ts';
import { askProbe, planOf, Readiness } from './probe.ts';
import { UnpackError } from './unpack.ts';

/** What running a container needs of the platform. */
export interface RunContext {
  readonly machine: Machine;
  readonly agent: Agent;
  readonly images: Images;
  readonly read: ReadData;
  /** File for the container's output. */
  readonly log: string;
  readonly address: string;
  /** Called after every change. */
  readonly changed: () => void;
  /** Shows a warning as an event of the pod. */
  readonly warn: (reason: string, message: string) => void;
}

const firstBackOff = 1000;
const longestBackOff = 30_000;

/** One container: pulled, started, probed, started again as the pod's policy says, until it is stopped. */
export class ContainerRun {
  readonly #pod: Pod;
  readonly #container: Container;
  readonly #context: RunContext;
  readonly #stopping = new AbortController();
  #state: ContainerState = { kind: 'waiting', reason: 'ContainerCreating', message: '' };
  #last: Terminated | undefined;
  #restarts = 0;
  #starts = 0;
  #digest: string | undefined;
  #pid: number | undefined;
  #ready = false;
  /** Resolves when nothing of the container runs any more. */
  #over: Promise<void> = Promise.resolve();

  constructor(pod: Pod, container: Container, context: RunContext) {
    this.#pod = pod;
    this.#container = container;
    this.#context = context;
  }

  get observed(): ObservedContainer {
    return {
      state: this.#state,
      ...(this.#last && { last: this.#last }),
      restarts: this.#restarts,
      ready: this.#ready,
      ...(this.#digest !== undefined && { digest: this.#digest }),
    };
  }

  /** Id of the first process on this computer while it runs. */
  get pid(): number | undefined {
    return this.#pid;
  }

  get name(): string {
    return this.#container.name;
  }

  get image(): string {
    return this.#container.image;
  }

  get log(): string {
    return this.#context.log;
  }

  start(): void {
    this.#over = this.#live().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted)
        this.#set({ kind: 'waiting', reason: 'RunContainerError', message: String(error) });
    });
  }

  /** Shows why the container is not started at all. */
  refuse(message: string): void {
    this.#set({ kind: 'waiting', reason: 'CreateContainerConfigError', message });
    this.#context.warn('Failed', message);
  }

  /** Ends the container: SIGTERM, and SIGKILL after the grace time (milliseconds). */
  async stop(grace: number): Promise<void> {
    this.#stopping.abort();
    const id = this.#id();
    if (grace > 0) await this.#context.machine.signal(id, 'SIGTERM').catch(() => undefined);
    const kill = setTimeout(() => void this.#context.machine.signal(id, 'SIGKILL').catch(() => undefined), grace);
    await this.#over;
    clearTimeout(kill);
  }

  async #live(): Promise<void> {
    for (let failures = 0; !this.#stopped();) {
      let end: ContainerEnd;
      const since = timestamp();
      try {
        end = await this.#runOnce();
      } catch (error) {
        if (!this.#explain(error)) throw error;
        await this.#wait(backOff(failures++));
        continue;
      }
      this.#ended(end, since);
      if (this.#stopped() || !this.#startsAgain(end)) return;
      await this.#backOffAfter(failures++);
      this.#restarts += 1;
    }
  }

  /** Runs the container from its image to its end. */
  async #runOnce(): Promise<ContainerEnd> {
    const { machine, images, read, address, log } = this.#context;
    const image = await images.pull(this.#container.image);
    this.#digest = image.digest;
    const start = await containerStart(this.#pod, this.#container, image, address, log, read);
    this.#stopping.signal.throwIfAborted();
    this.#starts += 1;
    const probing = new AbortController();
    try {
      const end = Promise.withResolvers<ContainerEnd>();
      this.#pid = await machine.run(this.#pod.metadata.uid, this.#id(), start, end.resolve);
      this.#set({ kind: 'running', since: timestamp() });
      // A stop that came while it started has signalled nobody.
      if (this.#stopped()) await machine.signal(this.#id(), 'SIGKILL');
      void this.#probe(probing.signal);
      return await end.promise;
    } finally {
      probing.abort();
      this.#pid = undefined;
      this.#ready = false;
    }
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const { readinessProbe: probe } = this.#container;
    if (probe === undefined) {
      this.#setReady(true);
      return;
    }
    const plan = planOf(probe);
    const readiness = new Readiness(plan);
    try {
      await sleep(plan.initialDelay, undefined, { signal });
      for (;;) {
        const { address, machine, agent } = this.#context;
        readiness.take(await askProbe(probe, this.#container, address, machine, agent));
        signal.throwIfAborted();
        if (this.#ready && !readiness.ready) this.#context.warn('Unhealthy', 'Readiness probe failed');
        this.#setReady(readiness.ready);
        await sleep(readiness.wait(), undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** What went wrong before the process ran, if it is something that can pass. */
  #explain(error: unknown): boolean {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ConfigError) this.#set({ kind: 'waiting', reason: 'CreateContainerConfigError', message });
    else if (error instanceof ImageError || error instanceof UnpackError) {
      this.#set({ kind: 'waiting', reason: 'ErrImagePull', message });
    } else return false;
    this.#context.warn('Failed', message);
    return true;
  }

  #ended({ code, signal }: ContainerEnd, since: string): void {
    const number = signal === null ? undefined : constants.signals[signal as NodeJS.Signals];
    this.#set({
      kind: 'terminated',
      exitCode: code ?? 128 + (number ?? 0),
      ...(number !== undefined && { signal: number }),
      since,
      until: timestamp(),
    });
  }

  #startsAgain({ code }: ContainerEnd): boolean {
    const policy = this.#pod.spec.restartPolicy ?? 'Always';
    return policy === 'Always' || (policy === 'OnFailure' && code !== 0);
  }

  async #backOffAfter(failures: number): Promise<void> {
    const delay = backOff(failures);
    if (this.#state.kind === 'terminated') this.#last = this.#state;
    const message = `back-off ${delay / 1000}s restarting failed container=${this.name} pod=${nameOf(this.#pod)}`;
    this.#set({ kind: 'waiting', reason: 'CrashLoopBackOff', message });
    this.#context.warn('BackOff', message);
    await this.#wait(delay);
  }

  #set(state: ContainerState): void {
    this.#state = state;
    this.#context.changed();
  }

  #setReady(ready: boolean): void {
    if (ready === this.#ready) return;
    this.#ready = ready;
    this.#context.changed();
  }

  #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  /** Names one run of the container on the machine. */
  #id(): string {
    return `${this.#pod.metadata.uid}-${this.name}-${this.#starts}`;
  }
}

function backOff(failures: number): number {
  return Math.min(firstBackOff * 2 ** failures, longestBackOff);
}

/** Now, as the API takes times. */
export function timestamp(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

import { join } from 'node:path';
import { identify } from './process/identity.ts';
import { freePorts } from './process/ports.ts';
import { startProgram, StartError, type ProgramStart, type RunningProgram } from './process/program.ts';
import { writeState, type PartState, type PlatformState } from './state.ts';

/** Finds an external program and returns its path; rejects with how to get it. */
export type Programs = (name: string) => Promise<string>;

/** A program to start as a part. Its ports are only known when it starts. */
export interface PartProgram {
  readonly name: string;
  /** Path of the program; found by the part's name when left out. */
  readonly path?: string;
  /** How many free ports it needs. */
  readonly ports: number;
  readonly start: (ports: readonly number[]) => PartCommand;
}

export type PartCommand = Pick<ProgramStart, 'args' | 'env' | 'ready' | 'channel'> & { readonly address?: string };

/** A part that was started; `address` is where it answers. */
export interface StartedPart {
  readonly program: RunningProgram;
  readonly ports: readonly number[];
}

interface Part {
  readonly state: PartState;
  readonly stop: () => Promise<void>;
}

export interface PartsOptions {
  readonly folder: string;
  readonly programs: Programs;
  /** Stops what is being started when it is aborted. */
  readonly signal: AbortSignal;
  /** Told when a part ends that nobody has stopped. */
  readonly onLost: (part: string, how: string, log: string) => void;
  /** Replaced in tests. */
  readonly findPorts?: (count: number) => Promise<number[]>;
}

const portAttempts = 3;

/** The parts of one platform, in the order in which they were started; the state file always lists them. */
export class Parts {
  readonly #options: PartsOptions;
  readonly #parts: Part[] = [];
  #state: PlatformState;
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: PartsOptions, state: PlatformState) {
    this.#options = options;
    this.#state = state;
  }

  static async open(options: PartsOptions): Promise<Parts> {
    const supervisor = await identify(process.pid);
    if (supervisor === undefined) throw new Error('this process is not in /proc');
    const parts = new Parts(options, { version: 1, supervisor, startedAt: new Date().toISOString(), parts: [] });
    await parts.#write();
    return parts;
  }

  get folder(): string {
    return this.#options.folder;
  }

  /** Aborted when the platform is not wanted any more. */
  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** Starts a program as a part. A port that somebody else took in between is replaced by another. */
  async start({ name, path: given, ports: count, start }: PartProgram): Promise<StartedPart> {
    const path = given ?? (await this.#options.programs(name));
    const log = join(this.folder, 'logs', `${name}.log`);
    for (let attempt = 1; ; attempt++) {
      const ports = await (this.#options.findPorts ?? freePorts)(count);
      const { address, ...command } = start(ports);
      try {
        const running = await startProgram({ name, path, log, signal: this.#options.signal, ...command });
        running.onUnexpectedEnd((how) => this.#options.onLost(name, how, log));
        await this.#add({
          state: {
            name,
            process: running.process,
            since: running.since.toISOString(),
            log,
            ...(address && { address }),
          },
          stop: () => running.stop(),
        });
        return { program: running, ports };
      } catch (error) {
        if (!(error instanceof StartError) || !error.portTaken || attempt === portAttempts) throw error;
      }
    }
  }

  /** Adds a server of this very process as a part. */
  async addServer(name: string, address: string, close: () => Promise<void>): Promise<void> {
    const state = { name, process: this.#state.supervisor, since: new Date().toISOString(), address };
    await this.#add({ state, stop: close });
  }

  /** Says in the state file that everything is up. */
  async ready(): Promise<void> {
    this.#state = { ...this.#state, readyAt: new Date().toISOString() };
    await this.#write();
  }

  /** Stops every part: all are asked, the last one first, before any is waited for. */
  async stop(): Promise<void> {
    const parts = this.#parts.splice(0).reverse();
    const results = await Promise.allSettled(parts.map((part) => part.stop()));
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'parts of the platform could not be stopped');
  }

  async #add(part: Part): Promise<void> {
    this.#parts.push(part);
    this.#state = { ...this.#state, parts: [...this.#state.parts, part.state] };
    await this.#write();
  }

  /** One write after the other: parts start side by side. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => writeState(this.folder, this.#state));
    return this.#writing;
  }
}

import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Parts } from '../parts.ts';
import type { Answer, ContainerStart, News, Request } from './machine-protocol.ts';

/** How a container ended. */
export interface ContainerEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

type Body<R> = R extends unknown ? Omit<R, 'number'> : never;
interface Waiting {
  readonly resolve: (answered: { answer: Answer; socket: Socket | undefined }) => void;
  readonly reject: (error: Error) => void;
}

/** The machine of machine.ts, as the platform sees it. Every call rejects once the machine is gone. */
export class Machine {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ends = new Map<string, (end: ContainerEnd) => void>();
  #number = 0;
  #up = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message, handle) => this.#receive(message as Answer | News, handle));
    child.once('exit', () => this.#lose());
  }

  isUp(): boolean {
    return this.#up;
  }

  async addPod(pod: string, address: string): Promise<void> {
    await this.#ask({ op: 'add-pod', pod, address });
  }

  async removePod(pod: string): Promise<void> {
    await this.#ask({ op: 'remove-pod', pod });
  }

  /**
   * Starts a container.
   * @param onEnd called once, when its first process has ended and its files are gone
   * @returns the id of its first process on this computer, if it still ran when it was looked for
   */
  async run(
    pod: string,
    container: string,
    start: ContainerStart,
    onEnd: (end: ContainerEnd) => void,
  ): Promise<number | undefined> {
    this.#ends.set(container, onEnd);
    try {
      const { answer } = await this.#ask({ op: 'run', pod, container, start });
      return answer.pid === undefined ? undefined : await this.#ownId(answer.pid);
    } catch (error) {
      this.#ends.delete(container);
      throw error;
    }
  }

  async signal(container: string, signal: NodeJS.Signals): Promise<void> {
    await this.#ask({ op: 'signal', container, signal });
  }

  /** Connects to a port of a pod. */
  async dial(address: string, port: number): Promise<Socket> {
    const { socket } = await this.#ask({ op: 'dial', address, port });
    if (socket === undefined) throw new Error(`the connection to ${address}:${port} was lost on its way`);
    return socket;
  }

  #ask(body: Body<Request>): Promise<{ answer: Answer; socket: Socket | undefined }> {
    return new Promise((resolve, reject) => {
      const number = ++this.#number;
      this.#waiting.set(number, { resolve, reject });
      this.#child.send({ ...body, number }, (error) => {
        if (error === null) return;
        this.#waiting.delete(number);
        reject(new Error('the machine of the pods is gone', { cause: error }));
      });
    });
  }

  #receive(message: Answer | News, handle: unknown): void {
    if ('news' in message) {
      if (message.news === 'up') this.#up = true;
      else this.#end(message.container, message);
      return;
    }
    const waiting = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if (message.error !== undefined) waiting?.reject(new Error(message.error));
    else waiting?.resolve({ answer: message, socket: handle instanceof Socket ? handle : undefined });
  }

  #end(container: string, end: ContainerEnd): void {
    this.#ends.get(container)?.(end);
    this.#ends.delete(container);
  }

  #lose(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the machine of the pods is gone'));
    this.#waiting.clear();
    for (const container of [...this.#ends.keys()]) this.#end(container, { code: null, signal: 'SIGKILL' });
  }

  /** The id on this computer of a process that the machine knows by another: its second id in /proc/<pid>/status. */
  async #ownId(inner: number): Promise<number | undefined> {
    const [machine] = await childrenOf(this.#child.pid ?? 0);
    const around = machine === undefined ? [] : await childrenOf(machine);
    for (const pid of (await Promise.all(around.map(childrenOf))).flat()) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      if (/^NSpid:\s+\d+\s+(\d+)/m.exec(status)?.[1] === String(inner)) return pid;
    }
    return undefined;
  }
}

/** Connections to pods for HTTP: `host` is a pod's address. Idle ones are kept and used again. */
export class PodAgent extends Agent {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    super({ keepAlive: true, maxFreeSockets: 64 });
    this.#machine = machine;
  }

  override createConnection(
    { host, port }: { host?: string | null; port?: number | string | null },
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null {
    this.#machine.dial(host ?? '', Number(port)).then(
      (socket) => callback?.(null, socket),
      // The type asks for a socket beside an error; Node looks at the error only.
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
    return null;
  }
}

/**
 * Starts the machine as a part. As root it is a machine of its own with the users that images name. Otherwise it is made
 * in a user namespace in which only this user exists: there every container runs as this user.
 */
export async function startMachine(parts: Parts): Promise<Machine> {
  const scratch = join(parts.folder, 'data', 'machine');
  await mkdir(scratch, { recursive: true, mode: 0o755 });
  const started: { machine?: Machine } = {};
  await parts.start({
    name: 'machine',
    path: 'unshare',
    ports: 0,
    start: () => ({
      args: [
        ...(isRoot() ? [] : ['--user', '--map-root-user']),
        ...['--pid', '--fork', '--kill-child=KILL', '--mount', '--mount-proc', '--net', '--ipc', '--'],
        ...[process.execPath, fileURLToPath(new URL('machine.ts', import.meta.url)), scratch],
      ],
      env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin` },
      channel: (child) => {
        started.machine = new Machine(child);
      },
      ready: () => Promise.resolve(started.machine?.isUp() ?? false),
    }),
  });
  if (started.machine === undefined) throw new Error('the machine has started without its channel');
  return started.machine;
}

/** Whether images run as the users that they name. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

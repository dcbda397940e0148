import type { Clock, Exec, Files } from '../../effects/effects.ts';

/** What starting a program under a profile asks of the world. */
export interface EnforceEffects {
  readonly exec: Exec;
  readonly files: Files;
  readonly clock: Clock;
  /** A folder of this job; each start makes one of its own below it and removes it. */
  readonly temp: string;
  /** Path of Node, which asks the program for its page from inside its network namespace. */
  readonly node: string;
  readonly signal?: AbortSignal;
}

/** When a program counts as started. */
export type Ready =
  /** It ends by itself with this exit code. */
  | { readonly kind: 'exit'; readonly code: number }
  /** It listens on this TCP port. */
  | { readonly kind: 'tcp'; readonly port: number }
  /** It answers a GET with this status. */
  | { readonly kind: 'http'; readonly url: string; readonly status: number }
  /** This command ends with 0. It runs in the container and under the profile, as Docker runs health checks. */
  | { readonly kind: 'command'; readonly argv: readonly string[] };

/** How a service's program is started, and what is expected of it. Times are milliseconds. */
export interface Start {
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  readonly user: { readonly uid: number; readonly gid: number };
  /** Whose programs it runs with: this machine's, or those of an unpacked image. Both are read-only to it and stay as they are. */
  readonly rootfs: 'host' | { readonly folder: string };
  /** A folder of this machine that it sees at `/workspace`, read-only. */
  readonly workspace?: string;
  /** Folders that are empty and writable, in memory. */
  readonly writable: readonly string[];
  /** Bounding set: `CAP_NET_BIND_SERVICE`, … */
  readonly capabilities: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly ready: Ready;
  readonly readyWithin: number;
  /** How long it must go on, and still be ready, before it is stopped; some programs need seconds to show a missing call. */
  readonly steadyFor: number;
  /** A command of this machine that makes the program work meanwhile, in its network and not under its profile; it must end with 0. */
  readonly exercise?: readonly string[];
  readonly stopSignal: string;
  readonly stopWithin: number;
}

/** A program that can enforce a profile. */
export interface Runtime {
  readonly name: 'runc' | 'crun' | 'docker' | 'podman';
  readonly version: string;
  readonly path: string;
  /** Words before a command that needs root: none, or sudo's. */
  readonly asRoot: readonly string[];
}

export type StartOutcome =
  /** It was ready, stayed so, and stopped when it was asked to. */
  | 'started'
  /** It ran, and was not ready in time. */
  | 'not-ready'
  /** It ended by itself before it was ready, or before it was asked to stop. */
  | 'exited'
  /** So, by a signal. */
  | 'killed'
  /** The runtime did not start the program: a profile it does not take, a program that does not exist. */
  | 'runtime-refused'
  /** It was ready, and had to be killed when its time to stop was over. */
  | 'did-not-stop';

export interface StartResult {
  readonly runtime: Pick<Runtime, 'name' | 'version' | 'path'>;
  readonly outcome: StartOutcome;
  /** How its first process ended; null when it was killed because its time was over. */
  readonly exit: { readonly code: number } | { readonly signal: string } | null;
  /** Filters that the kernel counts on its first process; undefined when it ended before anybody could look. */
  readonly filters: number | undefined;
  /** Milliseconds from start to ready; undefined when it never was. */
  readonly readyAfter: number | undefined;
  /** Milliseconds of the whole check, stopping included. */
  readonly took: number;
  /** The end of what it wrote. */
  readonly output: string;
  /** What the runtime, or the loader of the profile, said against it. */
  readonly refusal: string;
}

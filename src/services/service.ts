import type { Place } from '../report/report.ts';

/**
 * Something that runs in a container: a service of a Compose project, or a container of a pod. Files are named relative to the workspace.
 */
export interface Service {
  /** Name of the Compose service, or of the container. */
  readonly name: string;
  /** As findings name it: `service/api`, `deployment/web container/app`. */
  readonly resource: string;
  readonly kind: 'compose' | 'kubernetes';
  /** Where it is defined; of a rendered chart the template's file. */
  readonly place: Place;
  /** As written, with variables filled in; absent when it is built and has no name. */
  readonly image?: string;
  /** Labels of the Compose service, or of the pod. */
  readonly labels: ReadonlyMap<string, string>;
  readonly seccomp: ProfileChoice;
  /** Privileged containers run unconfined, but for engines that honour a profile beside it. */
  readonly privileged: Placed<boolean>;
  readonly addedCapabilities: Placed<readonly string[]>;
  readonly droppedCapabilities: Placed<readonly string[]>;
  /** User that the command runs as; what nobody says, an image of ours may say (its Dockerfile's USER). */
  readonly user: Placed<User>;
  readonly noNewPrivileges: Placed<boolean>;
  readonly readOnlyRoot: Placed<boolean>;
  /** Sockets of a container engine that are mounted, by their path on the host. */
  readonly engineSockets: readonly Placed<string>[];
  readonly limits: Placed<{ readonly cpu: boolean; readonly memory: boolean }>;
  /** A health check in Compose, a liveness or readiness probe in Kubernetes. */
  readonly healthCheck: Placed<boolean>;
  /** What is started, where it is written or a Dockerfile says it; empty when only the image knows. */
  readonly command: readonly string[];
}

/** A value with the place that says it; without one, nobody said it and it is the engine's default. */
export interface Placed<T> {
  readonly value: T;
  readonly place?: Place;
}

/** A user as numbers; undefined for what is a name, or unknown. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
  /** As written. */
  readonly text: string;
}

/** Which profile a service asks for. */
export type ProfileChoice =
  /** Nothing is asked for: the engine's default, or none at all in a cluster without `seccompDefault`. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unconfined' | 'runtime-default'; readonly place: Place }
  /** `path` is absolute below the workspace's root, or as the kubelet has it for `localhost`. */
  | { readonly kind: 'file' | 'localhost'; readonly path: string; readonly written: string; readonly place: Place };

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
  readonly image?: string | undefined;
  /** Labels of the Compose service, or of the pod. */
  readonly labels: ReadonlyMap<string, string>;
  readonly seccomp: ProfileChoice;
  /** Privileged containers run unconfined, but for engines that honour a profile beside it. */
  readonly privileged: Placed<boolean>;
  /** Upper case, without `CAP_`; `ALL` is one of them. */
  readonly addedCapabilities: readonly Placed<string>[];
  readonly droppedCapabilities: readonly Placed<string>[];
  /** User that the command runs as; what nobody says, an image of ours may say (its Dockerfile's USER). */
  readonly user: Placed<User>;
  readonly noNewPrivileges: Placed<boolean>;
  readonly readOnlyRoot: Placed<boolean>;
  /** What is mounted from the host and holds the socket of a container engine, by its path on the host. */
  readonly engineSockets: readonly Placed<string>[];
  readonly limits: Placed<{ readonly cpu: boolean; readonly memory: boolean }>;
  /** A health check in Compose, a liveness or readiness probe in Kubernetes. */
  readonly healthCheck: Placed<boolean>;
  /** An init container or one of a job: it ends by itself, so nobody asks for its health. */
  readonly endsByItself: boolean;
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
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** As written; empty when nobody says it. */
  readonly text: string;
}

/** Which profile a service asks for. */
export type ProfileChoice =
  /** Nothing is asked for: the engine's default, or none at all in a cluster without `seccompDefault`. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unconfined' | 'runtime-default'; readonly place: Place }
  /** `path` is absolute for `file`; for `localhost` it is relative to the kubelet's folder of profiles, as written. */
  | { readonly kind: 'file' | 'localhost'; readonly path: string; readonly written: string; readonly place: Place };

import type { Node } from '../../documents/node.ts';
import type { LibseccompRelease } from '../syscalls/lookup.ts';
import type { Host } from '../syscalls/architectures.ts';

/** The runtimes that the model knows, by the versions that were measured. */
export type Runtime = 'runc 1.1.5' | 'runc 1.3.6' | 'crun 1.8.1' | 'crun 1.28';

/**
 * Who reads the profile's file: Docker's engine, podman with buildah and CRI-O (containers/common), containerd (and Kubernetes over it), or
 * the runtime itself from its config.json.
 */
export type Loader = 'moby' | 'containers-common' | 'containerd' | 'none';

/** Where a profile is put to use; what a profile means depends on all of it. */
export interface Environment {
  readonly loader: Loader;
  readonly runtime: Runtime;
  readonly host: Host;
  /** Version of the kernel: `[6, 8]`. */
  readonly kernel: readonly [number, number];
  /** Bounding set of the container: `CAP_SYS_ADMIN`, … */
  readonly capabilities: ReadonlySet<string>;
  readonly libseccomp: LibseccompRelease;
}

/** Rule of a profile as the OCI runtime gets it (opencontainers/runtime-spec 1.2.1, config-linux.md, "Seccomp"). */
export interface OciRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet: bigint | undefined;
  readonly args: readonly OciArgument[];
  /** Where it is written. */
  readonly source: Node;
}

export interface OciArgument {
  readonly index: bigint;
  readonly value: bigint;
  readonly valueTwo: bigint;
  readonly op: string;
  readonly source: Node;
}

/** Profile as the OCI runtime gets it. Words are as written; the runtime judges them. */
export interface OciProfile {
  readonly defaultAction: string;
  readonly defaultErrnoRet: bigint | undefined;
  readonly architectures: readonly string[];
  readonly flags: readonly string[];
  readonly listenerPath: string;
  readonly syscalls: readonly OciRule[];
  readonly source: Node;
}

/** The same where no file says it, so that nothing has a place. */
export interface BareRule extends Omit<OciRule, 'source' | 'args'> {
  readonly args: readonly Omit<OciArgument, 'source'>[];
}
export interface BareProfile extends Omit<OciProfile, 'source' | 'syscalls'> {
  readonly syscalls: readonly BareRule[];
}

/** Line and column, from 1. */
export type Position = Pick<Node, 'line' | 'column'>;

/** The container does not start: the message says who refuses what, the position where it is written. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly position: Position | undefined;
  constructor(message: string, position?: Position) {
    super(message);
    this.position = position;
  }
}

/** What the platform and the machine say to each other; types only. */

/** A process to start in a pod, with everything that is known about it already decided. */
export interface ContainerStart {
  /** Folder of the unpacked image; shared, never written to. */
  readonly root: string;
  /** Program and arguments; the program is looked up in the container's `PATH`. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  /** Left out where the machine has one user only: then it runs as that user. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly readOnly: boolean;
  /** Absolute paths inside of the container that get an empty folder of their own. */
  readonly emptyFolders: readonly string[];
  /** Lines for `/etc/hosts`. */
  readonly hosts: string;
  /** File for both output streams. */
  readonly log: string;
}

/** A request; each is answered by an {@link Answer} of the same number. */
export type Request = { readonly number: number } & (
  | { readonly op: 'add-pod'; readonly pod: string; readonly address: string }
  | { readonly op: 'remove-pod'; readonly pod: string }
  | { readonly op: 'run'; readonly pod: string; readonly container: string; readonly start: ContainerStart }
  | { readonly op: 'signal'; readonly container: string; readonly signal: NodeJS.Signals }
  /** Answered with the connected socket. */
  | { readonly op: 'dial'; readonly address: string; readonly port: number }
);

export interface Answer {
  readonly number: number;
  readonly error?: string;
  /** Of a container that was started: its id in the machine's own namespace. */
  readonly pid?: number;
}

/** Told without being asked: once at the start, and when a container has ended. */
export type News =
  | { readonly news: 'up' }
  | {
      readonly news: 'ended';
      readonly container: string;
      readonly code: number | null;
      readonly signal: string | null;
    };

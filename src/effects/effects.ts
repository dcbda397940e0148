/**
 * What a field may ask of the world: types only. `src/action` makes the real ones, tests make their own.
 */

/** Options of {@link Exec}. Times are milliseconds, sizes are bytes. */
export interface ExecOptions {
  readonly cwd?: string;
  /** The whole environment of the program; without it the program gets `PATH`, `HOME` and proxy variables only. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** After this time the program and its children get SIGTERM, five seconds later SIGKILL. */
  readonly timeout?: number;
  /** Output beyond this is dropped and `truncated` is set; the program goes on. */
  readonly maxOutput?: number;
  readonly signal?: AbortSignal;
}

/** How a program ended. `code` is null when a signal or the time limit ended it. */
export interface ExecResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly truncated: boolean;
}

/** Runs a program without a shell. Rejects only when the program cannot be started. */
export type Exec = (program: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/** Files of the machine. Every read is bounded; a larger file rejects with {@link TooLargeError}. */
export interface Files {
  readBytes(path: string, maxBytes: number): Promise<Uint8Array>;
  readText(path: string, maxBytes: number): Promise<string>;
  /** Hex SHA-256 of a file of any size. */
  sha256(path: string): Promise<string>;
  /** Paths of the regular files below a folder, sorted, links not followed; at most `maxFiles`, else rejects. */
  list(folder: string, maxFiles: number): Promise<string[]>;
  /** Paths of the symbolic links below a folder, none of them followed. */
  links(folder: string): Promise<string[]>;
  /** 'missing' also for a path that goes through something that is no folder. */
  kind(path: string): Promise<'file' | 'folder' | 'other' | 'missing'>;
  /** The path with every link followed; rejects when it does not exist. */
  realPath(path: string): Promise<string>;
  /** `mode` is the permission of a new file; without it the machine's usual one. */
  write(path: string, content: string | Uint8Array, mode?: number): Promise<void>;
  makeFolder(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** A file, answer or document was larger than the reader allows. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
  constructor(what: string, maxBytes: number) {
    super(`${what} is larger than ${maxBytes} bytes`);
  }
}

/** Options of {@link Http}. Redirects are never followed by it: who wants one reads `location` and decides. */
export interface HttpOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout?: number;
  readonly maxBytes?: number;
  /** Writes the body to this file, which is created or emptied, as it arrives; {@link HttpResponse.body} is then empty. */
  readonly saveTo?: string;
  readonly signal?: AbortSignal;
}

/** An answer; header names are lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One request over http or https, through the proxy that the environment names. Rejects when no answer came. */
export type Http = (url: string, options?: HttpOptions) => Promise<HttpResponse>;

export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface Log {
  info(message: string): void;
  warning(message: string): void;
  /** Folds what `work` logs under a heading. */
  group<T>(heading: string, work: () => Promise<T>): Promise<T>;
}

/** How much is known about a program's bytes: a published digest, a build from committed sums, or nothing. */
export type ProgramOrigin = 'release' | 'source' | 'unverified';

/** An external program that is ready to run. `sha256` is the hex digest of the file at `path`. */
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
  readonly origin: ProgramOrigin;
}

/** A program cannot be had, or its bytes are not the pinned ones. The message says what is wrong and where. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  /** What to do about it, as a sentence. */
  readonly fix: string;
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}

/**
 * Finds a program, checks its digest and returns it. Rejects with {@link ProgramError} when it cannot be had, and with
 * a UsageError when `path` or a local setting names no file.
 */
export type FindProgram = (name: string, path?: string) => Promise<Program>;

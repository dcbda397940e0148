import {
  chmodSync,
  closeSync,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Parser, type ReadEntry } from 'tar';

/** An image's layer that must not be unpacked, or cannot be. */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
}

/** What one image may take on disk, all layers together. */
export interface UnpackBudget {
  bytes: number;
  entries: number;
}

const maxLinks = 40;
const opaque = '.wh..wh..opq';
const whiteout = '.wh.';

/**
 * Applies one layer to a root folder (OCI image specification 1.1, "Image Layer Filesystem Changeset"). Nothing is
 * written outside of the root, whatever the layer's names and links say: links in the way are followed inside of it, as
 * they would be after a chroot. Owners are kept when this process is root. Device nodes and FIFOs are left out: a
 * container gets its own `/dev`. Extended attributes are not kept.
 * @param chunks the layer as it lies in the registry, compressed or not
 * @throws UnpackError
 */
export async function applyLayer(root: string, chunks: AsyncIterable<Uint8Array>, budget: UnpackBudget): Promise<void> {
  const layer = new Layer(root, budget);
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure ??= error;
  };
  const parser = new Parser({ strict: true });
  parser.on('error', fail);
  parser.on('entry', (entry: ReadEntry) => {
    try {
      layer.apply(entry, fail);
    } catch (error) {
      fail(error);
      entry.resume();
    }
  });
  for await (const chunk of chunks) {
    parser.write(Buffer.from(chunk));
    if (failure !== undefined) break;
  }
  if (failure === undefined) parser.end();
  if (failure !== undefined) throw asUnpackError(failure);
}

function asUnpackError(error: unknown): UnpackError {
  if (error instanceof UnpackError) return error;
  return new UnpackError(`a layer cannot be unpacked: ${String(error)}`, { cause: error });
}

class Layer {
  readonly #root: string;
  readonly #budget: UnpackBudget;
  readonly #keepOwners = process.getuid?.() === 0;
  /** What this layer has written: an opaque whiteout hides only what lies below it. */
  readonly #written = new Set<string>();

  constructor(root: string, budget: UnpackBudget) {
    this.#root = root;
    this.#budget = budget;
  }

  /** Applies one entry. A file's content comes later, so its errors are told through `fail`. */
  apply(entry: ReadEntry, fail: (error: unknown) => void): void {
    this.#spend(entry);
    const parts = partsOf(entry.path);
    const name = parts.pop();
    if (name === undefined) {
      entry.resume();
      return;
    }
    const parent = resolveFolder(this.#root, parts);
    if (name.startsWith(whiteout)) {
      this.#remove(parent, name);
      entry.resume();
      return;
    }
    const target = join(parent, name);
    this.#written.add(target);
    if (entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile') {
      this.#writeFile(target, entry, fail);
      return;
    }
    this.#makeOther(target, entry);
    entry.resume();
  }

  #spend({ size, path }: ReadEntry): void {
    this.#budget.entries -= 1;
    this.#budget.bytes -= size;
    if (this.#budget.entries < 0 || this.#budget.bytes < 0) {
      throw new UnpackError(`the image is larger than the local platform unpacks (at \`${path}\`)`);
    }
  }

  #remove(parent: string, name: string): void {
    if (name !== opaque) {
      const hidden = name.slice(whiteout.length);
      if (['', '.', '..'].includes(hidden)) throw new UnpackError(`\`${name}\` hides no file`);
      rmSync(join(parent, hidden), { recursive: true, force: true });
      return;
    }
    for (const child of readdirSync(parent)) {
      const path = join(parent, child);
      if (!this.#hasWrittenBelow(path)) rmSync(path, { recursive: true, force: true });
    }
  }

  #hasWrittenBelow(path: string): boolean {
    return this.#written.has(path) || [...this.#written].some((written) => written.startsWith(`${path}/`));
  }

  #writeFile(target: string, entry: ReadEntry, fail: (error: unknown) => void): void {
    clear(target);
    // Exclusive: the name is free now, and nothing may be followed or overwritten.
    const file = openSync(target, 'wx', 0o600);
    entry.on('data', (chunk: Buffer) => {
      try {
        for (let done = 0; done < chunk.length;) done += writeSync(file, chunk, done);
      } catch (error) {
        fail(error);
      }
    });
    entry.on('end', () => {
      try {
        if (this.#keepOwners) fchownSync(file, entry.uid ?? 0, entry.gid ?? 0);
        fchmodSync(file, modeOf(entry, 0o644));
        const time = entry.mtime ?? new Date(0);
        futimesSync(file, time, time);
      } catch (error) {
        fail(error);
      } finally {
        closeSync(file);
      }
    });
  }

  #makeOther(target: string, entry: ReadEntry): void {
    switch (entry.type) {
      case 'Directory':
        if (!statOf(target)?.isDirectory()) {
          rmSync(target, { force: true });
          mkdirSync(target);
        }
        if (this.#keepOwners) lchownSync(target, entry.uid ?? 0, entry.gid ?? 0);
        chmodSync(target, modeOf(entry, 0o755));
        return;
      case 'SymbolicLink':
        clear(target);
        symlinkSync(entry.linkpath ?? '', target);
        if (this.#keepOwners) lchownSync(target, entry.uid ?? 0, entry.gid ?? 0);
        return;
      case 'Link':
        this.#link(target, entry.linkpath ?? '');
        return;
      case 'CharacterDevice':
      case 'BlockDevice':
      case 'FIFO':
        return;
      default:
        throw new UnpackError(`\`${entry.path}\` is of a kind that is not supported: ${entry.type}`);
    }
  }

  #link(target: string, linkPath: string): void {
    const parts = partsOf(linkPath);
    const name = parts.pop() ?? '';
    const source = join(resolveFolder(this.#root, parts), name);
    if (source === target) return;
    if (statOf(source)?.isDirectory() !== false) {
      throw new UnpackError(`\`${relative(this.#root, target)}\` is a hard link to \`${linkPath}\`, which is no file`);
    }
    clear(target);
    linkSync(source, target);
  }
}

/** The names of a path in the archive; a leading `/` or `./` means the root. */
function partsOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || path.includes('\0')) throw new UnpackError(`\`${path}\` leads out of the image`);
  return parts;
}

/**
 * The real path of a folder of the image. Links are followed as after a chroot: an absolute one starts at the root, and
 * `..` at the root stays there. Folders that are missing are made.
 */
export function resolveFolder(root: string, parts: readonly string[]): string {
  const waiting = [...parts];
  let current = root;
  let links = 0;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      current = current === root ? root : dirname(current);
      continue;
    }
    const next = join(current, part);
    const status = statOf(next);
    if (status?.isSymbolicLink()) {
      if (++links > maxLinks) throw new UnpackError(`\`${parts.join('/')}\` goes through too many links`);
      const target = readlinkSync(next);
      if (target.startsWith('/')) current = root;
      waiting.unshift(...target.split('/'));
      continue;
    }
    if (status === undefined) mkdirSync(next, 0o755);
    else if (!status.isDirectory()) throw new UnpackError(`\`${parts.join('/')}\` goes through a file`);
    current = next;
  }
  return current;
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Makes a name free: a later layer may put a file where a folder was. */
function clear(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function modeOf({ mode }: ReadEntry, otherwise: number): number {
  return (mode ?? otherwise) & 0o7777;
}

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { sha256OfFile } from './digest.ts';

/** What is written beside a program of the store, as `<program>.json`. */
const recordSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** `source`: built from committed sums; `release`: unpacked from a release whose digest is pinned. */
  origin: z.enum(['source', 'release']),
  sha256: z.string(),
  /** Bytes. */
  size: z.int(),
  /** What it was made from: the committed sums, the flags, the compiler; or the release. */
  from: z.record(z.string(), z.string()),
});
export type BuildRecord = z.infer<typeof recordSchema>;

/** A program that can be put into the store. */
export interface StoredProgram {
  readonly name: string;
  readonly version: string;
  readonly origin: BuildRecord['origin'];
  readonly from: Readonly<Record<string, string>>;
  /** Digest of everything that decides the program's bytes: another key is another program. */
  readonly key: string;
}

/**
 * Path of a program in the store, which is `$XDG_CACHE_HOME/slipway/programs`, else `~/.cache/slipway/programs`. The
 * program need not be there.
 */
function storePath({ name, version, key }: StoredProgram): string {
  const { XDG_CACHE_HOME: given = '' } = process.env;
  const cache = given === '' ? join(homedir(), '.cache') : given;
  return join(cache, 'slipway', 'programs', `${name}-${version}-${key.slice(0, 16)}`, name);
}

/** Path of a program that is in the store whole, or undefined. Its bytes are hashed when an action uses it, not here. */
export async function findStored(program: StoredProgram): Promise<string | undefined> {
  const path = storePath(program);
  const record = await readRecord(path);
  const status = await stat(path).catch(() => undefined);
  return record !== undefined && status?.size === record.size ? path : undefined;
}

/** The record beside a program; undefined when there is none that can be read. */
export async function readRecord(path: string): Promise<BuildRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Puts a program into the store. It is made beside the store's own folders and renamed when it is whole, so that two
 * who make the same one at the same time, or one who is killed, leave nothing half done.
 * @param make writes the program to a path
 * @returns path in the store
 */
export async function store(program: StoredProgram, make: (path: string) => Promise<void>): Promise<string> {
  const path = storePath(program);
  const programs = dirname(dirname(path));
  const fresh = join(programs, `.new-${randomUUID()}`);
  await mkdir(fresh, { recursive: true });
  try {
    const made = join(fresh, basename(path));
    await make(made);
    await writeFile(`${made}.json`, `${JSON.stringify(await recordOf(program, made), null, 2)}\n`);
    await moveInto(fresh, program);
    return path;
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await removeAbandoned(programs);
  }
}

async function recordOf({ name, version, origin, from }: StoredProgram, path: string): Promise<BuildRecord> {
  return { name, version, origin, sha256: await sha256OfFile(path), size: (await stat(path)).size, from };
}

/** A folder that is there already was made by another process, or was damaged since: only then it is replaced. */
async function moveInto(fresh: string, program: StoredProgram): Promise<void> {
  const folder = dirname(storePath(program));
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    if ((await findStored(program)) !== undefined) return;
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  }
}

const dayMilliseconds = 24 * 3600 * 1000;

/** Removes what a killed process left. No build takes a day. */
async function removeAbandoned(programs: string): Promise<void> {
  for (const name of await readdir(programs)) {
    if (!name.startsWith('.new-')) continue;
    const status = await stat(join(programs, name)).catch(() => undefined);
    if (status !== undefined && Date.now() - status.mtimeMs > dayMilliseconds)
      await rm(join(programs, name), { recursive: true, force: true });
  }
}

import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pin } from './manifest.ts';
import { fetchRelease, programOf, type Fetcher } from './release.ts';
import type { StoredProgram } from './store.ts';

/** A pinned release as it stands in the store of a developer's machine. */
export function storedRelease({ name, version, url, sha256 }: Pin): StoredProgram {
  return { name, version, origin: 'release', from: { url, sha256 }, key: sha256 };
}

/** Fetches a release, checks it, and puts the program in it at a path of the store. @throws ProgramError */
export async function unpackRelease(pin: Pin, path: string, fetcher: Fetcher): Promise<void> {
  const folder = join(dirname(path), 'release');
  const file = join(folder, pin.file);
  await mkdir(folder);
  await fetchRelease(pin, file, fetcher);
  await rename(await programOf(pin, file, folder), path);
  await rm(folder, { recursive: true });
}

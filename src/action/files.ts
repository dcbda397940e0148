import type { Dirent } from 'node:fs';
import { mkdir, open, opendir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TooLargeError, type Files } from '../effects/effects.ts';
import { sha256OfFile } from '../tools/digest.ts';

/** The files of this machine. */
export const realFiles: Files = {
  readBytes,
  readText: async (path, maxBytes) => {
    const bytes = await readBytes(path, maxBytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw new Error(`${path} is not UTF-8 text`);
    }
  },
  sha256: sha256OfFile,
  list: async (folder, maxFiles) => {
    const found: string[] = [];
    await walk(folder, (path, entry) => {
      if (entry.isFile()) found.push(path);
      if (found.length > maxFiles) throw new Error(`${folder} holds more than ${maxFiles} files`);
    });
    return found.sort();
  },
  links: async (folder) => {
    const found: string[] = [];
    await walk(folder, (path, entry) => {
      if (entry.isSymbolicLink()) found.push(path);
    });
    return found;
  },
  kind: async (path) => {
    try {
      const status = await stat(path);
      return status.isFile() ? 'file' : status.isDirectory() ? 'folder' : 'other';
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? ''))
        return 'missing';
      throw error;
    }
  },
  realPath: (path) => realpath(path),
  write: async (path, content, mode) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode });
  },
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true });
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
};

/** Reads at most one byte more than allowed, so that a file that grows or has no size (a pipe) is bounded too. */
async function readBytes(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let total = 0;
    for await (const chunk of file.createReadStream({ end: maxBytes }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      total += chunk.length;
    }
    if (total > maxBytes) throw new TooLargeError(path, maxBytes);
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** Links are seen and not followed. */
async function walk(folder: string, see: (path: string, entry: Dirent) => void): Promise<void> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, see);
    else see(path, entry);
  }
}

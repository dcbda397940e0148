import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFile, find } from '@actions/tool-cache';
import { ProgramError } from '../effects/effects.ts';
import type { Pin } from './manifest.ts';

/**
 * The released file in the runner's tool cache, whose key holds its digest; undefined when it is not there. Others write
 * to that cache too: who uses the file checks the digest of the copy it uses.
 */
export function cachedRelease(pin: Pin): string | undefined {
  const folder = find(...keyOf(pin));
  return folder === '' ? undefined : join(folder, pin.file);
}

/**
 * Puts a released file into the tool cache.
 * @throws ProgramError when the cache cannot be written; nothing is left in it then
 */
export async function cacheRelease(pin: Pin, path: string): Promise<void> {
  const folder = join(process.env.RUNNER_TOOL_CACHE ?? '', ...keyOf(pin));
  try {
    await cacheFile(path, pin.file, ...keyOf(pin));
  } catch (error) {
    // Another job of this machine may have put the same bytes there at the same time.
    if (cachedRelease(pin) !== undefined) return;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw new ProgramError(
      `${pin.name} ${pin.version} cannot be put into the tool cache at ${folder}: ${(error as Error).message}`,
      `Make the folder writable, put the program there beforehand, or give its path with the input \`${pin.name}-path\`.`,
      { cause: error },
    );
  }
}

function keyOf({ name, version, platform, sha256 }: Pin): [tool: string, version: string, key: string] {
  return [`slipway-${name}`, version, `${platform}-${sha256}`];
}

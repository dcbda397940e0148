import { chmod, copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../definition/values.ts';
import { ProgramError, type Log, type Program } from '../effects/effects.ts';
import { checkArchive, unpack } from './archive.ts';
import { cachedRelease, cacheRelease } from './cache.ts';
import { sha256OfFile } from './digest.ts';
import { download, NotServed, type Download, type Network } from './fetch.ts';
import type { Pin } from './manifest.ts';

/** What is needed to fetch a release. */
export interface Fetcher extends Network {
  readonly log: Pick<Log, 'info' | 'warning'>;
  /** Base URL below which the releases lie too, under host and path of their own address; undefined for none. */
  readonly mirror: string | undefined;
}

/** A program that is ready to run: its path and the hex digest of the file there. */
export type Ready = Pick<Program, 'path' | 'sha256'>;

/**
 * Makes a released program ready to run in a folder of the caller's own: from the tool cache, else the mirror, else
 * upstream. The digest is checked on the very copy that is used, also when it comes from the cache.
 * @param folder is made; when this rejects it is gone again
 * @throws ProgramError when it cannot be had
 */
export async function readyRelease(pin: Pin, folder: string, fetcher: Fetcher): Promise<Ready> {
  try {
    await mkdir(folder, { recursive: true });
    const file = join(folder, pin.file);
    if (!(await takeFromCache(pin, file, fetcher))) {
      await fetchRelease(pin, file, fetcher);
      await cacheRelease(pin, file);
    }
    const path = await programOf(pin, file, folder);
    return { path, sha256: pin.binary === undefined ? pin.sha256 : await sha256OfFile(path) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The program in a released file, unpacked into a folder when the file is an archive, ready to run. */
export async function programOf(pin: Pin, file: string, folder: string): Promise<string> {
  const program = pin.binary === undefined ? file : await unpack(file, pin.binary, folder, titleOf(pin));
  await chmod(program, 0o755);
  return program;
}

async function takeFromCache(pin: Pin, file: string, { log }: Fetcher): Promise<boolean> {
  const cached = cachedRelease(pin);
  if (cached === undefined) return false;
  await copyFile(cached, file).catch(() => undefined);
  if ((await isFile(file)) && (await sha256OfFile(file)) === pin.sha256) return true;
  log.warning(`${titleOf(pin)}: the copy at ${cached} is damaged or was changed. It is not used, and fetched anew.`);
  return false;
}

/**
 * Fetches a release from the mirror, else from upstream, and checks it. Wrong bytes end the search: whoever gave them is
 * not to be passed over in silence.
 * @param file path to write to
 * @throws ProgramError when it cannot be had
 */
export async function fetchRelease(pin: Pin, file: string, fetcher: Fetcher): Promise<void> {
  const what = titleOf(pin);
  const missed: string[] = [];
  for (const source of sourcesOf(pin, fetcher.mirror)) {
    try {
      const started = fetcher.clock.now().getTime();
      await download({ what, ...source, sha256: pin.sha256, size: pin.size }, file, fetcher);
      if (pin.binary !== undefined) await checkArchive(file, pin.binary, what);
      const seconds = Math.round((fetcher.clock.now().getTime() - started) / 1000);
      const { size } = await stat(file);
      fetcher.log.info(
        `${what}: ${Math.round(size / 1e6)} MB from ${new URL(source.url).host} in ${seconds} s, sha256 as pinned.`,
      );
      return;
    } catch (error) {
      if (!(error instanceof NotServed)) throw error;
      missed.push(error.message);
    }
  }
  throw new ProgramError(
    `${what} cannot be fetched. ${missed.join(' ')}`,
    `Check the network or the proxy; name a mirror in SLIPWAY_TOOL_MIRROR; or give a path with the input \`${pin.name}-path\`.`,
  );
}

function sourcesOf(pin: Pin, mirror: string | undefined): Pick<Download, 'url' | 'hosts'>[] {
  const upstream = { url: pin.url, hosts: pin.hosts };
  if (mirror === undefined || mirror === '') return [upstream];
  const base = URL.parse(mirror);
  if (base?.protocol !== 'https:') {
    throw new UsageError(
      `SLIPWAY_TOOL_MIRROR is \`${mirror}\`. Allowed: an https URL, such as https://mirror.example/tools.`,
    );
  }
  const { host, pathname } = new URL(pin.url);
  return [{ url: `${base.href.replace(/\/$/, '')}/${host}${pathname}`, hosts: [base.host] }, upstream];
}

/** A program as errors and logs name it. */
export function titleOf({ name, version, platform }: Pin): string {
  return `${name} ${version} for ${platform}`;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

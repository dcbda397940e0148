import { dirname, join, resolve } from 'node:path';
import type { Context } from '../definition/context.ts';
import { ProgramError, type FindProgram, type Program } from '../effects/effects.ts';
import { sha256OfFile } from './digest.ts';
import { givenPath, settingOf } from './given.ts';
import { pinOf, pinsOf, readManifest, thisPlatform, type Manifest, type Pin } from './manifest.ts';
import type { Fetcher, Ready } from './release.ts';
import { findStored, readRecord, store, type BuildRecord } from './store.ts';

type World = Pick<Context, 'http' | 'clock' | 'log' | 'local' | 'temp' | 'packaged' | 'signal'>;

/**
 * Makes the function that finds programs for one run of an action: the local setting, else the given path, else the
 * pinned release. Each program is made ready once.
 * @param mirror base URL of a mirror of the releases
 */
export function programFinder(world: World, mirror: string | undefined): FindProgram {
  const found = new Map<string, Promise<Program>>();
  return (name, path) => {
    const key = JSON.stringify([name, path]);
    const program = found.get(key) ?? find(name, path, world, mirror);
    found.set(key, program);
    return program;
  };
}

async function find(
  name: string,
  path: string | undefined,
  world: World,
  mirror: string | undefined,
): Promise<Program> {
  const manifest = await readManifest(world.packaged('tools/manifest.yaml'));
  const setting = world.local[name];
  if (setting !== undefined) {
    return givenProgram(name, setting, settingOf(name), manifest, await readRecord(resolve(setting)));
  }
  if (path !== undefined) return givenProgram(name, path, `Input \`${name}-path\``, manifest);
  const pin = pinOf(manifest, name, thisPlatform());
  const fetcher = { ...world, mirror };
  // Every runner names its tool cache, in a variable that no step can change.
  const onRunner = process.env.RUNNER_TOOL_CACHE !== undefined;
  const ready = await (onRunner ? releaseOfRunner(pin, world.temp, fetcher) : releaseOfStore(pin, fetcher));
  return { name, version: pin.version, origin: 'release', ...ready };
}

/** What fetches and unpacks is loaded when it is needed: it brings the tool cache's whole HTTP stack. */
async function releaseOfRunner(pin: Pin, temp: string, fetcher: Fetcher): Promise<Ready> {
  const { readyRelease } = await import('./release.ts');
  return readyRelease(pin, join(temp, 'programs', pin.name), fetcher);
}

/** Outside a runner a release lies ready in the store, with its digest in the record beside it. */
async function releaseOfStore(pin: Pin, fetcher: Fetcher): Promise<Ready> {
  const { storedRelease, unpackRelease } = await import('./stored-release.ts');
  const program = storedRelease(pin);
  const path = (await findStored(program)) ?? (await store(program, (fresh) => unpackRelease(pin, fresh, fetcher)));
  const sha256 = await sha256OfFile(path);
  if ((await readRecord(path))?.sha256 === sha256) return { path, sha256 };
  throw new ProgramError(`${path} was changed since it was unpacked.`, `Remove ${dirname(path)} and try again.`);
}

/**
 * A program that the user names. It counts as a release only when the manifest knows its very bytes, and as built from
 * source only by a build record, which is read for a local setting alone: beside any other path anybody may write one.
 */
async function givenProgram(
  name: string,
  given: string,
  giver: string,
  manifest: Manifest,
  record?: BuildRecord,
): Promise<Program> {
  const path = await givenPath(name, given, giver);
  const sha256 = await sha256OfFile(path);
  const program = { name, path, sha256 };
  const pin = pinsOf(manifest, name).find(({ binarySha256 }) => binarySha256 === sha256);
  if (pin !== undefined) return { ...program, version: pin.version, origin: 'release' };
  if (record?.name === name && record.sha256 === sha256)
    return { ...program, version: record.version, origin: record.origin };
  return { ...program, version: 'unknown', origin: 'unverified' };
}

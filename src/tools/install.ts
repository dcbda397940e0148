import { join } from 'node:path';
import { UsageError } from '../definition/values.ts';
import { ProgramError } from '../effects/effects.ts';
import { buildGo, goBuild, goNeeded, goToolchain } from './go-build.ts';
import { givenPath, settingOf } from './given.ts';
import { goPrograms } from './go-programs.ts';
import { pinsOf, readManifest, thisPlatform, type Pin } from './manifest.ts';
import { installPython, pythonPin, pythonPrograms } from './python-programs.ts';
import { findStored, store, type StoredProgram } from './store.ts';
import { storedRelease, unpackRelease } from './stored-release.ts';
import { findSystemProgram, installSystemPrograms, systemPrograms } from './system-programs.ts';
import { withProgress, type Workshop } from './workshop.ts';

/** How a program is to be had. */
export interface Choice {
  /** Fetch the pinned release where there is one, instead of building from source. */
  readonly release: boolean;
}

/** A program that is ready, and where. */
export interface Installed {
  readonly name: string;
  readonly path: string;
}

/** Programs that live in Slipway's own folder: everything but those of the operating system. */
export const ownPrograms: readonly string[] = [...Object.keys(goPrograms), ...Object.keys(pythonPrograms)];

/**
 * Makes programs ready on this machine: what is there already stays, the rest is built from source, unpacked from a
 * wheel or installed from Debian. Without Go, a program is fetched as a release where the manifest has one.
 * @returns the programs in the order of the names
 * @throws UsageError when a name is unknown
 * @throws ProgramError when one cannot be had
 */
export async function install(names: readonly string[], choice: Choice, workshop: Workshop): Promise<Installed[]> {
  const known = [...ownPrograms, ...Object.keys(systemPrograms)];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UsageError(`Unknown: ${unknown.join(', ')}. Allowed: ${known.join(', ')}.`);

  const missing = [];
  for (const name of names) {
    if (name in systemPrograms && (await findSystemProgram(name, workshop)) === undefined) missing.push(name);
  }
  if (missing.length > 0) await installSystemPrograms(missing, workshop);

  const toolchain = names.some((name) => name in goPrograms) ? await goToolchain(workshop) : undefined;
  const installed: Installed[] = [];
  for (const name of names) installed.push({ name, path: await installOne(name, choice, toolchain, workshop) });
  return installed;
}

/**
 * Paths of programs by name: the one that the user names with `SLIPWAY_<PROGRAM>`, else as {@link install} makes it ready
 * from source.
 * @throws UsageError when a setting names no file, or a name is unknown
 * @throws ProgramError when one cannot be had
 */
export async function findPrograms(names: readonly string[], workshop: Workshop): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>();
  for (const name of names) {
    const { [settingOf(name)]: setting = '' } = workshop.env;
    if (setting !== '') given.set(name, await givenPath(name, setting, settingOf(name)));
  }
  const missing = names.filter((name) => !given.has(name));
  const installed = await install(missing, { release: false }, workshop);
  return new Map([...given, ...installed.map(({ name, path }) => [name, path] as const)]);
}

async function installOne(
  name: string,
  { release }: Choice,
  toolchain: string | undefined,
  workshop: Workshop,
): Promise<string> {
  if (name in systemPrograms) return systemProgram(name, workshop);
  if (name in pythonPrograms) {
    const pin = await pythonPin(name, workshop.root);
    return ready(pin, 'fetching from PyPI', pythonPrograms[name] ?? 0, workshop, (path) =>
      installPython(pin, path, workshop),
    );
  }
  const pin = release || toolchain === undefined ? await releaseFor(name, workshop.root) : undefined;
  if (pin !== undefined) return releasedProgram(pin, workshop);
  if (toolchain === undefined) throw await noGo(name, workshop.root);
  const build = await goBuild(name, toolchain, workshop.root);
  return ready(build, `building with ${toolchain}`, build.seconds, workshop, (path) => buildGo(build, path, workshop));
}

async function systemProgram(name: string, workshop: Workshop): Promise<string> {
  const path = await findSystemProgram(name, workshop);
  if (path !== undefined) return path;
  throw new ProgramError(
    `${name} is not there, although its package was installed.`,
    'Correct its row in src/tools/system-programs.ts.',
  );
}

async function releaseFor(name: string, root: string): Promise<Pin | undefined> {
  const manifest = await readManifest(join(root, 'tools', 'manifest.yaml'));
  return pinsOf(manifest, name).find(({ platform }) => platform === thisPlatform());
}

const releaseSeconds = 10;

async function releasedProgram(pin: Pin, workshop: Workshop): Promise<string> {
  const log = { info: workshop.say, warning: workshop.say };
  const fetcher = { ...workshop, log, mirror: workshop.env.SLIPWAY_TOOL_MIRROR };
  return ready(storedRelease(pin), 'fetching the release', releaseSeconds, workshop, (path) =>
    unpackRelease(pin, path, fetcher),
  );
}

async function noGo(name: string, root: string): Promise<ProgramError> {
  return new ProgramError(
    `${name} has no pinned release for ${thisPlatform()}, and there is no Go to build it.`,
    `Install Go ${await goNeeded(name, root)} or newer (https://go.dev/dl/), so that \`go\` is in the PATH.`,
  );
}

async function ready(
  program: StoredProgram,
  how: string,
  seconds: number,
  workshop: Workshop,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const title = `${program.name} ${program.version}`;
  const there = await findStored(program);
  if (there === undefined) return withProgress(`${title}: ${how}`, seconds, workshop, () => store(program, make));
  workshop.say(`${title}: already there`);
  return there;
}

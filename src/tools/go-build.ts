import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ProgramError } from '../effects/effects.ts';
import { goPrograms } from './go-programs.ts';
import type { StoredProgram } from './store.ts';
import { mustSucceed, type Workshop } from './workshop.ts';

/** The same for every program: another experiment or flag would compile everything anew. Trivy needs `jsonv2`. */
const environment = { CGO_ENABLED: '0', GOEXPERIMENT: 'jsonv2', GOFLAGS: '-trimpath' };
const flags = ['-buildvcs=false'];

/** A program as it would be built now. */
export interface GoBuild extends StoredProgram {
  readonly folder: string;
  readonly args: readonly string[];
  readonly seconds: number;
}

/** The Go on this machine as `go1.26.8 linux amd64`, or undefined when there is none. */
export async function goToolchain({ exec, env }: Workshop): Promise<string | undefined> {
  const result = await exec('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { env }).catch(() => undefined);
  return result?.code === 0 ? result.stdout.trim().replaceAll('\n', ' ') : undefined;
}

/** Which build of a program this checkout and this toolchain make. */
export async function goBuild(name: string, toolchain: string, root: string): Promise<GoBuild> {
  const program = goPrograms[name];
  if (program === undefined) throw new Error(`${name} is not in the table of Go programs`);
  const folder = join(root, 'tools', 'go', program.module);
  const goMod = await readFile(join(folder, 'go.mod'), 'utf8');
  const version = requiredVersion(goMod, program.versionOf);
  const ldflags = ['-s', '-w', ...(program.stamp === undefined ? [] : ['-X', program.stamp(version)])].join(' ');
  const args = ['build', ...flags, '-ldflags', ldflags];
  const from = {
    module: `tools/go/${program.module}`,
    package: program.package,
    sources: await digestOfSources(folder),
    flags: args.slice(1).join(' '),
    environment: JSON.stringify(environment),
    toolchain,
  };
  const key = createHash('sha256')
    .update(JSON.stringify({ name, version, ...from }))
    .digest('hex');
  return { name, version, origin: 'source', from, key, folder, args, seconds: program.seconds };
}

/** Builds a program to a path. @throws ProgramError with the compiler's last lines */
export async function buildGo(build: GoBuild, path: string, { exec, env, signal }: Workshop): Promise<void> {
  const result = await exec('go', [...build.args, '-o', path, build.from.package ?? '.'], {
    cwd: build.folder,
    env: { ...env, ...environment },
    signal,
  });
  mustSucceed(
    `go build of ${build.name} in tools/go/${basename(build.folder)}`,
    result,
    'If a module was refused or did not arrive, try again; if Go is too old, install the version that the message names.',
  );
}

/** The Go that a module asks for. */
export async function goNeeded(name: string, root: string): Promise<string> {
  const goMod = await readFile(join(root, 'tools', 'go', goPrograms[name]?.module ?? '', 'go.mod'), 'utf8');
  return /^go (\S+)$/m.exec(goMod)?.[1] ?? '';
}

function requiredVersion(goMod: string, module: string): string {
  const version = goMod
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^require /, '')
        .split(' '),
    )
    .find(([path, found]) => path === module && found?.startsWith('v') === true)?.[1];
  if (version === undefined) {
    throw new ProgramError(`The go.mod requires no ${module}.`, 'Correct `versionOf` in src/tools/go-programs.ts.');
  }
  return version.slice(1);
}

async function digestOfSources(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => ['go.mod', 'go.sum'].includes(name) || name.endsWith('.go'));
  const hash = createHash('sha256');
  for (const name of names.sort())
    hash
      .update(`${name}\0`)
      .update(await readFile(join(folder, name)))
      .update('\0');
  return hash.digest('hex');
}

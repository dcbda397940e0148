import { createHash } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProgramError } from '../effects/effects.ts';
import { thisPlatform } from './manifest.ts';
import type { StoredProgram } from './store.ts';
import { mustSucceed, type Workshop } from './workshop.ts';

/**
 * Programs that are published as wheels on PyPI. `tools/python/<name>.txt` pins the version and the digest of the wheel
 * for each platform. The value is the estimate in seconds.
 */
export const pythonPrograms: Readonly<Record<string, number>> = { zizmor: 5 };

/** Which wheel of a program this checkout pins. */
export async function pythonPin(name: string, root: string): Promise<StoredProgram & { requirements: string }> {
  const requirements = join(root, 'tools', 'python', `${name}.txt`);
  const text = await readFile(requirements, 'utf8');
  const version = new RegExp(`^${name}==(\\S+)`, 'm').exec(text)?.[1];
  if (version === undefined) {
    throw new ProgramError(`${requirements} pins no ${name}.`, `Add a line \`${name}==<version> --hash=sha256:…\`.`);
  }
  const from = { requirements: text, platform: thisPlatform() };
  const key = createHash('sha256').update(JSON.stringify(from)).digest('hex');
  return { name, version, origin: 'release', from, key, requirements };
}

/** Fetches the pinned wheel, whose digest pip checks, and takes the program out of it. @throws ProgramError */
export async function installPython(
  { name, requirements }: { name: string; requirements: string },
  path: string,
  { exec, env, signal }: Workshop,
): Promise<void> {
  const target = join(dirname(path), 'wheel');
  const strict = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--no-input'];
  const args = ['-m', 'pip', 'install', ...strict, '--target', target, '--requirement', requirements];
  const result = await exec('python3', args, { env, signal }).catch((error: unknown) => {
    throw new ProgramError(
      `${name} is a program of PyPI, and python3 cannot be run: ${(error as Error).message}`,
      'Install Python 3 with pip (Debian: apt-get install python3-pip).',
    );
  });
  mustSucceed(`pip install of ${name}`, result, 'Check that PyPI can be reached and that pip is there (python3-pip).');
  await rename(join(target, 'bin', name), path);
  await rm(target, { recursive: true });
}

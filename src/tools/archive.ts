import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getExecOutput } from '@actions/exec';
import { ProgramError } from '../effects/effects.ts';

const fix = 'Nothing of it was unpacked. Do not use this release, and tell the project that publishes it.';

/**
 * Reads the list of a .tar.gz before anything is unpacked. Only files and folders may be in it, all below the folder it
 * is unpacked to, and exactly one file of the given name: a release of one program needs nothing else.
 * @param what for errors: `helm 4.2.4 for linux-x64`
 * @param binary name of the program's entry
 * @throws ProgramError when the archive holds anything else
 */
export async function checkArchive(archive: string, binary: string, what: string): Promise<void> {
  const entries = (await tar(['--list', '--verbose', '--numeric-owner', '--gzip', '--file', archive], what)).map(
    (line) => readEntry(line, what),
  );
  for (const { type, name } of entries) {
    if (name.startsWith('/') || name.split('/').includes('..')) {
      throw new ProgramError(`${what}: its archive holds \`${name}\`, which leads out of the folder.`, fix);
    }
    if (type !== '-' && type !== 'd') {
      throw new ProgramError(`${what}: its archive holds \`${name}\`, which is a link or a device.`, fix);
    }
  }
  const matching = entries.filter(({ type, name }) => type === '-' && name === binary);
  if (matching.length !== 1) {
    const held = entries.map(({ name }) => name).slice(0, 20);
    throw new ProgramError(
      `${what}: its archive holds ${matching.length} files \`${binary}\`, not one. It holds ${held.join(', ')}.`,
      'Correct `binary` in tools/manifest.yaml to the name of the entry.',
    );
  }
}

/**
 * Unpacks one file of an archive.
 * @returns its path below `folder`
 * @throws ProgramError when the entry is not there or not a plain file
 */
export async function unpack(archive: string, binary: string, folder: string, what: string): Promise<string> {
  const place = ['--extract', '--gzip', '--file', archive, '--directory', folder];
  await tar([...place, '--no-same-owner', '--no-same-permissions', binary], what);
  const path = join(folder, binary);
  const status = await lstat(path);
  if (status.isFile() && status.nlink === 1) return path;
  await rm(path, { force: true });
  throw new ProgramError(`${what}: \`${binary}\` in its archive is not a plain file.`, fix);
}

/** One line of `tar --list --verbose`: mode, owner, size, date, time, name. */
function readEntry(line: string, what: string): { type: string; name: string } {
  const match = /^(\S)\S* +\S+ +[\d,]+ +\S+ +\S+ (.+)$/.exec(line);
  const [, type, name] = match ?? [];
  if (type === undefined || name === undefined)
    throw new ProgramError(`${what}: its archive lists an entry that cannot be read: \`${line}\`.`, fix);
  return { type, name };
}

/** Runs tar with a fixed language and without TAR_OPTIONS, and returns the lines it prints. */
async function tar(args: string[], what: string): Promise<string[]> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  const { exitCode, stdout, stderr } = await getExecOutput('tar', args, { silent: true, ignoreReturnCode: true, env });
  if (exitCode !== 0) throw new ProgramError(`${what}: its archive cannot be read: ${stderr.trim()}`, fix);
  return stdout.split('\n').filter((line) => line !== '');
}

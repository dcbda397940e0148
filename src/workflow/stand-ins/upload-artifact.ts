import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { StandIn, StandInStep } from '../stand-in.ts';
import { checkArtifactName, lines } from './paths.ts';

/** Keeps files of a job for other jobs of the same run. */
export const uploadArtifact: StandIn = {
  action: 'actions/upload-artifact',
  instead: 'Copies the files to a folder of the run, which outlives it; nothing is packed or sent.',
  inputs: {
    name: { default: 'artifact' },
    path: { required: true },
    'if-no-files-found': { default: 'warn', allowed: ['warn', 'error', 'ignore'] },
    'retention-days': {},
    overwrite: { default: 'false', allowed: ['true', 'false'] },
    'include-hidden-files': { default: 'false', allowed: ['true', 'false'] },
  },
  outputs: [],
  run,
};

const maxFiles = 100_000;

async function run(step: StandInStep): Promise<void> {
  const { inputs, workspace, artifacts } = step;
  const name = inputs.name ?? '';
  checkArtifactName(name);
  const paths = lines(inputs.path).map((path) => literalPath(workspace, path));
  const files: string[] = [];
  for (const path of paths) await collect(path, inputs['include-hidden-files'] === 'true', files, true);
  if (files.length === 0) {
    noFiles(step, lines(inputs.path).join(', '));
    return;
  }
  const root = await rootOf(paths);
  await mkdir(artifacts, { recursive: true });
  const staged = await mkdtemp(join(artifacts, '.upload-'));
  for (const file of new Set(files)) await copy(file, join(staged, relative(root, file)));
  if (inputs.overwrite === 'true') await rm(join(artifacts, name), { recursive: true, force: true });
  try {
    await rename(staged, join(artifacts, name));
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw new Error(`Conflict: an artifact with the name \`${name}\` already exists in this run.`, { cause: error });
  }
  step.log(`Kept ${new Set(files).size} files as the artifact ${name}`);
}

function literalPath(workspace: string, path: string): string {
  if (/^!|[*?[\]]/.test(path)) throw new Error(`The path \`${path}\` has a wildcard: name files and folders.`);
  return resolve(workspace, path);
}

function noFiles({ inputs, annotate, log }: StandInStep, paths: string): void {
  const message = `No files were found with the provided path: ${paths}. No artifacts will be uploaded.`;
  if (inputs['if-no-files-found'] === 'error') throw new Error(message);
  if (inputs['if-no-files-found'] === 'warn') annotate('warning', message);
  else log(message);
}

/** Regular files below a path; links are followed, hidden files left out unless they are wanted. */
async function collect(path: string, hidden: boolean, files: string[], isGiven: boolean): Promise<void> {
  if (!isGiven && !hidden && basename(path).startsWith('.')) return;
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile()) files.push(path);
  if (files.length > maxFiles) throw new Error(`An artifact of more than ${maxFiles} files is refused.`);
  if (status?.isDirectory())
    for (const entry of await readdir(path)) await collect(join(path, entry), hidden, files, false);
}

/** As upload-artifact has it: the folder itself for one folder, else the folder that all paths share. */
async function rootOf(paths: readonly string[]): Promise<string> {
  const [first = '', ...others] = paths;
  if (others.length === 0) return (await stat(first)).isDirectory() ? first : dirname(first);
  const shared = first.split(sep);
  for (const other of others) {
    const parts = other.split(sep);
    const differs = shared.findIndex((part, index) => part !== parts[index]);
    if (differs !== -1) shared.length = differs;
  }
  return shared.join(sep) || sep;
}

/** An archive of GitHub's keeps no permissions, so neither does the copy. */
async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, 0o644);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Builder } from '../stand-in.ts';
import { buildah, type BuildahOptions } from './buildah.ts';
import { buildx } from './buildx.ts';

const execute = promisify(execFile);
const answerTime = 10_000;

/**
 * The first program of this machine that can build an image: buildah, or Docker with buildx and an engine behind it.
 * @returns undefined when none answers
 */
export async function findBuilder(options: Omit<BuildahOptions, 'program'>): Promise<Builder | undefined> {
  if (await answers('buildah', ['--version'])) return buildah({ ...options, program: 'buildah' });
  const hasBuildx = await answers('docker', ['buildx', 'version']);
  if (hasBuildx && (await answers('docker', ['version', '--format', '{{.Server.Version}}'])))
    return buildx({ ...options, program: 'docker' });
  return undefined;
}

function answers(program: string, args: readonly string[]): Promise<boolean> {
  return execute(program, args, { timeout: answerTime }).then(
    () => true,
    () => false,
  );
}

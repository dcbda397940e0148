import { resolve } from 'node:path';
import { isInside } from '../../effects/inside.ts';

/**
 * A path of the workspace, absolute.
 * @throws Error when it leads out of it
 */
export function insideWorkspace(workspace: string, path: string): string {
  const absolute = resolve(workspace, path);
  if (!isInside(absolute, workspace)) throw new Error(`The path \`${path}\` leads out of the workspace.`);
  return absolute;
}

/** The lines of an input, without empty ones. */
export function lines(input = ''): string[] {
  return input
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The characters that GitHub refuses in the name of an artifact. */
export function checkArtifactName(name: string): void {
  if (name === '' || name === '.' || name === '..' || /["*/:<>?\\|\r\n]/.test(name))
    throw new Error(`\`${name}\` is no name for an artifact: it must not be empty or hold any of " * / : < > ? \\ |`);
}

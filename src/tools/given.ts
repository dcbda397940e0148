import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../definition/values.ts';

/** The variable with which a user names a program of their own: `SLIPWAY_TRIVY`. */
export function settingOf(program: string): string {
  return `SLIPWAY_${program.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Absolute path of a program that the user names.
 * @param giver how the user named it, for the error
 * @throws UsageError when there is no such file
 */
export async function givenPath(program: string, given: string, giver: string): Promise<string> {
  const path = resolve(given);
  if ((await stat(path).catch(() => undefined))?.isFile() === true) return path;
  throw new UsageError(`${giver}: \`${given}\` is no file. Allowed: the path of ${program}.`);
}

import { join, relative } from 'node:path';
import { TooLargeError, type Files } from '../../effects/effects.ts';
import { isInside } from '../../effects/inside.ts';
import type { Finding } from '../../report/report.ts';
import { get } from '../../documents/node.ts';
import { readDocuments } from '../loading/document.ts';
import { maxProfileBytes } from '../profile.ts';
import { seccompRules } from '../rules.ts';

/** Text of each profile, by its path from the workspace. */
export type Profiles = ReadonlyMap<string, string>;

/**
 * Reads the profiles that services name, those that the user names, and those that lie about.
 * @param root absolute path of the workspace
 * @param found absolute paths of all files below the paths that the user gave
 * @param named absolute paths of files that are profiles whatever is in them
 */
export async function readProfiles(
  files: Files,
  root: string,
  found: readonly string[],
  named: ReadonlySet<string>,
): Promise<{ profiles: Profiles; findings: Finding[] }> {
  const profiles = new Map<string, string>();
  const findings: Finding[] = [];
  const realRoot = await files.realPath(root);
  for (const path of new Set([...found, ...named])) {
    const file = relative(root, path);
    const isMeant = named.has(path) || (path.endsWith('.json') && /seccomp/i.test(file));
    if (!isMeant && !/\.(?:json|ya?ml)$/.test(path)) continue;
    try {
      if (!isInside(await files.realPath(path), realRoot)) throw new Error('it is a link out of the workspace');
      const text = await files.readText(path, maxProfileBytes);
      if (isMeant || looksLikeProfile(text, path)) profiles.set(file, text);
    } catch (error) {
      // Some other program's file.
      if (!isMeant) continue;
      const reason =
        error instanceof TooLargeError ? `it is larger than ${maxProfileBytes} bytes` : (error as Error).message;
      findings.push({
        rule: seccompRules.unreadable,
        message: `The file cannot be read: ${reason}.`,
        place: { file },
      });
    }
  }
  return { profiles, findings };
}

/** Whether a file that nobody names is meant as a profile: by its keys, or by its kind. Templates of charts are none before they are rendered. */
function looksLikeProfile(text: string, path: string): boolean {
  if (path.endsWith('.json')) return /"(?:defaultAction|archMap|syscalls)"\s*:/.test(text);
  return /^kind:\s*["']?SeccompProfile\b/m.test(text) && !text.includes('{{');
}

/**
 * The file of a profile that the kubelet finds under a path of its own folder: the one that lies under the same path here, or the custom
 * resource that the operator writes to `operator/<name>.json`, before its version 0.8 to `operator/<namespace>/<name>.json`.
 * @returns its path from the workspace; undefined when none or several fit
 */
export function localhostProfile(written: string, profiles: Profiles): string | undefined {
  const files = [...profiles];
  const [, name] = /^operator\/(?:[^/]+\/)?([^/]+)\.json$/.exec(written) ?? [];
  const fitting =
    name === undefined
      ? files.filter(([file]) => `/${file}`.endsWith(join('/', written)))
      : files.filter(([file, text]) => /\.ya?ml$/.test(file) && resourceNames(text).includes(name));
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

function resourceNames(text: string): string[] {
  return readDocuments(text).flatMap(({ root }) => {
    const name = get(get(root, 'metadata'), 'name');
    return name?.kind === 'scalar' ? [String(name.value)] : [];
  });
}

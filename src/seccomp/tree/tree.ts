import { relative } from 'node:path';
import type { Files } from '../../effects/effects.ts';
import type { Finding } from '../../report/report.ts';
import { readServices, type ServicesOptions } from '../../services/read.ts';
import type { Service } from '../../services/service.ts';
import { localhostProfile, readProfiles, type Profiles } from './profiles.ts';
import { seccompRules } from '../rules.ts';
import { treeRules } from './rules.ts';

/** What was found below the given paths. Files are named relative to the workspace. */
export interface SeccompTree {
  readonly services: readonly Service[];
  readonly profiles: Profiles;
  /** The file of `profiles` that a service runs under; a service without one runs under the engine's default, or none. */
  readonly profileOf: ReadonlyMap<Service, string>;
  readonly findings: readonly Finding[];
}

/**
 * Reads services and profiles, and which of them go together.
 * @param root absolute path of the workspace; nothing outside it is read
 * @param paths absolute paths of files and folders
 */
export async function readSeccompTree(
  files: Files,
  root: string,
  paths: readonly string[],
  options: ServicesOptions,
): Promise<SeccompTree> {
  const missing = await missingPaths(files, root, paths);
  const found = await readServices(files, root, paths, options);
  const given = paths.filter((path) => found.files.includes(path) && path.endsWith('.json'));
  const named = new Set([...found.profiles, ...given]);
  const { profiles, findings } = await readProfiles(files, root, found.files, named);
  const profileOf = new Map<Service, string>();
  const unknown: Finding[] = [];
  for (const service of found.services) {
    const { seccomp, name, resource } = service;
    if (seccomp.kind === 'file') profileOf.set(service, relative(root, seccomp.path));
    if (seccomp.kind !== 'localhost') continue;
    const file = localhostProfile(seccomp.path, profiles);
    if (file !== undefined) profileOf.set(service, file);
    else
      unknown.push({
        rule: treeRules.localhostUnknown,
        message: `Container \`${name}\` runs under the node's profile \`${seccomp.written}\`; no single profile here fits it.`,
        place: { ...seccomp.place, resource },
      });
  }
  return {
    services: found.services,
    profiles,
    profileOf: new Map([...profileOf].filter(([, file]) => profiles.has(file))),
    findings: [...missing, ...found.findings, ...findings, ...unknown],
  };
}

/** A folder that is misspelt would be passed over in silence; a file that is missing is said where it is read. */
async function missingPaths(files: Files, root: string, paths: readonly string[]): Promise<Finding[]> {
  const kinds = await Promise.all(paths.map((path) => files.kind(path)));
  return paths
    .filter((path, at) => kinds[at] === 'missing' && !/\.(?:json|ya?ml)$/.test(path))
    .map((path) => ({
      rule: seccompRules.unreadable,
      message: 'There is no such file or folder.',
      place: { file: relative(root, path) },
    }));
}

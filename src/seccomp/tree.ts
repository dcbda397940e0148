import { basename, dirname, join, relative } from 'node:path';
import { TooLargeError, type Files } from '../effects/effects.ts';
import { isInside } from '../effects/inside.ts';
import type { Finding, Section } from '../report/report.ts';
import { isComposeFile, readServices, type Service } from './compose.ts';
import { checkProfile, looksLikeProfile, maxProfileBytes, profileText, type CheckedProfile } from './profile.ts';
import { seccompRules } from './rules.ts';

/** What was found below the given paths. Files are named relative to the workspace. */
export interface SeccompTree {
  readonly services: readonly Service[];
  readonly profiles: ReadonlyMap<string, CheckedProfile>;
  readonly findings: readonly Finding[];
}

const maxFiles = 100_000;
/** Dependencies, Git's own files, and what Slipway's runs in a terminal left. */
const skipped = /(?:^|\/)(?:node_modules|\.git|\.slipway)\//;

/**
 * Reads Compose files, the profiles that their services name, and other profiles among the JSON files.
 * @param root absolute path of the workspace; a profile outside it is not read
 * @param paths absolute paths of files and folders
 */
export async function readSeccompTree(files: Files, root: string, paths: readonly string[]): Promise<SeccompTree> {
  const findings: Finding[] = [];
  const services: Service[] = [];
  const profiles = new Map<string, CheckedProfile>();

  const read = async (path: string): Promise<string | undefined> => {
    const file = relative(root, path);
    try {
      if (!isInside(await files.realPath(path), await files.realPath(root)))
        throw new Error('it is a link out of the workspace');
      return await files.readText(path, maxProfileBytes);
    } catch (error) {
      const reason =
        error instanceof TooLargeError ? `it is larger than ${maxProfileBytes} bytes` : (error as Error).message;
      findings.push({ rule: seccompRules.unreadable, message: `The file cannot be read: ${reason}.`, place: { file } });
      return undefined;
    }
  };
  const addProfile = async (path: string): Promise<void> => {
    const file = relative(root, path);
    if (profiles.has(file)) return;
    const text = await read(path);
    if (text === undefined) return;
    const profile = checkProfile(text, file);
    profiles.set(file, profile);
    findings.push(...profile.findings);
  };

  const given = new Set(paths);
  for (const path of await allFiles(files, paths)) {
    if (isComposeFile(basename(path))) {
      const text = await read(path);
      const found = text === undefined ? { services: [], findings: [] } : readServices(text, relative(root, path));
      services.push(...found.services);
      findings.push(...found.findings);
    } else if (path.endsWith('.json') && (given.has(path) || (await isProfile(files, root, path)))) {
      await addProfile(path);
    }
  }
  for (const service of services) {
    findings.push(...(await checkService(service, files, root, addProfile)));
  }
  return { services, profiles, findings };
}

/**
 * A JSON file in a folder or with a name that says seccomp is meant as a profile, whatever it holds. Folders above the
 * workspace say nothing: a repository may have seccomp in its name.
 */
async function isProfile(files: Files, root: string, path: string): Promise<boolean> {
  if (/seccomp/i.test(relative(root, path))) return true;
  try {
    return looksLikeProfile(await files.readText(path, maxProfileBytes));
  } catch {
    // Too large or no text: some other program's JSON.
    return false;
  }
}

async function allFiles(files: Files, paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const below = (await files.kind(path)) === 'folder' ? await files.list(path, maxFiles) : [path];
    below.filter((file) => !skipped.test(relative(path, file))).forEach((file) => found.add(file));
  }
  return [...found];
}

async function checkService(
  service: Service,
  files: Files,
  root: string,
  addProfile: (path: string) => Promise<void>,
): Promise<Finding[]> {
  const { name, file, line, column, profile } = service;
  const resource = `service/${name}`;
  if (profile.kind === 'none') {
    return [
      {
        rule: seccompRules.missing,
        message: `Service \`${name}\` names no seccomp profile.`,
        place: { file, line, column, resource },
      },
    ];
  }
  const place = { file, line: profile.line, column: profile.column, resource };
  if (profile.kind === 'unconfined') {
    return [{ rule: seccompRules.unconfined, message: `Service \`${name}\` asks for seccomp \`unconfined\`.`, place }];
  }
  const path = join(root, dirname(file), profile.path);
  if ((await files.kind(path)) !== 'file') {
    return [
      {
        rule: seccompRules.profileMissing,
        message: `Service \`${name}\` names \`${profile.path}\`, which is no file.`,
        place,
      },
    ];
  }
  await addProfile(path);
  return [];
}

/** Which service uses which profile. */
export function serviceTable({ services, profiles }: SeccompTree): Section {
  const describe = ({ file, profile }: Service): string => {
    if (profile.kind !== 'file') return profile.kind;
    const checked = profiles.get(join(dirname(file), profile.path));
    return checked === undefined ? `${profile.path} (not read)` : `${profile.path} (${profileText(checked)})`;
  };
  return {
    title: 'Services and their profiles',
    columns: ['Service', 'Defined in', 'Profile'],
    rows: services.map((service) => [service.name, `${service.file}:${service.line}`, describe(service)]),
  };
}

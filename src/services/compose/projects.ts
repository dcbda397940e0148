import { basename, dirname, join, resolve } from 'node:path';
import { get, type Node } from '../../documents/node.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { withEnvFile, type ComposeProject } from './load.ts';

/** What Compose looks for by itself, best first (compose-go, DefaultFileNames and DefaultOverrideFileNames). */
const mainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
  ...['compose.override.yml', 'compose.override.yaml'],
  ...['docker-compose.override.yml', 'docker-compose.override.yaml'],
];
const composeFile = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

export function isComposeFile(path: string): boolean {
  return composeFile.test(basename(path));
}

/** Whether a YAML file of any name has services. One that cannot be read has none. */
export async function hasServices(path: string, workspace: Workspace): Promise<boolean> {
  const documents = await documentsIn(path, workspace);
  return documents.some((root) => get(root, 'services')?.kind === 'mapping' && get(root, 'apiVersion') === undefined);
}

/** Whether Compose takes the file without being told so. */
export function isMainFile(path: string): boolean {
  return mainNames.includes(basename(path));
}

/**
 * Sorts Compose files into the projects that `docker compose` would make of them, folder by folder:
 * 1. `COMPOSE_FILE` in the folder's `.env` names the files of its project;
 * 2. else it is the first of `compose.yaml`, `compose.yml`, `docker-compose.yml`, `docker-compose.yaml` with the first override file;
 * 3. every other file is a project of its own when each of its services can be started from it alone (it has an `image`, a `build` or an
 *    `extends`), as with `-f compose.prod.yaml`; else it is put over the main file, as with `-f compose.yaml -f compose.prod.yaml`.
 */
export async function composeProjects(paths: readonly string[], workspace: Workspace): Promise<ComposeProject[]> {
  const folders = Map.groupBy(paths, (path) => dirname(path));
  const projects: ComposeProject[] = [];
  for (const [folder, files] of folders) {
    const main = (await namedFiles(folder, workspace)) ?? defaultFiles(files);
    if (main.length > 0) projects.push({ folder, files: main });
    const [first] = main;
    for (const file of files.filter((path) => !main.includes(path))) {
      const standsAlone = first === undefined || (await isWhole(file, workspace));
      projects.push({ folder, files: standsAlone ? [file] : [first, file] });
    }
  }
  return projects;
}

async function namedFiles(folder: string, workspace: Workspace): Promise<string[] | undefined> {
  const variables = await withEnvFile(workspace, join(folder, '.env'), new Map());
  const named = variables.get('COMPOSE_FILE');
  if (named === undefined || named === '') return undefined;
  return named.split(variables.get('COMPOSE_PATH_SEPARATOR') ?? ':').map((file) => resolve(folder, file));
}

function defaultFiles(files: readonly string[]): string[] {
  const first = (names: readonly string[]): string[] => {
    const name = names.find((wanted) => files.some((file) => basename(file) === wanted));
    return files.filter((file) => basename(file) === name);
  };
  const main = first(mainNames);
  return main.length > 0 ? [...main, ...first(overrideNames)] : [];
}

/** A file that cannot be read has no documents: it is looked at alone, so that what is wrong with it is said once. */
async function documentsIn(path: string, workspace: Workspace): Promise<readonly Node[]> {
  try {
    return await workspace.documents(path);
  } catch (error) {
    if (error instanceof UnreadableError) return [];
    throw error;
  }
}

async function isWhole(path: string, workspace: Workspace): Promise<boolean> {
  const documents = await documentsIn(path, workspace);
  const services = documents.flatMap((document) => {
    const found = get(document, 'services');
    return found?.kind === 'mapping' ? found.entries.map(({ value }) => value) : [];
  });
  const canStart = (service: Node): boolean =>
    ['image', 'build', 'extends', 'provider'].some((key) => get(service, key) !== undefined);
  return services.every(canStart);
}

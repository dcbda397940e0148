import { dirname, isAbsolute, join, resolve } from 'node:path';
import { get, type Entry, type MappingNode, type Node } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import { at, itemsOf, placeOf, textOf, textsOf } from '../fields.ts';
import { servicesRules } from '../rules.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { readEnvFile } from './env-file.ts';
import { readComposeFile, type VariableProblems } from './file.ts';
import { asBuild, merge, settled } from './merge.ts';

/** Files of one `docker compose` call: the first one, then what is put over it. All paths are absolute. */
export interface ComposeProject {
  readonly files: readonly string[];
  /** Relative paths start here, those of profiles in included files too. */
  readonly folder: string;
}

/** A project as Compose puts it together; nodes say which file they are of. */
export interface ComposeModel {
  readonly project: ComposeProject;
  readonly services: readonly Entry[];
  readonly volumes: Node | undefined;
  readonly problems: VariableProblems;
  readonly findings: readonly Finding[];
  /** Absolute paths of other files that were included, or of which a service was extended. */
  readonly included: ReadonlySet<string>;
  readonly extended: ReadonlySet<string>;
}

/** Bounds of what one project takes in: a file may include another twice, and that one a third. */
const maxFiles = 1000;
const maxExtends = 100;
const noLocalPath = /^[a-z][\w+.-]*:\/\/|^(?:oci|docker-image|git|github\.com|gitlab\.com):|^git@|^~/i;

/**
 * Reads a project: its files, what they include, and what their services extend.
 * @param settings variables of the caller, which win over the `.env` file
 * @throws UnreadableError when Compose would refuse the project
 */
export async function loadProject(
  project: ComposeProject,
  workspace: Workspace,
  settings: ReadonlyMap<string, string> = new Map(),
): Promise<ComposeModel> {
  const loader = new Loader(workspace);
  const variables = await withEnvFile(workspace, join(project.folder, '.env'), settings);
  const root = await loader.files(project.files, project.folder, variables, []);
  const services = get(root, 'services');
  return {
    project,
    services: services?.kind === 'mapping' ? services.entries : [],
    volumes: get(root, 'volumes'),
    problems: loader.problems,
    findings: loader.findings,
    included: loader.included,
    extended: loader.extended,
  };
}

/** Variables with those of an `.env` file, which the ones before win over. */
export async function withEnvFile(
  workspace: Workspace,
  path: string,
  variables: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  if ((await workspace.where(path)) !== 'inside') return variables;
  return new Map([...readEnvFile(await workspace.text(path), variables), ...variables]);
}

class Loader {
  readonly problems: VariableProblems = new Map();
  readonly findings: Finding[] = [];
  readonly included = new Set<string>();
  readonly extended = new Set<string>();
  readonly #workspace: Workspace;
  #read = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Several files, each put over those before. */
  async files(
    paths: readonly string[],
    folder: string,
    variables: ReadonlyMap<string, string>,
    includedBy: readonly string[],
  ): Promise<Node> {
    let root: Node = emptyMapping;
    for (const path of paths) {
      for (const document of await this.#documents(path, variables)) {
        const withIncludes = await this.#withIncludes(document, folder, variables, [...includedBy, path]);
        root = merge(root, await this.#withExtends(withIncludes, folder, variables));
      }
    }
    return withContexts(settled(root), folder);
  }

  async #documents(path: string, variables: ReadonlyMap<string, string>): Promise<MappingNode[]> {
    if (++this.#read > maxFiles)
      throw new UnreadableError(`It takes in more than ${maxFiles} files.`, { file: this.#workspace.name(path) });
    return readComposeFile(path, this.#workspace, variables, this.problems);
  }

  async #withIncludes(
    document: MappingNode,
    folder: string,
    variables: ReadonlyMap<string, string>,
    includedBy: readonly string[],
  ): Promise<MappingNode> {
    let taken: Node = emptyMapping;
    for (const item of itemsOf(get(document, 'include'))) {
      const root = await this.#include(item, folder, variables, includedBy);
      taken = merge(taken, only(root, ['services', 'volumes']));
    }
    const own = { ...document, entries: document.entries.filter(({ key }) => key.value !== 'include') };
    return merge(taken, own) as MappingNode;
  }

  async #include(
    item: Node,
    folder: string,
    variables: ReadonlyMap<string, string>,
    includedBy: readonly string[],
  ): Promise<MappingNode> {
    const pathNode = get(item, 'path') ?? item;
    const written = pathNode.kind === 'sequence' ? textsOf(pathNode) : [textOf(pathNode) ?? ''];
    if (written.some((path) => noLocalPath.test(path))) {
      this.#elsewhere(pathNode, `It includes \`${written.join(', ')}\`, which is not in the workspace.`);
      return emptyMapping;
    }
    const paths = written.map((path) => resolve(folder, path));
    const [first] = paths;
    if (first === undefined || written.includes(''))
      throw new UnreadableError('An item of `include` names no file.', placeOf(item));
    if (includedBy.includes(first))
      throw new UnreadableError('The files include each other in a circle.', placeOf(pathNode));
    await this.#mustBeThere(paths, pathNode);
    paths.forEach((path) => this.included.add(path));

    const given = textOf(get(item, 'project_directory'));
    const includedFolder = given === undefined ? dirname(first) : resolve(folder, given);
    const envFile = get(item, 'env_file');
    const envFiles =
      envFile?.kind === 'sequence' ? textsOf(envFile) : [textOf(envFile) ?? join(includedFolder, '.env')];
    let inner = variables;
    for (const file of envFiles) inner = await withEnvFile(this.#workspace, resolve(folder, file), inner);
    return (await this.files(paths, includedFolder, inner, includedBy)) as MappingNode;
  }

  async #withExtends(
    document: MappingNode,
    folder: string,
    variables: ReadonlyMap<string, string>,
  ): Promise<MappingNode> {
    const services = get(document, 'services');
    if (services?.kind !== 'mapping') return document;
    const scope: Scope = { file: '', folder, services, variables, done: new Map(), others: new Map() };
    const entries: Entry[] = [];
    for (const { key, value } of services.entries)
      entries.push({ key, value: await this.#extended(String(key.value), value, scope, []) });
    const others = document.entries.filter(({ key }) => key.value !== 'services');
    const key = document.entries.find((entry) => entry.key.value === 'services')?.key ?? scalar('services');
    return { ...document, entries: [...others, { key, value: { ...services, entries } }] };
  }

  /** A service with what it extends under it. */
  async #extended(name: string, service: Node, scope: Scope, chain: readonly string[]): Promise<Node> {
    const known = scope.done.get(name);
    if (known !== undefined) return known;
    const extend = get(service, 'extends');
    if (extend === undefined || service.kind !== 'mapping') return service;

    const here = `${scope.file}#${name}`;
    if (chain.includes(here)) throw new UnreadableError('Services extend each other in a circle.', placeOf(extend));
    if (chain.length >= maxExtends)
      throw new UnreadableError(`Services extend each other more than ${maxExtends} times.`, placeOf(extend));
    const own: MappingNode = { ...service, entries: service.entries.filter(({ key }) => key.value !== 'extends') };
    const base = await this.#base(extend, scope, [...chain, here]);
    const merged = base === undefined ? own : merge(settled(base), own, 'services.*');
    scope.done.set(name, merged);
    return merged;
  }

  async #base(extend: Node, scope: Scope, chain: readonly string[]): Promise<Node | undefined> {
    const name = textOf(get(extend, 'service') ?? extend);
    if (name === undefined) throw new UnreadableError('`extends` names no service.', placeOf(extend));
    const file = get(extend, 'file');
    const written = textOf(file);
    if (file !== undefined && written !== undefined && noLocalPath.test(written)) {
      this.#elsewhere(file, `A service extends one of \`${written}\`, which is not in the workspace.`);
      return undefined;
    }
    const inner = written === undefined ? scope : await this.#scopeOf(file ?? extend, written, scope);
    const base = get(inner.services, name);
    if (base === undefined) {
      const where = written === undefined ? '' : ` in \`${written}\``;
      throw new UnreadableError(`It extends \`${name}\`, and there is no such service${where}.`, placeOf(extend));
    }
    return this.#extended(name, base, inner, chain);
  }

  async #scopeOf(node: Node, written: string, { folder, variables, others }: Scope): Promise<Scope> {
    const path = resolve(folder, written);
    const known = others.get(path);
    if (known !== undefined) return known;
    await this.#mustBeThere([path], node);
    this.extended.add(path);
    let root: Node = emptyMapping;
    for (const document of await this.#documents(path, variables)) root = merge(root, document);
    const services = get(withContexts(root, dirname(path)), 'services') ?? emptyMapping;
    const scope = { file: path, folder: dirname(path), services, variables, done: new Map<string, Node>(), others };
    others.set(path, scope);
    return scope;
  }

  async #mustBeThere(paths: readonly string[], node: Node): Promise<void> {
    for (const path of paths) {
      const where = await this.#workspace.where(path);
      if (where === 'inside') continue;
      const reason = where === 'missing' ? 'does not exist' : 'lies outside the workspace and is not read';
      throw new UnreadableError(`\`${textOf(node) ?? path}\` ${reason}.`, placeOf(node));
    }
  }

  #elsewhere(node: Node, message: string): void {
    this.findings.push({ rule: servicesRules.definedElsewhere, message, place: placeOf(node) });
  }
}

/** Services that may extend each other, and where their paths start. */
interface Scope {
  readonly file: string;
  readonly folder: string;
  readonly services: Node;
  readonly variables: ReadonlyMap<string, string>;
  readonly done: Map<string, Node>;
  /** The same of other files, by path. */
  readonly others: Map<string, Scope>;
}

const emptyMapping: MappingNode = { kind: 'mapping', entries: [], line: 1, column: 1 };
const scalar = (value: string) => ({ kind: 'scalar', value, line: 1, column: 1 }) as const;

function only(node: MappingNode, keys: readonly unknown[]): MappingNode {
  return { ...node, entries: node.entries.filter(({ key }) => keys.includes(key.value)) };
}

/** Build contexts made absolute: they are relative to the folder of the file that says them, profiles are not. */
function withContexts(root: Node, folder: string): Node {
  if (root.kind !== 'mapping') return root;
  return mapEntry(root, 'services', (services) =>
    services.kind !== 'mapping'
      ? services
      : {
          ...services,
          entries: services.entries.map(({ key, value }) => ({
            key,
            value:
              value.kind === 'mapping' ? mapEntry(value, 'build', (build) => absoluteContext(build, folder)) : value,
          })),
        },
  );
}

function absoluteContext(build: Node, folder: string): Node {
  const long = asBuild(build);
  const context = textOf(at(long, 'context'));
  if (context !== undefined && (isAbsolute(context) || noLocalPath.test(context))) return long;
  const entries = long.entries.filter(({ key }) => key.value !== 'context');
  const { line, column, file } = get(long, 'context') ?? long;
  const value = { kind: 'scalar', value: resolve(folder, context ?? '.'), line, column, file } as const;
  return { ...long, entries: [...entries, { key: scalar('context'), value }] };
}

function mapEntry(node: MappingNode, name: string, change: (value: Node) => Node): MappingNode {
  return {
    ...node,
    entries: node.entries.map(({ key, value }) => ({ key, value: key.value === name ? change(value) : value })),
  };
}

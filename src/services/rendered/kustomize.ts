import { basename, dirname, join, resolve } from 'node:path';
import { DocumentError, get, type Node } from '../../documents/node.ts';
import { parseYamlStream } from '../../documents/yaml.ts';
import { itemsOf, textOf, textsOf } from '../fields.ts';
import { identityOf } from '../kubernetes/objects.ts';
import { readObjects, type KubernetesServices } from '../kubernetes/read.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { sourceLocator, type SourceFile } from './locate.ts';
import { folderName, notRendered, render, type RenderTools } from './render.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A kustomization, and what it takes in. Paths are absolute. */
export interface Kustomization {
  readonly path: string;
  /** Files, those of the kustomizations that it takes in too. */
  readonly files: readonly string[];
  /** References to what is not in the workspace: kubectl would fetch them. */
  readonly missing: readonly string[];
}

export function isKustomization(path: string): boolean {
  return names.includes(basename(path));
}

export interface Kustomizations {
  /** Those that no other one takes in and that can stand alone. */
  readonly roots: readonly Kustomization[];
  /** Files that are read as part of a kustomization. */
  readonly taken: ReadonlySet<string>;
  /** Kustomizations that cannot be read. */
  readonly unreadable: readonly UnreadableError[];
}

interface Read {
  readonly isComponent: boolean;
  readonly files: readonly string[];
  /** Kustomization files of the folders that it takes in. */
  readonly inner: readonly string[];
  readonly missing: readonly string[];
}

/** Reads what the kustomizations among some files take in. */
export async function kustomizationsIn(paths: readonly string[], workspace: Workspace): Promise<Kustomizations> {
  const read = new Map<string, Read>();
  const unreadable: UnreadableError[] = [];
  const visit = async (path: string): Promise<void> => {
    if (read.has(path)) return;
    read.set(path, { isComponent: false, files: [], inner: [], missing: [] });
    try {
      const found = await readOne(path, workspace);
      read.set(path, found);
      for (const inner of found.inner) await visit(inner);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      unreadable.push(error);
      read.delete(path);
    }
  };
  for (const path of paths.filter(isKustomization)) await visit(path);

  const inner = new Set([...read.values()].flatMap((one) => one.inner));
  const alone = [...read].filter(([, { isComponent }]) => !isComponent).map(([path]) => path);
  const roots = alone.filter((path) => !inner.has(path)).map((path) => whole(path, read));
  const reached = new Set(roots.flatMap(({ files }) => files));
  const circle = alone.filter((path) => !reached.has(path));
  unreadable.push(
    ...circle.map(
      (path) => new UnreadableError('Kustomizations take in each other in a circle.', { file: workspace.name(path) }),
    ),
  );
  return { roots, taken: new Set([...read].flatMap(([path, { files }]) => [path, ...files])), unreadable };
}

/** A kustomization with all that lies below it. */
function whole(path: string, read: ReadonlyMap<string, Read>): Kustomization {
  const seen = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(read.get(next)?.inner ?? []));
  }
  const all = [...seen].flatMap((one) => read.get(one) ?? []);
  return {
    path,
    files: [...all.flatMap(({ files }) => files), ...seen],
    missing: all.flatMap(({ missing }) => missing),
  };
}

async function readOne(path: string, workspace: Workspace): Promise<Read> {
  const [root] = await workspace.documents(path);
  const files: string[] = [];
  const inner: string[] = [];
  const missing: string[] = [];
  for (const reference of referencesIn(root)) {
    const target = resolve(dirname(path), reference);
    const below = await firstThere(
      names.map((name) => join(target, name)),
      workspace,
    );
    if (below !== undefined) inner.push(below);
    else if ((await workspace.where(target)) === 'inside') files.push(target);
    else missing.push(reference);
  }
  return { isComponent: textOf(get(root, 'kind')) === 'Component', files, inner, missing };
}

async function firstThere(paths: readonly string[], workspace: Workspace): Promise<string | undefined> {
  for (const path of paths) if ((await workspace.where(path)) === 'inside') return path;
  return undefined;
}

/** Files and folders that a kustomization names (Kustomize's reference, "Kustomization file"); a patch may stand in the file itself. */
function referencesIn(root: Node | undefined): string[] {
  const lists = [
    'resources',
    'bases',
    'components',
    'crds',
    'configurations',
    'generators',
    'transformers',
    'validators',
  ];
  const patches = ['patches', 'patchesJson6902', 'replacements'].flatMap((key) =>
    itemsOf(get(root, key)).flatMap((item) => textOf(get(item, 'path')) ?? []),
  );
  const inline = [...textsOf(get(root, 'patchesStrategicMerge')), ...lists.flatMap((key) => textsOf(get(root, key)))];
  return [...inline.filter((text) => !text.includes('\n')), ...patches];
}

/** Renders a kustomization with `kubectl kustomize` and reads its containers. Nothing is fetched from elsewhere. */
export async function readKustomization(
  { path, files, missing }: Kustomization,
  workspace: Workspace,
  tools: RenderTools,
): Promise<KubernetesServices> {
  const place = { file: workspace.name(path) };
  const failed = (message: string): KubernetesServices => ({ services: [], findings: [notRendered(message, place)] });
  if (missing.length > 0) return failed(`It takes in \`${missing.join('`, `')}\`, which is not in the workspace.`);
  const rendered = await render(
    'kubectl',
    ['kustomize', '--', folderName(dirname(path), workspace)],
    place,
    workspace.root,
    tools,
  );
  if ('finding' in rendered) return { services: [], findings: [rendered.finding] };
  try {
    const documents = parseYamlStream(rendered.text);
    const sourcesOf = await sourcesByLine(documents, files, workspace);
    return readObjects(documents, sourceLocator(rendered.text, sourcesOf));
  } catch (error) {
    if (error instanceof DocumentError) return failed(`What kubectl rendered cannot be read: ${error.message}`);
    if (error instanceof UnreadableError) return { services: [], findings: [error.finding] };
    throw error;
  }
}

/** The file with the object that a line is of first: a kustomization may put something before and behind its name. */
async function sourcesByLine(
  rendered: readonly Node[],
  files: readonly string[],
  workspace: Workspace,
): Promise<(line: number) => readonly SourceFile[]> {
  const sources: (SourceFile & { readonly objects: readonly { kind: string; name: string }[] })[] = [];
  for (const path of files) {
    const objects = (await workspace.documents(path)).map(identityOf);
    sources.push({ file: workspace.name(path), text: await workspace.text(path), objects });
  }
  const starts = rendered.map((document) => {
    const { kind, name } = identityOf(document);
    const isOf = (source: (typeof sources)[number]): boolean =>
      source.objects.some((object) => object.kind === kind && object.name !== '' && name.includes(object.name));
    return { line: document.line, sources: [...sources.filter(isOf), ...sources.filter((source) => !isOf(source))] };
  });
  return (line) => starts.findLast((start) => start.line <= line)?.sources ?? sources;
}

import { get, type Node } from '../documents/node.ts';
import { parseYamlStream } from '../documents/yaml.ts';
import { isWorkloadKind, workloadName } from '../kubernetes/workload.ts';
import type { Rendered, RenderedContainer } from './rendered.ts';

/**
 * Reads what a chart was rendered to.
 * @param text YAML documents
 * @throws DocumentError when it is not YAML
 */
export function readManifest(text: string): Rendered {
  const objects = parseYamlStream(text).flatMap(itemsOf);
  return {
    containers: objects.flatMap((object) => containersIn(object, workloadName(identityOf(object)))),
    workloads: objects.flatMap((object) => {
      const { kind, name, namespace } = identityOf(object);
      if (!isWorkloadKind(kind)) return [];
      return [{ kind, name, namespace, containers: containersIn(object, workloadName({ kind, name })) }];
    }),
  };
}

/** A `List` stands for the objects in it. */
function itemsOf(object: Node): Node[] {
  const items = get(object, 'items');
  return textOf(get(object, 'kind')) === 'List' && items?.kind === 'sequence' ? items.items.flatMap(itemsOf) : [object];
}

function identityOf(object: Node): { kind: string; name: string; namespace: string } {
  const metadata = get(object, 'metadata');
  const name = textOf(get(metadata, 'name'));
  return { kind: textOf(get(object, 'kind')), name, namespace: textOf(get(metadata, 'namespace')) };
}

const containerLists: readonly unknown[] = ['containers', 'initContainers', 'ephemeralContainers'];

/** Every container below a node, wherever its pod template stands: a CronJob and a custom resource nest it deeper. */
function containersIn(node: Node, resource: string): RenderedContainer[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'sequence') return node.items.flatMap((item) => containersIn(item, resource));
  return node.entries.flatMap(({ key, value }) => {
    const below = containersIn(value, resource);
    if (value.kind !== 'sequence' || !containerLists.includes(key.value)) return below;
    const here = value.items
      .filter((item) => get(item, 'image') !== undefined)
      .map((item) => ({ resource, name: textOf(get(item, 'name')), image: textOf(get(item, 'image')) }));
    return [...here, ...below];
  });
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}

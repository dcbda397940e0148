import { get, type Node } from '../../documents/node.ts';
import { at, itemsOf, textOf } from '../fields.ts';

/** What a pod is made from: its spec, and the metadata beside it. */
export interface PodTemplate {
  /** `deployment/web`. */
  readonly resource: string;
  readonly kind: string;
  readonly name: string;
  readonly metadata: Node | undefined;
  readonly spec: Node;
  /** Pods of a job end by themselves. */
  readonly isJob: boolean;
}

/** Whether a document is a Kubernetes object: it says its version and kind. */
export function isObject(document: Node): boolean {
  return textOf(get(document, 'apiVersion')) !== undefined && textOf(get(document, 'kind')) !== undefined;
}

/** A `List` stands for the objects in it. */
export function objectsOf(document: Node): readonly Node[] {
  return (textOf(get(document, 'kind')) ?? '').endsWith('List') && get(document, 'items') !== undefined
    ? itemsOf(get(document, 'items')).flatMap(objectsOf)
    : [document];
}

/** Kind and name of an object; a name that the server makes is shown with its `*`. */
export function identityOf(object: Node): { kind: string; name: string } {
  const metadata = get(object, 'metadata');
  const generated = textOf(get(metadata, 'generateName'));
  return {
    kind: textOf(get(object, 'kind')) ?? '',
    name: textOf(get(metadata, 'name')) ?? (generated === undefined ? '' : `${generated}*`),
  };
}

/**
 * The pods that an object makes: a Pod itself, and whatever has a template of one, at any depth (`spec.template` of a Deployment and of
 * resources of others, `spec.jobTemplate.spec.template` of a CronJob, `template` of a PodTemplate). It is told by its shape: `spec` with a list of containers.
 */
export function podTemplatesOf(object: Node): PodTemplate[] {
  const { kind, name } = identityOf(object);
  const resource = `${kind.toLowerCase()}/${name}`;
  const isJob = kind === 'Job' || kind === 'CronJob';
  const templates = kind === 'Pod' ? [object] : templatesBelow(object);
  return templates.flatMap((template) => {
    const spec = get(template, 'spec');
    if (spec === undefined) return [];
    return [{ resource, kind, name, metadata: get(template, 'metadata'), spec, isJob }];
  });
}

function templatesBelow(node: Node): Node[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'sequence') return node.items.flatMap(templatesBelow);
  return node.entries.flatMap(({ key, value }) => {
    const isTemplate = /template$/i.test(String(key.value)) && isContainerList(at(value, 'spec', 'containers'));
    return isTemplate ? [value] : templatesBelow(value);
  });
}

function isContainerList(node: Node | undefined): boolean {
  return (
    node?.kind === 'sequence' &&
    node.items.some((item) => get(item, 'name') !== undefined || get(item, 'image') !== undefined)
  );
}

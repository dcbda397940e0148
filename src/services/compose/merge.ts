import type { Entry, MappingNode, Node } from '../../documents/node.ts';
import { placeOf } from '../fields.ts';
import { UnreadableError } from '../workspace.ts';

/** Values that a later file replaces as a whole; `*` is the name of a service. */
const replaced = new Set(['services.*.command', 'services.*.entrypoint', 'services.*.healthcheck.test']);

/** Lists that may also be written as a mapping. */
const pairs = new Set(['labels', 'environment', 'annotations', 'args'].map((key) => `services.*.${key}`));
pairs.add('services.*.build.args');

/**
 * Puts a later file over an earlier one (Compose Specification, "Merge and override"): mappings are merged, lists appended, all else
 * replaced; what is tagged `!override` replaces too, and what is tagged `!reset` stays as it is for {@link settled} to remove. Either tree stays
 * as it is.
 * @param path where the two stand, such as `services.*`
 * @throws UnreadableError when a list meets a mapping, which Compose refuses
 */
export function merge(base: Node, over: Node, path = ''): Node {
  if (over.tag === '!reset' || over.tag === '!override' || base.tag === '!reset') return over;
  if (replaced.has(path)) return over;
  if (over.kind === 'scalar' && over.value === null) return base;
  if (path === 'services.*.build') return mergeMappings(asBuild(base), asBuild(over), path);
  if (pairs.has(path)) return mergeMappings(asMapping(base), asMapping(over), path);
  if (base.kind === 'scalar') return over;
  if (base.kind === 'mapping' && over.kind === 'mapping') return mergeMappings(base, over, path);
  if (base.kind === 'sequence' && over.kind === 'sequence') return { ...base, items: [...base.items, ...over.items] };
  throw new UnreadableError(
    `A ${over.kind} cannot be put over a ${base.kind}: Docker Compose refuses it.`,
    placeOf(over),
  );
}

function mergeMappings(base: MappingNode, over: MappingNode, path: string): MappingNode {
  const entries = new Map<unknown, Entry>(base.entries.map((entry) => [entry.key.value, entry]));
  for (const { key, value } of over.entries) {
    const known = entries.get(key.value);
    if (known === undefined) entries.set(key.value, { key, value });
    else entries.set(key.value, { key: known.key, value: merge(known.value, value, below(path, String(key.value))) });
  }
  return { ...base, entries: [...entries.values()] };
}

function below(path: string, key: string): string {
  if (path === '') return key;
  return path === 'services' || path === 'volumes' ? `${path}.*` : `${path}.${key}`;
}

/** A tree without what it resets. */
export function settled(node: Node): Node {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'sequence')
    return { ...node, items: node.items.filter(({ tag }) => tag !== '!reset').map(settled) };
  const entries = node.entries.filter(({ value }) => value.tag !== '!reset');
  return { ...node, entries: entries.map(({ key, value }) => ({ key, value: settled(value) })) };
}

/** `build: <context>` in its long form. */
export function asBuild(node: Node): MappingNode {
  if (node.kind === 'mapping') return node;
  const { line, column, file } = node;
  const key = { kind: 'scalar', value: 'context', line, column, file } as const;
  return { kind: 'mapping', entries: [{ key, value: node }], line, column, file };
}

/** `[a=1, b]` as `{ a: "1", b: null }`. */
function asMapping(node: Node): MappingNode {
  if (node.kind === 'mapping') return node;
  const { line, column, file } = node;
  const items = node.kind === 'sequence' ? node.items : [node];
  const entries = items.flatMap((item): Entry[] => {
    if (item.kind !== 'scalar') return [];
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(String(item.value)) ?? [];
    return [{ key: { ...item, value: name }, value: { ...item, value: value ?? null } }];
  });
  return { kind: 'mapping', entries, line, column, file };
}

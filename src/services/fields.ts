import { get, type Node } from '../documents/node.ts';
import type { Place } from '../report/report.ts';

/** Text of a scalar; undefined for `null`, lists and mappings. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** Items of a list; none of anything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' ? node.items : [];
}

/** The scalars of a list as text. */
export function textsOf(node: Node | undefined): string[] {
  return itemsOf(node).flatMap((item) => textOf(item) ?? []);
}

/** The node at the end of a path of keys. */
export function at(node: Node | undefined, ...path: string[]): Node | undefined {
  return path.reduce(get, node);
}

/** A list of `name=value` or a mapping, as Compose takes labels and arguments; a name alone has no value. */
export function pairsOf(node: Node | undefined): Map<string, string | undefined> {
  if (node?.kind === 'mapping')
    return new Map(node.entries.map(({ key, value }) => [String(key.value), textOf(value)]));
  return new Map(
    textsOf(node).map((text) => {
      const end = text.indexOf('=');
      return end === -1 ? [text, undefined] : [text.slice(0, end), text.slice(end + 1)];
    }),
  );
}

/** `cap_sys_admin` and `SYS_ADMIN` alike as `SYS_ADMIN`. */
export function capabilityName(text: string): string {
  return text.toUpperCase().replace(/^CAP_/, '');
}

/** Where a node stands, for nodes that know their file. */
export function placeOf({ file, line, column }: Node): Place {
  return file === undefined ? { line, column } : { file, line, column };
}

/**
 * A document with the place of everything in it: what a JSON or YAML file says, and where it says so. Nothing is lost
 * on the way: duplicate keys stay, and whole numbers beyond 2^53 are BigInt.
 */
export type Node = ScalarNode | SequenceNode | MappingNode;

interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

interface Written extends Position {
  /** YAML tag as written, such as `!reset`. */
  readonly tag?: string;
  /** File that says it, where one tree is put together from several files. */
  readonly file?: string | undefined;
}

export interface ScalarNode extends Written {
  readonly kind: 'scalar';
  readonly value: string | number | bigint | boolean | null;
}

export interface SequenceNode extends Written {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
}

export interface MappingNode extends Written {
  readonly kind: 'mapping';
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** What can go wrong while a document is read; the message is a sentence for its author. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly line: number;
  readonly column: number;
  constructor(message: string, position: Position) {
    super(message);
    this.line = position.line;
    this.column = position.column;
  }
}

/** Deeper nesting is refused: no file of the field needs it, and readers recurse. */
export const maxDepth = 100;

/** Value of a key; of a duplicate key the last one, as Go's JSON decoder and Docker take it. */
export function get(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== 'mapping') return undefined;
  return node.entries.findLast((entry) => entry.key.value === key)?.value;
}

/** Keys that stand more than once in a mapping, at their later places. */
export function duplicateKeys(node: MappingNode): ScalarNode[] {
  const seen = new Set<unknown>();
  return node.entries.flatMap(({ key }) => {
    if (seen.has(key.value)) return [key];
    seen.add(key.value);
    return [];
  });
}

/** The document as plain JavaScript values; `__proto__` is an ordinary key. */
export function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [String(key.value), plain(value)]));
}

/** The node at a path of keys and indices, or the deepest one above it that exists. */
export function nearest(node: Node, path: readonly PropertyKey[]): Node {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  const next = node.kind === 'sequence' ? node.items[Number(step)] : get(node, String(step));
  return next === undefined ? node : nearest(next, rest);
}

/** Turns an offset into line and column, both from 1. */
export class LineIndex {
  readonly #starts: number[] = [0];
  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

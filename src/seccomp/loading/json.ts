import { createScanner } from 'jsonc-parser';
import { parseJson } from '../../documents/json.ts';
import { DocumentError, type Node } from '../../documents/node.ts';
import { RefusedError, type Runtime } from './profile.ts';

/** How a program reads JSON: Go's encoding/json (runc and every loader), or libocispec on yajl (crun 1.8.1) or json-c (crun 1.28). */
export type Dialect = 'go' | 'crun 1.8.1' | 'crun 1.28';

export function dialectOf(runtime: Runtime): Dialect {
  return runtime === 'crun 1.8.1' || runtime === 'crun 1.28' ? runtime : 'go';
}

/** jsonc-parser's SyntaxKind: a const enum, which type stripping cannot import. */
const token = { closeBrace: 2, closeBracket: 4, comma: 5, end: 17 } as const;

/** Blanks out the commas before a closing bracket, which json-c forgives. */
function withoutTrailingCommas(text: string): string {
  const scanner = createScanner(text, true);
  const pieces: string[] = [];
  let from = 0;
  let comma = -1;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if ((kind === token.closeBrace || kind === token.closeBracket) && comma !== -1) {
      pieces.push(text.slice(from, comma), ' ');
      from = comma + 1;
    }
    comma = kind === token.comma ? scanner.getTokenOffset() : -1;
  }
  return pieces.join('') + text.slice(from);
}

/** Reads values of a profile's JSON as one program does. What the program refuses is thrown as RefusedError. */
export class JsonReader {
  readonly root: Node;
  readonly #dialect: Dialect;
  readonly #lines: readonly string[];

  constructor(text: string, dialect: Dialect) {
    this.#dialect = dialect;
    this.#lines = text.split('\n');
    try {
      this.root = parseJson(dialect === 'crun 1.28' ? withoutTrailingCommas(text) : text);
    } catch (error) {
      if (error instanceof DocumentError) throw new RefusedError(error.message, { cause: error });
      throw error;
    }
  }

  /** Value of a key: Go takes any case of it, crun 1.8.1 the first of several, the others the last. Null counts as absent. */
  get(node: Node, key: string): Node | undefined {
    if (node.kind !== 'mapping') {
      if (this.#dialect === 'go') throw new RefusedError('An object is needed.');
      return undefined;
    }
    const matches = node.entries.filter(({ key: { value } }) =>
      this.#dialect === 'go' ? String(value).toLowerCase() === key.toLowerCase() : value === key,
    );
    const value = (this.#dialect === 'crun 1.8.1' ? matches[0] : matches.at(-1))?.value;
    return value?.kind === 'scalar' && value.value === null ? undefined : value;
  }

  text(node: Node, key: string): string | undefined {
    const value = this.get(node, key);
    if (value === undefined) return undefined;
    if (value.kind === 'scalar' && typeof value.value === 'string') return value.value;
    this.#refuseType(key, 'a text');
    return undefined;
  }

  list(node: Node, key: string): readonly Node[] {
    const value = this.get(node, key);
    if (value === undefined) return [];
    if (value.kind === 'sequence') return value.items;
    this.#refuseType(key, 'a list');
    return [];
  }

  texts(node: Node, key: string): string[] {
    return this.list(node, key).flatMap((item) => {
      if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value];
      if (item.kind === 'scalar' && item.value === null && this.#dialect === 'go') return [''];
      this.#refuseType(key, 'a list of texts');
      return [];
    });
  }

  /**
   * A whole number of 0 or more. Go refuses everything else. crun takes a text for no number at all, and lets strtoull wrap a negative number
   * into the largest ones.
   */
  unsigned(node: Node, key: string, bits: 32 | 64): bigint | undefined {
    const value = this.get(node, key);
    if (value === undefined) return undefined;
    if (value.kind !== 'scalar' || (typeof value.value !== 'number' && typeof value.value !== 'bigint')) {
      this.#refuseType(key, 'a number');
      return undefined;
    }
    const raw = /^-?[\d.eE+-]+/.exec(this.#lines[value.line - 1]?.slice(value.column - 1) ?? '')?.[0] ?? '';
    const wraps = this.#dialect !== 'go' && bits === 64;
    if (!(wraps ? /^-?\d+$/ : /^\d+$/).test(raw))
      throw new RefusedError(`\`${key}\` is ${raw}, no whole number of 0 or more.`);
    const number = BigInt(raw);
    const size = 1n << BigInt(bits);
    if (number >= size || number <= -size) throw new RefusedError(`\`${key}\` is ${raw}, more than ${bits} bits hold.`);
    return BigInt.asUintN(bits, number);
  }

  /** crun's parser finds nothing where a value has another type; Go's stops. */
  #refuseType(key: string, needed: string): void {
    if (this.#dialect === 'go') throw new RefusedError(`\`${key}\` must be ${needed}.`);
  }

  /** crun's parser needs some keys; Go's takes an absent one for empty. */
  required(node: Node, key: string): void {
    if (this.#dialect !== 'go' && this.get(node, key) === undefined)
      throw new RefusedError(`Required field \`${key}\` not present.`);
  }
}

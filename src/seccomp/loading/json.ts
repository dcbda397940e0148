import type { Node } from '../../documents/node.ts';
import type { ProfileDocument } from './document.ts';
import { RefusedError, type Runtime } from './profile.ts';

/** How a program reads JSON: Go's encoding/json (runc and every loader), or libocispec on yajl (crun 1.8.1) or json-c (crun 1.28). */
export type Dialect = 'go' | 'crun 1.8.1' | 'crun 1.28';

export function dialectOf(runtime: Runtime): Dialect {
  return runtime === 'crun 1.8.1' || runtime === 'crun 1.28' ? runtime : 'go';
}

/** Reads values of a profile's JSON as one program does. What the program refuses is thrown as RefusedError. */
export class JsonReader {
  readonly root: Node;
  readonly #dialect: Dialect;
  readonly #lines: readonly string[];

  constructor({ text, root, profile, problem }: ProfileDocument, dialect: Dialect) {
    this.#dialect = dialect;
    // The numbers of YAML are those that its reader made of them: the operator that reads it writes them out anew.
    this.#lines = /^\s*[[{]/.test(text) ? text.split('\n') : [];
    if (problem !== undefined && (dialect !== 'crun 1.28' || root === undefined))
      throw new RefusedError(problem.message, problem);
    if (profile === undefined) throw new RefusedError('It holds no profile.', root);
    this.root = profile;
  }

  /** Value of a key: Go takes any case of it, crun 1.8.1 the first of several, the others the last. Null counts as absent. */
  get(node: Node, key: string): Node | undefined {
    if (node.kind !== 'mapping') {
      if (this.#dialect === 'go') throw new RefusedError('An object is needed.', node);
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
    this.#refuseType(value, key, 'a text');
    return undefined;
  }

  list(node: Node, key: string): readonly Node[] {
    const value = this.get(node, key);
    if (value === undefined) return [];
    if (value.kind === 'sequence') return value.items;
    this.#refuseType(value, key, 'a list');
    return [];
  }

  texts(node: Node, key: string): string[] {
    return this.list(node, key).flatMap((item) => {
      if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value];
      if (item.kind === 'scalar' && item.value === null && this.#dialect === 'go') return [''];
      this.#refuseType(item, key, 'a list of texts');
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
      this.#refuseType(value, key, 'a number');
      return undefined;
    }
    const line = this.#lines[value.line - 1]?.slice(value.column - 1);
    const raw = line === undefined ? String(value.value) : (/^-?[\d.eE+-]+/.exec(line)?.[0] ?? '');
    const wraps = this.#dialect !== 'go' && bits === 64;
    if (!(wraps ? /^-?\d+$/ : /^\d+$/).test(raw))
      throw new RefusedError(`\`${key}\` is ${raw}, no whole number of 0 or more.`, value);
    const number = BigInt(raw);
    const size = 1n << BigInt(bits);
    if (number >= size || number <= -size)
      throw new RefusedError(`\`${key}\` is ${raw}, more than ${bits} bits hold.`, value);
    return BigInt.asUintN(bits, number);
  }

  /** crun's parser finds nothing where a value has another type; Go's stops. */
  #refuseType(node: Node, key: string, needed: string): void {
    if (this.#dialect === 'go') throw new RefusedError(`\`${key}\` must be ${needed}.`, node);
  }

  /** crun's parser needs some keys; Go's takes an absent one for empty. */
  required(node: Node, key: string): void {
    if (this.#dialect !== 'go' && this.get(node, key) === undefined)
      throw new RefusedError(`Required field \`${key}\` not present.`, node);
  }
}

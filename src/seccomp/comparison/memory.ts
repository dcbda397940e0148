import type { Level } from '../filter/tree.ts';

const ids = new WeakMap<Level, number>();
const idOfText = new Map<string, number>();

/** A number for the tests of a level: the same for the same tests. */
export function idOf(level: Level): number {
  const known = ids.get(level);
  if (known !== undefined) return known;
  // What a test was made from does not say what it does.
  const text = JSON.stringify(level, (key, value: unknown) => (key === 'origin' ? undefined : value));
  const id = idOfText.get(text) ?? idOfText.size;
  idOfText.set(text, id);
  ids.set(level, id);
  return id;
}

const maxKept = 4096;

/** What was worked out, by its question: profiles of one tree ask the same about `socket` and `clone` on every target. */
export class Memory<T> {
  readonly #known = new Map<string, T>();

  get(question: string, answer: () => T): T {
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    if (this.#known.size >= maxKept) this.#known.clear();
    const worked = answer();
    this.#known.set(question, worked);
    return worked;
  }
}

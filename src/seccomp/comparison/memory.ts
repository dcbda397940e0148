import type { Level } from '../filter/tree.ts';

const texts = new WeakMap<Level, string>();

/** The tests of a level as text: the same rules have the same text. */
export function textOfLevel(level: Level): string {
  const known = texts.get(level);
  if (known !== undefined) return known;
  const text = JSON.stringify(level, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  texts.set(level, text);
  return text;
}

const maxKept = 4096;

/** What was worked out by the text of its question: profiles of one tree ask the same about `socket` and `clone` on every target. */
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

import type { Place } from '../../report/report.ts';
import type { Locate } from '../kubernetes/container.ts';
import { isMadeOf } from '../../documents/like.ts';

/** A file that rendered text may come from, named relative to the workspace. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Finds where rendered lines come from: the line of a source file that reads the same, or does so around its `{{ … }}`, when there
 * is exactly one.
 * @param rendered the whole output
 * @param sourcesOf the files that a line (from 1) may come from, the likeliest first; the first one is the place when no line is found
 */
export function sourceLocator(rendered: string, sourcesOf: (line: number) => readonly SourceFile[]): Locate {
  const lines = rendered.split('\n');
  const indexes = new Map<SourceFile, LinesOfFile>();
  const indexOf = (source: SourceFile): LinesOfFile => {
    const index = indexes.get(source) ?? new LinesOfFile(source.text);
    indexes.set(source, index);
    return index;
  };
  return ({ line, column }) => {
    const text = lines[line - 1] ?? '';
    const sources = sourcesOf(line);
    for (const source of sources) {
      const found = indexOf(source).find(text, column);
      if (found !== undefined) return { file: source.file, ...found };
    }
    return sources[0] === undefined ? {} : { file: sources[0].file };
  };
}

/** Bounds of what is compared, because a template is written by whoever opens the pull request. */
const maxLineLength = 1000;
const maxPatternsOfKey = 100;

interface Pattern {
  readonly line: number;
  /** The line, cut at its actions. */
  readonly parts: readonly string[];
}

class LinesOfFile {
  readonly #lines: readonly string[];
  /** Numbers of the lines, from 1, by their text without indentation. */
  readonly #same: ReadonlyMap<string, readonly number[]>;
  readonly #patterns: ReadonlyMap<string, readonly Pattern[]>;

  constructor(text: string) {
    this.#lines = text.split('\n');
    const numbers = this.#lines.map((_, at) => at + 1);
    this.#same = Map.groupBy(numbers, (line) => this.#lines[line - 1]?.trim() ?? '');
    const patterns = this.#lines.flatMap((line, at): Pattern[] => {
      if (line.length > maxLineLength) return [];
      const parts = line.trim().split(/\{\{.*?\}\}/);
      // Without a key before the action any line would do.
      return parts.length > 1 && keyOf(parts[0] ?? '') !== '' ? [{ line: at + 1, parts }] : [];
    });
    this.#patterns = Map.groupBy(patterns, ({ parts }) => keyOf(parts[0] ?? ''));
  }

  find(rendered: string, column: number): Place | undefined {
    const text = rendered.trim();
    const same = this.#same.get(text) ?? [];
    const [only] = same;
    if (only !== undefined) {
      const shift = indentation(this.#lines[only - 1] ?? '') - indentation(rendered);
      return same.length === 1 ? { line: only, column: column + shift } : undefined;
    }
    const candidates = this.#patterns.get(keyOf(text)) ?? [];
    const like = candidates.slice(0, maxPatternsOfKey).filter(({ parts }) => isMadeOf(text, parts));
    return like.length === 1 && like[0] !== undefined ? { line: like[0].line } : undefined;
  }
}

/** The first key of a line with its colon; empty when there is none before an action. */
function keyOf(line: string): string {
  const start = line.slice(0, line.indexOf(':') + 1);
  return /[\w-]:$/.test(start) && !start.includes('{{') ? start : '';
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

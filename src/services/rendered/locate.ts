import type { Place } from '../../report/report.ts';
import type { Locate } from '../kubernetes/container.ts';
import { isMadeOf } from '../like.ts';

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

class LinesOfFile {
  readonly #lines: readonly string[];
  /** Lines that hold an action, cut at it. */
  readonly #patterns: readonly { readonly line: number; readonly parts: readonly string[] }[];

  constructor(text: string) {
    this.#lines = text.split('\n');
    this.#patterns = this.#lines.flatMap((line, at) => {
      const parts = line.trim().split(/\{\{.*?\}\}/);
      // Without a key before the action any line would do.
      return parts.length > 1 && /[\w-]+:/.test(parts[0] ?? '') ? [{ line: at + 1, parts }] : [];
    });
  }

  find(rendered: string, column: number): Place | undefined {
    const text = rendered.trim();
    const same = this.#lines.flatMap((line, at) => (line.trim() === text ? [at + 1] : []));
    const [only] = same;
    if (only !== undefined) {
      const shift = indentation(this.#lines[only - 1] ?? '') - indentation(rendered);
      return same.length === 1 ? { line: only, column: column + shift } : undefined;
    }
    const like = this.#patterns.filter(({ parts }) => isMadeOf(text, parts));
    return like.length === 1 && like[0] !== undefined ? { line: like[0].line } : undefined;
  }
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

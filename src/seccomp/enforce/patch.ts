const context = 3;

/** A line of a difference: kept, removed or added. */
type Edit = readonly [' ' | '-' | '+', string];

/**
 * Unified difference of two texts, as `patch -p1` and `git apply` take it (POSIX diff -u). Empty when the texts are equal. Meant for few changes: between
 * the first and the last of them lines are compared pairwise, and beyond `maxPairs` pairs that part is replaced as a whole.
 */
export function unifiedPatch(file: string, before: string, after: string): string {
  if (before === after) return '';
  const edits = editsOf(linesOf(before), linesOf(after));
  const changed = edits.flatMap(([kind], index) => (kind === ' ' ? [] : [index]));
  const hunks: [number, number][] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    const from = Math.max(0, index - context);
    const to = Math.min(edits.length, index + context + 1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return [`--- a/${file}\n+++ b/${file}\n`, ...hunks.map(([from, to]) => hunkText(edits, from, to))].join('');
}

/** Lines with their line breaks; the last may have none. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunkText(edits: readonly Edit[], from: number, to: number): string {
  const count = (part: readonly Edit[], kind: '-' | '+'): number =>
    part.filter(([own]) => own === ' ' || own === kind).length;
  const range = (kind: '-' | '+'): string => {
    const length = count(edits.slice(from, to), kind);
    const start = count(edits.slice(0, from), kind) + (length === 0 ? 0 : 1);
    return `${start},${length}`;
  };
  const lines = edits.slice(from, to).map(([kind, line]) => {
    return line.endsWith('\n') ? `${kind}${line}` : `${kind}${line}\n\\ No newline at end of file\n`;
  });
  return `@@ -${range('-')} +${range('+')} @@\n${lines.join('')}`;
}

const maxPairs = 4_000_000;

function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - head;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const keep = (lines: readonly string[]): Edit[] => lines.map((line) => [' ', line]);
  return [
    ...keep(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...keep(before.slice(before.length - tail)),
  ];
}

/** Longest common subsequence by the usual table. */
function middle(before: readonly string[], after: readonly string[]): Edit[] {
  const width = after.length + 1;
  if (before.length * after.length > maxPairs)
    return [...before.map((line): Edit => ['-', line]), ...after.map((line): Edit => ['+', line])];
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const edits: Edit[] = [];
  for (let row = 0, column = 0; row < before.length || column < after.length;) {
    const removed = before[row];
    const added = after[column];
    if (removed !== undefined && removed === added) {
      edits.push([' ', removed]);
      row++;
      column++;
    } else if (removed !== undefined && (added === undefined || at(row + 1, column) >= at(row, column + 1))) {
      edits.push(['-', removed]);
      row++;
    } else if (added !== undefined) {
      edits.push(['+', added]);
      column++;
    }
  }
  return edits;
}

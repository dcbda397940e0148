/**
 * Text that nobody vouches for (file contents, names, answers of programs) made safe to show. Every renderer for
 * people goes through {@link visible}.
 */

/**
 * Characters that change what a reader or a terminal sees without being seen themselves: controls, format characters
 * (the bidirectional controls of Unicode Standard Annex 9, zero-width, tags), line separators, variation selectors.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** One line in which every invisible character is written out as `\u{…}`, and line breaks and tabs as a space. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s*(?:\r\n|[\r\n])\s*|\t/g, ' ')
    .replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The text cut to at most `maxCharacters` UTF-16 units, never inside a surrogate pair, with `…` where it was cut. */
export function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const end = maxCharacters - 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

/** `file:line:column`, or the resource, or both; empty when a place says nothing. */
export function placeText(place: { file?: string; line?: number; column?: number; resource?: string } = {}): string {
  const { file, line, column, resource } = place;
  const inFile = [file, line, column].filter((part) => part !== undefined).join(':');
  return [inFile, resource].filter(Boolean).join(' ');
}

/** `1 service`, `2 services`, `0 policies` with the plural given where an s is not enough. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

const maxListed = 20;

/** The first names, with `…` when there are more. */
export function listed(names: readonly string[]): string {
  return names.slice(0, maxListed).join(', ') + (names.length > maxListed ? ', …' : '');
}

/** Rows as lines with their columns below each other, for a terminal. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

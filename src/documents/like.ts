/** Whether a text is like a pattern in which `*` stands for any text. */
export function isLike(text: string, pattern: string): boolean {
  return isMadeOf(text, pattern.split('*'));
}

/** Whether a text is the parts in their order with any text between them, none before the first or after the last. */
export function isMadeOf(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return from <= text.length - last.length && text.endsWith(last);
}

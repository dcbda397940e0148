import { visible } from './text.ts';

/** HTML that may be put into a page as it is. Only {@link html} and {@link trusted} make it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** A template whose values are escaped, unless they are {@link Html} already. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.reduce((text, next, index) => text + partOf(values[index - 1] ?? '') + next));
}

/** Marks HTML that another renderer made safe. */
export function trusted(text: string): Html {
  return new Html(text);
}

function partOf(value: Part): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

/** Text of others for element content and quoted attributes (WHATWG HTML, "Escaping a string"). */
export function escapeHtml(text: string): string {
  const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return visible(text).replace(/[&<>"']/g, (mark) => references[mark] ?? mark);
}

/** What is wrong with a variable in a value. `invalid` is no variable at all: Compose refuses the file. */
export type VariableProblem =
  | { readonly kind: 'unset'; readonly variable: string }
  | { readonly kind: 'required'; readonly variable: string; readonly reason: string }
  | { readonly kind: 'invalid'; readonly text: string };

export interface Substituted {
  readonly text: string;
  readonly problems: readonly VariableProblem[];
}

/** Defaults inside defaults; no file needs more, and each level reads its text again. */
const maxDepth = 20;

/**
 * Fills variables into a text as Compose does (Compose Specification, "Interpolation"): `$NAME`, `${NAME}`, `:-` and `-` for defaults,
 * `:?` and `?` for required values, `:+` and `+` for replacements, nested; `$$` is a dollar sign.
 * @returns the text, in which a required variable without value stays as it is written
 */
export function substitute(template: string, variables: ReadonlyMap<string, string>, depth = 0): Substituted {
  const problems: VariableProblem[] = [];
  let text = '';
  let from = 0;
  for (let dollar = template.indexOf('$'); dollar !== -1; dollar = template.indexOf('$', from)) {
    text += template.slice(from, dollar);
    const part = expression(template, dollar, variables, depth);
    text += part.text;
    problems.push(...part.problems);
    from = part.end;
  }
  return { text: text + template.slice(from), problems };
}

interface Part extends Substituted {
  /** Where the text goes on. */
  readonly end: number;
}

function expression(template: string, start: number, variables: ReadonlyMap<string, string>, depth: number): Part {
  const next = template.charAt(start + 1);
  if (next === '$') return { text: '$', problems: [], end: start + 2 };
  if (next === '{') return braced(template, start, variables, depth);
  nameAt.lastIndex = start + 1;
  const [name] = nameAt.exec(template) ?? [];
  if (name === undefined) return { text: '$', problems: [], end: start + 1 };
  return { ...plain(name, variables), end: start + 1 + name.length };
}

const nameAt = /[_a-z][_a-z0-9]*/iy;

function plain(name: string, variables: ReadonlyMap<string, string>): Substituted {
  const value = variables.get(name);
  return { text: value ?? '', problems: value === undefined ? [{ kind: 'unset', variable: name }] : [] };
}

function braced(template: string, start: number, variables: ReadonlyMap<string, string>, depth: number): Part {
  const end = closingBrace(template, start + 1);
  const written = template.slice(start, end + 1);
  const inside = template.slice(start + 2, end);
  const [, name, operator, word = ''] = /^([_a-z][_a-z0-9]*)(?:(:?[-?+])(.*))?$/is.exec(inside) ?? [];
  const isClosed = end < template.length;
  if (name === undefined || !isClosed || depth >= maxDepth)
    return { text: written, problems: [{ kind: 'invalid', text: written }], end: end + 1 };
  if (operator === undefined) return { ...plain(name, variables), end: end + 1 };

  const value = variables.get(name);
  const isThere = value !== undefined && !(operator.startsWith(':') && value === '');
  const kind = operator.at(-1);
  if (kind === '+' ? isThere : kind === '-' && !isThere)
    return { ...substitute(word, variables, depth + 1), end: end + 1 };
  if (kind === '?' && !isThere) {
    const { text: reason, problems } = substitute(word, variables, depth + 1);
    return { text: written, problems: [{ kind: 'required', variable: name, reason }, ...problems], end: end + 1 };
  }
  return { text: value ?? '', problems: [], end: end + 1 };
}

/** Every brace counts, as in compose-go: `${A:-{}}` ends at the last one. Where they do not match, it is the last one of all. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text.charAt(at) === '{') depth++;
    else if (text.charAt(at) === '}' && --depth === 0) return at;
  }
  const last = text.lastIndexOf('}');
  return last > open ? last : text.length;
}

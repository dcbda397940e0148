import { data } from '@actions/expressions';
import type { ScalarNode } from '../documents/node.ts';
import { evaluate, parseExpression, toValue, type Expression, type Scope, type Value } from './expression.ts';
import type { Place } from './problem.ts';

/** A scalar of a workflow file: literal text with expressions in it, or one typed literal. */
export interface Template extends Place {
  readonly parts: readonly (string | Expression)[];
  /** The value when there is no expression in it, with the type that YAML gives it. */
  readonly literal?: string | number | boolean | null;
}

/** A template under the name it is given: a variable, an input, an output, a secret. */
export interface Named extends Place {
  readonly name: string;
  readonly value: Template;
}

/**
 * Splits a scalar into its literal parts and its expressions.
 * @throws Error when an expression is not closed or cannot be parsed
 */
export function parseTemplate({ value, line, column }: ScalarNode): Template {
  if (typeof value !== 'string' || !value.includes('${{')) {
    const literal = typeof value === 'bigint' ? String(value) : value;
    return { line, column, literal, parts: literal === null ? [] : [String(literal)] };
  }
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (let open = value.indexOf('${{'); open !== -1; open = value.indexOf('${{', at)) {
    if (open > at) parts.push(value.slice(at, open));
    const close = closingBraces(value, open + 3);
    parts.push(parseExpression(value.slice(open + 3, close).trim()));
    at = close + 2;
  }
  if (at < value.length) parts.push(value.slice(at));
  return { line, column, parts };
}

/** The value of a template that is one expression or one literal keeps its type; everything else is text. */
export function templateValue({ parts, literal }: Template, scope: Scope): Value {
  const [only] = parts;
  if (literal !== undefined) return toValue(literal);
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return evaluate(only, scope);
  return new data.StringData(
    parts.map((part) => (typeof part === 'string' ? part : textOf(evaluate(part, scope)))).join(''),
  );
}

/** @throws Error when the value is a list or an object */
export function templateText(template: Template, scope: Scope): string {
  return textOf(templateValue(template, scope));
}

/** The literal text, when there is no expression in it. */
export function literalText({ literal }: Template): string | undefined {
  return literal === undefined ? undefined : textOf(toValue(literal));
}

/** The template as its author wrote it, near enough to name a step before it runs. */
export function sourceText({ parts }: Template): string {
  return parts.map((part) => (typeof part === 'string' ? part : `\${{ ${part.source} }}`)).join('');
}

/** @throws Error when the value is a list or an object */
export function textOf(value: Value): string {
  if (!value.primitive)
    throw new Error('An expression gives a list or an object where a text is needed; use toJSON().');
  return value.coerceString();
}

/** The place of `}}`, which inside a quoted text does not count. */
function closingBraces(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith('}}', at)) return at;
  }
  throw new Error('An expression is not closed: `}}` is missing.');
}

import { data } from '@actions/expressions';
import type { Scope } from './expression.ts';
import { templateValue, type Template } from './template.ts';

/**
 * The minutes of a `timeout-minutes`, or undefined when there is none.
 * @throws Error when it is no whole number above 0: the runner cuts a fraction off, so that 0.5 would be no limit at all
 */
export function wholeMinutes(template: Template | undefined, scope: Scope): number | undefined {
  if (template === undefined) return undefined;
  const value = templateValue(template, scope);
  const minutes = value.kind === data.Kind.Number ? value.number() : Number.NaN;
  if (!Number.isInteger(minutes) || minutes <= 0)
    throw new Error(`\`timeout-minutes\` must be a whole number above 0, not \`${value.coerceString()}\`.`);
  return minutes;
}

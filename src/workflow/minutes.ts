import type { Scope } from './expression.ts';
import { templateValue, type Template } from './template.ts';

/** Whether a value can be a time limit: a whole number above 0. */
export function isMinutes(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

/**
 * The minutes of a `timeout-minutes`, or undefined when there is none.
 * @throws Error when an expression gives something else: the runner would cut it off or take it for no limit
 */
export function minutesOf(template: Template | undefined, scope: Scope): number | undefined {
  if (template === undefined) return undefined;
  const value = templateValue(template, scope);
  const minutes = value.number();
  if (!isMinutes(minutes))
    throw new Error(`\`timeout-minutes\` must be a whole number above 0, not \`${value.coerceString()}\`.`);
  return minutes;
}

/** Milliseconds for a timer. Node's timers hold 31 bits (24 days) and take more for nothing at all. */
export function timerOf(minutes: number, minute: number): number {
  return Math.min(minutes * minute, 2 ** 31 - 1);
}

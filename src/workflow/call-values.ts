import { data } from '@actions/expressions';
import { find } from './check-call.ts';
import type { CallInput, CallInterface, CallJob, InputType } from './model.ts';
import type { Scope, Value } from './expression.ts';
import { templateText, templateValue, type Template } from './template.ts';

/** What an input is when neither the caller nor a default says it. */
const nothing: Record<InputType, string | number | boolean> = { string: '', number: 0, boolean: false };

/**
 * The inputs of a called workflow, typed.
 * @param scope what the calling job sees
 * @param calleeScope what a default sees: `github` and `vars`
 * @throws Error when a value has not the type of its input
 */
export function callInputs(
  { inputs }: CallInterface,
  job: CallJob,
  scope: Scope,
  calleeScope: Scope,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    inputs.map((input) => {
      const given = find(job.with, input.name);
      if (given !== undefined) return [input.name, typed(input, given.value, scope)];
      return [input.name, input.default === undefined ? nothing[input.type] : typed(input, input.default, calleeScope)];
    }),
  );
}

/** The secrets that a caller names; an empty one counts as not given. */
export function callSecrets(job: CallJob, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    job.secrets
      .map(({ name, value }): [string, string] => [name, templateText(value, scope)])
      .filter(([, value]) => value !== ''),
  );
}

function typed({ name, type }: CallInput, template: Template, scope: Scope): string | number | boolean {
  const value = templateValue(template, scope);
  if (type === 'string') return templateText(template, scope);
  if (type === 'boolean' && value.kind === data.Kind.Boolean) return value.coerceString() === 'true';
  if (type === 'number' && value.kind === data.Kind.Number) return value.number();
  throw new Error(`Unexpected value '${plainText(value)}'. The input ${name} is a ${type}.`);
}

function plainText(value: Value): string {
  return value.primitive ? value.coerceString() : 'a list or an object';
}

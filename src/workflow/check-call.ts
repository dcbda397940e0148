import type { NodeAction } from './action.ts';
import { pathsIn } from './expression.ts';
import type { CallInput, CallJob, UsesStep, Workflow } from './model.ts';
import type { ReportProblem } from './problem.ts';
import { standInProblems, type StandIn } from './stand-in.ts';
import { literalText, type Named, type Template } from './template.ts';

/** Checks what a job passes to the workflow that it calls. The first sentences are GitHub's own. */
export function checkCall(job: CallJob, callee: Workflow, report: ReportProblem): void {
  if (callee.call === undefined) {
    report(job.uses, `The workflow \`${job.uses.text}\` cannot be called: it has no \`workflow_call\` trigger.`);
    return;
  }
  const { inputs, secrets } = callee.call;
  for (const given of job.with) {
    const input = find(inputs, given.name);
    if (input === undefined)
      report(given.value, `Invalid input, ${given.name} is not defined in the referenced workflow.${known(inputs)}`);
    else if (!literalFits(input, given.value))
      report(
        given.value,
        `Unexpected value '${literalText(given.value) ?? ''}'. The input ${input.name} is a ${input.type}.`,
      );
  }
  for (const given of [...job.with, ...job.secrets]) checkNoToken(given, report);
  for (const { name, required } of inputs)
    if (required && !find(job.with, name))
      report(job.uses, `Input ${name} is required, but not provided while calling.`);
  for (const given of job.secrets)
    if (!find(secrets, given.name))
      report(given.value, `Invalid secret, ${given.name} is not defined in the referenced workflow.${known(secrets)}`);
  for (const { name, required } of secrets)
    if (required && !find(job.secrets, name))
      report(job.uses, `Secret ${name} is required, but not provided while calling.`);
}

/** A token belongs to one job: what a caller would pass on is not there, or no longer valid, in the workflow it calls. */
function checkNoToken(given: Named, report: ReportProblem): void {
  const isToken = ([context = '', name = '']: readonly string[]): boolean =>
    ['secrets.github_token', 'github.token'].includes(`${context}.${name}`);
  const passes = given.value.parts.some((part) => typeof part !== 'string' && pathsIn(part).some(isToken));
  if (passes)
    report(given.value, 'A token cannot be passed on: each job of the called workflow has its own `github.token`.');
}

/**
 * Checks the inputs of an action. GitHub only warns of an unknown input and never asks for a required one; here both are
 * refused: a gate that runs with another setting than its author wrote is no gate.
 */
export function checkActionInputs(step: UsesStep, { name, inputs }: NodeAction, report: ReportProblem): void {
  for (const given of step.with)
    if (!find(inputs, given.name))
      report(given, `The action "${name}" has no input \`${given.name}\`.${known(inputs)}`);
  for (const input of inputs)
    if (input.required && input.default === undefined && !find(step.with, input.name))
      report(step.uses, `The action "${name}" needs the input \`${input.name}\`.`);
}

export function checkStandIn(step: UsesStep, standIn: StandIn, report: ReportProblem): void {
  const given = new Map(step.with.map(({ name, value }) => [name.toLowerCase(), literalText(value)]));
  for (const { input, message } of standInProblems(standIn, given))
    report((input === undefined ? undefined : find(step.with, input)) ?? step.uses, message);
}

/** Names of inputs and secrets do not differ by case. */
export function find<T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined {
  return list.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** Whether a literal has the type of an input; any scalar can be a text. */
function literalFits({ type }: CallInput, { literal }: Template): boolean {
  return literal === undefined || type === 'string' || typeof literal === type;
}

function known(list: readonly Pick<Named, 'name'>[]): string {
  return list.length === 0 ? '' : ` Defined are: ${list.map(({ name }) => name).join(', ')}.`;
}

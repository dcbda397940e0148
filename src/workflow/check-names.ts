import type { Expression } from './expression.ts';
import { pathsIn } from './expression.ts';
import type { JobPlan, StepsJobPlan, WorkflowPlan } from './plan.ts';
import type { Named, Template } from './template.ts';
import type { Place, ReportProblem } from './problem.ts';
import type { Environment, Step, Workflow } from './model.ts';

/**
 * Checks that every name by which an expression reaches for something exists. On GitHub a misspelt output, step or input
 * is an empty text, without a word; here it is refused.
 * @param isCalled whether another workflow calls this one: then it has only the secrets that it declares
 */
export function checkNames({ workflow, jobs }: WorkflowPlan, isCalled: boolean, report: ReportProblem): void {
  const check = (expression: Expression, place: Place, names: Names): void => {
    for (const path of pathsIn(expression)) {
      const wrong = wrongName(path, names);
      if (wrong !== undefined) report(place, wrong);
    }
  };
  const templates = (list: readonly Template[], names: Names): void => {
    for (const template of list)
      for (const part of template.parts) if (typeof part !== 'string') check(part, template, names);
  };
  const shared: Names = {
    ...fixedNames,
    inputs: names(workflow.call?.inputs),
    secrets: isCalled ? [...names(workflow.call?.secrets), 'github_token'] : undefined,
  };
  templates(ofWorkflow(workflow), shared);
  const allJobs = Object.fromEntries(jobs.map((plan) => [plan.job.id.toLowerCase(), outputsOfJob(plan)]));
  templates(values(workflow.call?.outputs), { ...shared, jobs: allJobs });
  for (const plan of jobs) {
    const needs = plan.job.needs.map((id) => id.toLowerCase());
    const inJob = { ...shared, needs: Object.fromEntries(needs.map((id) => [id, allJobs[id]])) };
    check(plan.job.if, plan.job, inJob);
    templates(ofJob(plan), inJob);
    if (plan.kind === 'call') continue;
    const before: Record<string, readonly string[] | undefined> = {};
    for (const step of plan.job.steps) {
      check(step.if, step, { ...inJob, steps: before });
      templates(ofStep(step), { ...inJob, steps: { ...before } });
      if (step.id !== undefined) before[step.id.toLowerCase()] = outputsOfStep(step, plan);
    }
    templates([...values(plan.job.outputs), ...urlOf(plan.job.environment)], { ...inJob, steps: before });
  }
}

/** What may follow each context: a list of names, or for jobs and steps the outputs of each; undefined for any name. */
interface Names {
  readonly inputs?: readonly string[];
  readonly secrets?: readonly string[] | undefined;
  readonly github: readonly string[];
  readonly job: readonly string[];
  readonly runner: readonly string[];
  readonly needs?: Outputs;
  readonly jobs?: Outputs;
  readonly steps?: Outputs;
}
type Outputs = Readonly<Record<string, readonly string[] | undefined>>;

/** docs.github.com, "Contexts reference", less what this engine does not set. */
const fixedNames: Names = {
  github: [
    ...['action', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref'],
    ...['env', 'event', 'event_name', 'event_path', 'graphql_url', 'head_ref', 'job', 'output', 'path', 'ref'],
    ...['ref_name', 'ref_protected', 'ref_type', 'repository', 'repository_id', 'repository_owner'],
    ...['repository_owner_id', 'repositoryurl', 'retention_days', 'run_attempt', 'run_id', 'run_number', 'server_url'],
    ...['sha', 'state', 'step_summary', 'token', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha'],
    'workspace',
  ],
  job: ['status', 'workflow_file_path', 'workflow_ref', 'workflow_repository', 'workflow_sha'],
  runner: ['arch', 'environment', 'name', 'os', 'temp', 'tool_cache', 'workspace'],
};

function wrongName([context = '', name, part, output]: readonly string[], names: Names): string | undefined {
  if (context === 'matrix' || context === 'strategy')
    return `\`${context}\` is not supported: there is no matrix here.`;
  if (name === undefined) return undefined;
  const known = names[context as keyof Names];
  if (known === undefined) return undefined;
  const exists = isList(known) ? known.includes(name) : Object.hasOwn(known, name);
  if (!exists)
    return `\`${context}.${name}\` does not exist here. ${listed(isList(known) ? known : Object.keys(known))}`;
  const outputs = isList(known) ? undefined : known[name];
  if (outputs === undefined || part !== 'outputs' || output === undefined || outputs.includes(output)) return undefined;
  return `\`${context}.${name}\` has no output \`${output}\`. ${listed(outputs)}`;
}

function isList(known: readonly string[] | Outputs): known is readonly string[] {
  return Array.isArray(known);
}

function listed(known: readonly string[]): string {
  return known.length === 0 ? 'There is none.' : `There is: ${known.join(', ')}.`;
}

function ofWorkflow({ env, runDefaults, concurrency, call }: Workflow): Template[] {
  const defaults = call?.inputs.flatMap((input) => input.default ?? []) ?? [];
  return [...values(env), ...defaults, ...ofConcurrency(concurrency), ...defined(runDefaults.workingDirectory)];
}

function ofJob(plan: JobPlan): Template[] {
  const { name, concurrency } = plan.job;
  const both = [...defined(name), ...ofConcurrency(concurrency)];
  if (plan.kind === 'call') return [...both, ...values(plan.job.with), ...values(plan.job.secrets)];
  const { env, runsOn, timeoutMinutes, environment, runDefaults } = plan.job;
  return [
    ...both,
    ...values(env),
    ...runsOn,
    ...defined(timeoutMinutes, environment?.name, runDefaults.workingDirectory),
  ];
}

function ofStep(step: Step): Template[] {
  const both = [...values(step.env), ...defined(step.name, step.timeoutMinutes, step.continueOnError)];
  return step.kind === 'run' ? [...both, step.run, ...defined(step.workingDirectory)] : [...both, ...values(step.with)];
}

function ofConcurrency(concurrency: Workflow['concurrency']): Template[] {
  return defined(concurrency?.group, concurrency?.cancelInProgress);
}

function urlOf(environment: Environment | undefined): Template[] {
  return defined(environment?.url);
}

function outputsOfJob(plan: JobPlan): string[] {
  return names(plan.kind === 'steps' ? plan.job.outputs : plan.callee.workflow.call?.outputs);
}

/** A run step may set any output; an action only those that it declares. */
function outputsOfStep(step: Step, plan: StepsJobPlan): string[] | undefined {
  return step.kind === 'run' ? undefined : plan.actions.get(step)?.outputs.map((name) => name.toLowerCase());
}

function names(list: readonly { readonly name: string }[] | undefined): string[] {
  return (list ?? []).map(({ name }) => name.toLowerCase());
}

function values(list: readonly Named[] | undefined): Template[] {
  return (list ?? []).map(({ value }) => value);
}

function defined<T>(...list: readonly (T | undefined)[]): T[] {
  return list.filter((one) => one !== undefined);
}

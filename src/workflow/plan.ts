import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileLabel, readAction, type NodeAction } from './action.ts';
import { checkActionInputs, checkCall, checkStandIn } from './check-call.ts';
import { checkNames } from './check-names.ts';
import { readChecked } from './checked-file.ts';
import type { CallJob, Job, StepsJob, UsesStep, Workflow } from './model.ts';
import { elevations, type Permissions } from './permissions.ts';
import { Problems, WorkflowRefused, type Place, type ReportProblem } from './problem.ts';
import { readWorkflow } from './read-workflow.ts';
import { parseReference, type Parsed } from './reference.ts';
import type { Commit, Repositories } from './repositories.ts';
import type { StandIn } from './stand-in.ts';
import { literalText } from './template.ts';

/** A workflow file with everything that it calls: found, read, and checked. */
export interface WorkflowPlan {
  readonly commit: Commit;
  /** Path in its repository. */
  readonly path: string;
  readonly label: string;
  readonly workflow: Workflow;
  readonly jobs: readonly JobPlan[];
}

export type JobPlan = StepsJobPlan | CallJobPlan;

export interface StepsJobPlan {
  readonly kind: 'steps';
  readonly job: StepsJob;
  readonly permissions: Permissions;
  /** What each `uses` step runs. */
  readonly actions: ReadonlyMap<UsesStep, NodeAction | StandIn>;
}

export interface CallJobPlan {
  readonly kind: 'call';
  readonly job: CallJob;
  readonly permissions: Permissions;
  readonly callee: WorkflowPlan;
}

export interface PlanRequest {
  readonly commit: Commit;
  readonly path: string;
  readonly repositories: Repositories;
  readonly standIns: readonly StandIn[];
  /** Values of `runs-on` that this machine answers to. */
  readonly labels: readonly string[];
  /** What a job may do when no file says it. */
  readonly defaultPermissions: Permissions;
}

/** GitHub's limits (docs.github.com, "Reusing workflow configurations"): levels with the first caller, and calls in all. */
const maxLevels = 10;
const maxCalls = 50;

/**
 * Reads a workflow and everything it calls, and checks all of it before anything runs.
 * @throws WorkflowRefused with every problem found, in all files
 */
export async function planWorkflow(request: PlanRequest): Promise<WorkflowPlan> {
  const planner = new Planner(request);
  const plan = await planner.file(request.commit, request.path, [], request.defaultPermissions, undefined);
  if (plan === undefined || planner.problems.list.length > 0) throw new WorkflowRefused(planner.problems.list);
  return plan;
}

/** Who calls a file: the job, and what reports a problem in the caller's file. */
interface Call {
  readonly job: CallJob;
  readonly report: ReportProblem;
}

class Planner {
  readonly problems = new Problems();
  readonly #request: PlanRequest;
  readonly #actions = new Map<string, Promise<NodeAction | undefined>>();
  #calls = 0;

  constructor(request: PlanRequest) {
    this.#request = request;
  }

  /**
   * @param callers the files above, from the first caller on
   * @param granted what the caller allows
   */
  async file(
    commit: Commit,
    path: string,
    callers: readonly string[],
    granted: Permissions,
    call: Call | undefined,
  ): Promise<WorkflowPlan | undefined> {
    const label = fileLabel(commit, path, this.#request.commit);
    const report = this.problems.of(label);
    const notFound: [ReportProblem, Place] = call ? [call.report, call.job.uses] : [report, { line: 1, column: 1 }];
    const workflow = await this.#read(join(commit.folder, path), path, report, notFound);
    if (workflow === undefined) return undefined;
    if (call !== undefined) {
      checkCall(call.job, workflow, call.report);
      checkPermissions(workflow, granted, label, call);
    }
    const jobs: JobPlan[] = [];
    for (const job of workflow.jobs) {
      const permissions = job.permissions?.levels ?? workflow.permissions?.levels ?? granted;
      const plan =
        job.kind === 'steps'
          ? await this.#stepsJob(job, commit, permissions, report)
          : await this.#callJob(job, commit, [...callers, label], permissions, report);
      if (plan !== undefined) jobs.push(plan);
    }
    const plan = { commit, path, label, workflow, jobs };
    if (jobs.length === workflow.jobs.length) checkNames(plan, call !== undefined, report);
    return plan;
  }

  async #read(
    file: string,
    path: string,
    report: ReportProblem,
    [reportMissing, place]: [ReportProblem, Place],
  ): Promise<Workflow | undefined> {
    if (!existsSync(file)) {
      reportMissing(place, `There is no workflow file \`${path}\`.`);
      return undefined;
    }
    const document = await readChecked(file, path, 'workflow', report);
    return document && readWorkflow(document, report);
  }

  async #stepsJob(
    job: StepsJob,
    commit: Commit,
    permissions: Permissions,
    report: ReportProblem,
  ): Promise<StepsJobPlan> {
    for (const template of job.runsOn) {
      const label = literalText(template);
      if (label !== undefined && !this.#request.labels.includes(label))
        report(template, `No runner here answers to \`${label}\`. Labels: ${this.#request.labels.join(', ')}.`);
    }
    const actions = new Map<UsesStep, NodeAction | StandIn>();
    for (const step of job.steps) {
      if (step.kind !== 'uses') continue;
      const action = await this.#action(step, commit, report);
      if (action !== undefined) actions.set(step, action);
    }
    return { kind: 'steps', job, permissions, actions };
  }

  async #action(step: UsesStep, commit: Commit, report: ReportProblem): Promise<NodeAction | StandIn | undefined> {
    try {
      const parsed = parseReference(step.uses.text);
      if (parsed.kind === 'local')
        throw new Error(
          'An action by `./` is read from whatever the job checked out. Use `$/` for one of this repository.',
        );
      const own = await this.#own(parsed, commit);
      if (own !== undefined) {
        const action = await this.#readAction(own.commit, parsed.path, own.ref);
        if (action !== undefined) checkActionInputs(step, action, report);
        return action;
      }
      return this.#standIn(step, report);
    } catch (error) {
      report(step.uses, (error as Error).message);
      return undefined;
    }
  }

  /** The commit that an action of this machine is read from, and the ref that it sees itself under. */
  async #own(
    parsed: Exclude<Parsed, { kind: 'local' }>,
    commit: Commit,
  ): Promise<{ commit: Commit; ref: string } | undefined> {
    if (parsed.kind === 'same') return { commit, ref: commit.sha };
    const { repositories } = this.#request;
    if (!repositories.has(parsed.repository)) return undefined;
    return { commit: await repositories.atRef(parsed.repository, parsed.ref), ref: parsed.ref };
  }

  #standIn(step: UsesStep, report: ReportProblem): StandIn {
    const [name = ''] = step.uses.text.split('@');
    const standIn = this.#request.standIns.find(({ action }) => action === name.toLowerCase());
    if (standIn === undefined)
      throw new Error(
        `There is no stand-in for the third-party action \`${name}\`, and its code is not on this machine.`,
      );
    checkStandIn(step, standIn, report);
    return standIn;
  }

  /** Each action is read, and what is wrong in it reported, once. */
  #readAction(commit: Commit, path: string, ref: string): Promise<NodeAction | undefined> {
    const key = [commit.repository, commit.ref, path, ref].join(' ');
    const reading = this.#actions.get(key) ?? readAction(commit, path, ref, this.#request.commit, this.problems);
    this.#actions.set(key, reading);
    return reading;
  }

  async #callJob(
    job: CallJob,
    commit: Commit,
    callers: readonly string[],
    permissions: Permissions,
    report: ReportProblem,
  ): Promise<CallJobPlan | undefined> {
    try {
      const parsed = parseReference(job.uses.text);
      if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(parsed.path))
        throw new Error('A reusable workflow lies in .github/workflows and ends in .yml or .yaml.');
      const at =
        parsed.kind === 'remote' ? await this.#request.repositories.atRef(parsed.repository, parsed.ref) : commit;
      const label = fileLabel(at, parsed.path, this.#request.commit);
      if (callers.includes(label)) throw new Error(`The workflow calls itself: ${[...callers, label].join(' -> ')}.`);
      if (callers.length >= maxLevels) throw new Error(`Calls are nested more than ${maxLevels} levels deep.`);
      if (++this.#calls > maxCalls) throw new Error(`The run calls more than ${maxCalls} workflows.`);
      const callee = await this.file(at, parsed.path, callers, permissions, { job, report });
      return callee && { kind: 'call', job, permissions, callee };
    } catch (error) {
      report(job.uses, (error as Error).message);
      return undefined;
    }
  }
}

/**
 * A called workflow, and each job in it, may ask for no more than the calling job has. The texts and places are
 * GitHub's own (actions/languageservices, testdata/reader/errors-reusable-workflow-permissions-*).
 */
function checkPermissions(workflow: Workflow, granted: Permissions, label: string, { job, report }: Call): void {
  const ask = (asked: Permissions, who: string, place: Place): void => {
    const beyond = elevations(asked, granted);
    if (beyond.length === 0) return;
    const requested = beyond.map(({ area, asked: level }) => `${area}: ${level}`).join(', ');
    const allowed = beyond.map(({ area, allowed: level }) => `${area}: ${level}`).join(', ');
    report(
      job,
      `Error calling workflow '${job.uses.text}'. The ${who} is requesting '${requested}', but is only allowed '${allowed}'. It asks at ${label}:${place.line}:${place.column}; grant it in the calling job, or ask for less.`,
    );
  };
  if (workflow.permissions) ask(workflow.permissions.levels, `workflow '${job.uses.text}'`, workflow.permissions);
  for (const nested of workflow.jobs)
    if (nested.permissions) ask(nested.permissions.levels, `nested job '${jobName(nested)}'`, nested.permissions);
}

function jobName({ id, name }: Job): string {
  return (name && literalText(name)) ?? id;
}

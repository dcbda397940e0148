import { callInputs, callSecrets } from './call-values.ts';
import { githubContext } from './contexts.ts';
import { holds, toValue, type Scope, type Status } from './expression.ts';
import type { Concurrency } from './model.ts';
import type { CallJobPlan, JobPlan, StepsJobPlan, WorkflowPlan } from './plan.ts';
import { combine, type Conclusion, type JobResult } from './result.ts';
import type { RunContext } from './run-context.ts';
import { runJob } from './run-job.ts';
import { templateText, templateValue } from './template.ts';

/** How a workflow is run: what its caller gives it. */
export interface Frame {
  /** Ids and names of the calling jobs, from the first caller on. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly isCalled: boolean;
  /** Concurrency groups that the run and the calling jobs hold. */
  readonly heldGroups: readonly string[];
  /** Cancels all of it. */
  readonly cancel: AbortSignal;
}

export interface WorkflowOutcome {
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** In the order of the file. */
  readonly jobs: readonly JobResult[];
}

/** Runs the jobs of a workflow, each as soon as what it needs is done. */
export async function runPlan(context: RunContext, plan: WorkflowPlan, frame: Frame): Promise<WorkflowOutcome> {
  const { concurrency } = plan.workflow;
  const ended = await inGroup(context, concurrency, scopeOf(context, frame, {}), frame, (inside) =>
    new WorkflowRun(context, plan, inside).run(),
  );
  if (ended !== undefined) return ended;
  const jobs = plan.jobs.map(({ job }) => notRun(frame, job.id, 'cancelled'));
  return { conclusion: 'cancelled', outputs: {}, jobs };
}

/** How a job ended, as those that need it see it. */
interface Finished {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly jobs: readonly JobResult[];
}

class WorkflowRun {
  readonly #context: RunContext;
  readonly #plan: WorkflowPlan;
  readonly #frame: Frame;
  readonly #running = new Map<string, Promise<void>>();
  readonly #finished = new Map<string, Finished>();

  constructor(context: RunContext, plan: WorkflowPlan, frame: Frame) {
    this.#context = context;
    this.#plan = plan;
    this.#frame = frame;
  }

  async run(): Promise<WorkflowOutcome> {
    for (const plan of this.#plan.jobs) this.#running.set(plan.job.id, this.#whenReady(plan));
    await Promise.all(this.#running.values());
    const finished = this.#plan.jobs.flatMap(({ job }) => this.#finished.get(job.id) ?? []);
    const conclusion = combine(finished.map(({ result }) => result));
    const jobs = finished.flatMap((one) => one.jobs);
    try {
      return { conclusion, outputs: this.#outputs(), jobs };
    } catch (error) {
      const failed = notRun(this.#frame, 'outputs', 'failure', (error as Error).message);
      return { conclusion: 'failure', outputs: {}, jobs: [...jobs, failed] };
    }
  }

  async #whenReady(plan: JobPlan): Promise<void> {
    // Until every job has its promise. That needs exist and form no cycle has been checked by the official parser.
    await Promise.resolve();
    const { id, needs } = plan.job;
    for (const need of needs) await this.#running.get(need);
    this.#finished.set(id, await this.#run(plan));
  }

  async #run(plan: JobPlan): Promise<Finished> {
    const { job } = plan;
    try {
      const scope = this.#scope(plan);
      const verdict = this.#verdict(plan, scope);
      if (verdict !== 'run') return alone(notRun(this.#frame, job.id, verdict));
      const ended = await inGroup(this.#context, job.concurrency, scope, this.#frame, (frame) =>
        plan.kind === 'steps' ? this.#steps(plan, scope, frame) : this.#call(plan, scope, frame),
      );
      return ended ?? alone(notRun(this.#frame, job.id, 'cancelled'));
    } catch (error) {
      return alone(notRun(this.#frame, job.id, 'failure', (error as Error).message));
    }
  }

  /** A job that would have run had the run not been cancelled is cancelled; one whose condition is false is skipped. */
  #verdict(plan: JobPlan, scope: Scope): 'run' | 'cancelled' | 'skipped' {
    if (this.#context.kill.aborted) return 'cancelled';
    if (holds(plan.job.if, scope)) return 'run';
    const status = { ...this.#status(plan, false), cancelled: false };
    return scope.status.cancelled && holds(plan.job.if, { ...scope, status }) ? 'cancelled' : 'skipped';
  }

  async #steps(plan: StepsJobPlan, scope: Scope, { cancel }: Frame): Promise<Finished> {
    const { call } = this.#plan.workflow;
    const result = await runJob(this.#context, {
      id: [...this.#frame.ids, plan.job.id].join('/'),
      name: [...this.#frame.names, this.#name(plan, scope)].join(' / '),
      plan,
      workflow: this.#plan,
      contexts: this.#contexts(plan),
      scope,
      secrets: this.#frame.secrets,
      visibleSecrets: this.#frame.isCalled ? (call?.secrets ?? []).map(({ name }) => name.toLowerCase()) : undefined,
      cancel,
    });
    return alone(result);
  }

  async #call({ job, callee }: CallJobPlan, scope: Scope, frame: Frame): Promise<Finished> {
    const withSecrets = { ...scope, contexts: { ...scope.contexts, secrets: toValue(this.#frame.secrets) } };
    const { call } = callee.workflow;
    if (call === undefined) throw new Error(`The workflow ${callee.label} cannot be called.`);
    const { conclusion, outputs, jobs } = await runPlan(this.#context, callee, {
      ...frame,
      ids: [...frame.ids, job.id],
      names: [...frame.names, this.#name({ job }, scope)],
      inputs: callInputs(call, job, scope, scopeOf(this.#context, { inputs: {} }, {})),
      secrets: callSecrets(job, withSecrets),
      isCalled: true,
    });
    return { result: conclusion, outputs, jobs };
  }

  #name({ job }: Pick<JobPlan, 'job'>, scope: Scope): string {
    return (job.name && templateText(job.name, scope)) ?? job.id;
  }

  #contexts({ job }: JobPlan): Readonly<Record<string, unknown>> {
    const needs = job.needs.map((id) => [id, this.#seen(id)]);
    return plainContexts(this.#context, this.#frame, { needs: Object.fromEntries(needs) as unknown });
  }

  #scope(plan: JobPlan): Scope {
    return { contexts: values(this.#contexts(plan)), status: this.#status(plan, this.#frame.cancel.aborted) };
  }

  #seen(id: string): Pick<Finished, 'result' | 'outputs'> {
    const { result, outputs } = this.#finished.get(id) ?? { result: 'skipped', outputs: {} };
    return { result, outputs };
  }

  /**
   * What the status functions say of a job: as on GitHub they look at every job before it, not only at those it needs, so
   * that a job after one that was skipped is skipped too.
   */
  #status({ job }: JobPlan, cancelled: boolean): Status {
    const results = [...this.#ancestors(job.needs)].map((id) => this.#seen(id).result);
    return {
      success: !cancelled && results.every((result) => result === 'success'),
      failure: results.includes('failure'),
      cancelled,
    };
  }

  #ancestors(needs: readonly string[]): Set<string> {
    const before = needs.flatMap((id) => this.#plan.jobs.find(({ job }) => job.id === id)?.job.needs ?? []);
    return new Set([...needs, ...(before.length === 0 ? [] : this.#ancestors(before))]);
  }

  #outputs(): Record<string, string> {
    const jobs = this.#plan.jobs.map(({ job }) => [job.id, this.#seen(job.id)]);
    const scope = scopeOf(this.#context, this.#frame, { jobs: Object.fromEntries(jobs) as unknown });
    const outputs = this.#plan.workflow.call?.outputs ?? [];
    return Object.fromEntries(outputs.map(({ name, value }) => [name, templateText(value, scope)]));
  }
}

/**
 * Does something while it holds a place in a concurrency group, if one is given.
 * @returns undefined when it was cancelled while it waited
 */
async function inGroup<T>(
  { concurrency: groups }: RunContext,
  concurrency: Concurrency | undefined,
  scope: Scope,
  frame: Frame,
  work: (frame: Frame) => Promise<T>,
): Promise<T | undefined> {
  if (concurrency === undefined) return work(frame);
  const group = templateText(concurrency.group, scope);
  const flag = concurrency.cancelInProgress && templateValue(concurrency.cancelInProgress, scope).coerceString();
  const displaced = new AbortController();
  const leave = await groups.enter(
    { group, cancelInProgress: flag === 'true', queue: concurrency.queue, heldAround: frame.heldGroups },
    () => displaced.abort(),
    frame.cancel,
  );
  if (leave === undefined) return undefined;
  try {
    const cancel = AbortSignal.any([frame.cancel, displaced.signal]);
    return await work({ ...frame, heldGroups: [...frame.heldGroups, group], cancel });
  } finally {
    leave();
  }
}

function plainContexts(
  context: RunContext,
  { inputs }: Pick<Frame, 'inputs'>,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return { github: githubContext(context), inputs, vars: context.settings.variables, ...more };
}

function values(contexts: Readonly<Record<string, unknown>>): Scope['contexts'] {
  return Object.fromEntries(Object.entries(contexts).map(([name, plain]) => [name, toValue(plain)]));
}

function scopeOf(context: RunContext, frame: Pick<Frame, 'inputs'>, more: Readonly<Record<string, unknown>>): Scope {
  const status = { success: true, failure: false, cancelled: false };
  return { contexts: values(plainContexts(context, frame, more)), status };
}

function alone(job: JobResult): Finished {
  return { result: job.conclusion, outputs: job.outputs, jobs: [job] };
}

/** A job that never got a runner. */
function notRun({ ids, names }: Frame, id: string, conclusion: Conclusion, message?: string): JobResult {
  const annotations = message === undefined ? [] : [{ type: 'error' as const, message }];
  return {
    id: [...ids, id].join('/'),
    name: [...names, id].join(' / '),
    conclusion,
    startedOn: undefined,
    finishedOn: undefined,
    steps: annotations.map((annotation) => ({
      name: 'Set up job',
      phase: 'set up',
      outcome: conclusion,
      conclusion,
      lines: [`##[error]${annotation.message}`],
      annotations: [annotation],
      summary: '',
      outputs: {},
      seconds: 0,
    })),
    outputs: {},
    environment: undefined,
    standIns: [],
  };
}

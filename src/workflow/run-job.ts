import { Masker } from './masker.ts';
import { timerOf } from './minutes.ts';
import { killOrphans } from './orphans.ts';
import type { JobRun } from './job-run.ts';
import type { JobResult, StepResult, UsedStandIn } from './result.ts';
import type { RunContext } from './run-context.ts';
import { runTask } from './run-step.ts';
import { startJob, type JobInput, type StartedJob } from './start-job.ts';
import { StepLog } from './step-log.ts';
import { stepTasks, type StepTask } from './step-task.ts';
import { templateText } from './template.ts';

/** GitHub's limit for all outputs of a job. */
const maxOutputBytes = 1024 * 1024;

/** Runs the steps of one job on this machine. It throws only when the engine itself is wrong. */
export async function runJob(context: RunContext, input: JobInput): Promise<JobResult> {
  const runner = new JobRunner(context, input);
  return runner.run();
}

class JobRunner {
  readonly #context: RunContext;
  readonly #input: JobInput;
  readonly #masker = new Masker();
  readonly #steps: StepResult[] = [];
  readonly #standIns: UsedStandIn[] = [];
  readonly #startedOn = new Date();
  readonly #cancel = new AbortController();
  readonly #kill = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  /** The minutes that the job had, once they are over. */
  #overtime: number | undefined;

  constructor(context: RunContext, input: JobInput) {
    this.#context = context;
    this.#input = input;
  }

  async run(): Promise<JobResult> {
    const unlink = this.#linkSignals();
    try {
      const started = await this.#start();
      if (started === undefined)
        return this.#result(this.#cancel.signal.aborted ? 'cancelled' : 'failure', {}, undefined);
      await this.#runTasks(started.run);
      return await this.#complete(started);
    } finally {
      unlink();
    }
  }

  /** A job is cancelled by the run, its group or its time, and killed with the run or when cancelling takes too long. */
  #linkSignals(): () => void {
    const { kill, times } = this.#context;
    const { cancel } = this.#input;
    const onCancel = (): void => this.#cancel.abort();
    const onKill = (): void => {
      this.#cancel.abort();
      this.#kill.abort();
    };
    this.#cancel.signal.addEventListener('abort', () => this.#later(times.cancel, () => this.#kill.abort()));
    cancel.addEventListener('abort', onCancel);
    kill.addEventListener('abort', onKill);
    if (kill.aborted) onKill();
    return () => {
      cancel.removeEventListener('abort', onCancel);
      kill.removeEventListener('abort', onKill);
      this.#timers.forEach(clearTimeout);
    };
  }

  #later(milliseconds: number, action: () => void): void {
    this.#timers.push(setTimeout(action, milliseconds));
  }

  async #start(): Promise<StartedJob | undefined> {
    const log = this.#openLog('Set up job', 'set up');
    const startedOn = performance.now();
    const signals = { cancel: this.#cancel.signal, kill: this.#kill.signal };
    const started = await startJob(this.#context, this.#input, this.#masker, log, signals, (name, phase) =>
      this.#openLog(name, phase),
    ).catch((error: unknown) => {
      log.fail(`The job could not be set up. ${(error as Error).message}`);
      return undefined;
    });
    this.#keep('Set up job', 'set up', log, startedOn);
    if (started !== undefined)
      this.#later(timerOf(started.minutes, this.#context.times.minute), () => {
        this.#overtime = started.minutes;
        this.#cancel.abort();
      });
    return started;
  }

  /** What comes before all steps, the steps, and what comes after them, last first. */
  async #runTasks(run: JobRun): Promise<void> {
    const onCancel = (): void => {
      run.state.worsen('cancelled');
    };
    run.cancel.addEventListener('abort', onCancel);
    if (run.cancel.aborted) onCancel();
    const tasks = stepTasks(this.#input.plan, this.#input.workflow.workflow.runDefaults);
    const posts: StepTask[] = [];
    const work = async (task: StepTask, post: StepTask | undefined): Promise<void> => {
      const ran = await this.#runTask(task, run);
      if (ran && post !== undefined && !posts.includes(post)) posts.unshift(post);
    };
    for (const { pre, post } of tasks) if (pre !== undefined) await work(pre, post);
    for (const { main, post } of tasks) await work(main, post);
    for (const post of [...posts]) await work(post, undefined);
    run.cancel.removeEventListener('abort', onCancel);
  }

  /** @returns whether the task ran, whatever came of it */
  async #runTask(task: StepTask, run: JobRun): Promise<boolean> {
    const result = await runTask(task, run);
    this.#steps.push(result);
    if (result.conclusion === 'failure') run.state.worsen('failure');
    const ran = result.conclusion !== 'skipped';
    if (ran && task.kind === 'stand-in' && task.phase === 'main')
      this.#standIns.push({ action: task.standIn.action, instead: task.standIn.instead });
    return ran;
  }

  /** Evaluates what the job gives to others, stops what it left running, and tells the forge how it ended. */
  async #complete({ run, identity }: StartedJob): Promise<JobResult> {
    const log = this.#openLog('Complete job', 'complete');
    const startedOn = performance.now();
    if (this.#overtime !== undefined)
      log.annotate('error', `The job has exceeded the maximum execution time of ${this.#overtime} minutes.`);
    const outputs = this.#outputs(run, log);
    const url = this.#environmentUrl(run, log);
    const killed = await killOrphans(run.trackingId);
    if (killed.length > 0) log.write(`Terminated orphan processes: ${killed.join(', ')}`);
    if (log.hasFailed) run.state.worsen('failure');
    const conclusion = run.state.status;
    await this.#context.options.services
      .finishJob(identity, { conclusion, environmentUrl: url })
      .catch((error: unknown) => log.fail(`The forge did not take the end of the job. ${(error as Error).message}`));
    this.#keep('Complete job', 'complete', log, startedOn);
    const environment = identity.environment && { name: identity.environment.name, url };
    return this.#result(log.hasFailed && conclusion === 'success' ? 'failure' : conclusion, outputs, environment);
  }

  /** As on GitHub, an output that holds a secret is left out, with a warning. */
  #outputs(run: JobRun, log: StepLog): Record<string, string> {
    const outputs: Record<string, string> = {};
    try {
      for (const { name, value } of this.#input.plan.job.outputs) {
        const text = templateText(value, run.state.scope());
        if (this.#masker.hides(text)) log.annotate('warning', `Skip output '${name}' since it may contain secret.`);
        else if (text !== '') outputs[name] = text;
      }
      if (Buffer.byteLength(JSON.stringify(outputs)) > maxOutputBytes)
        throw new Error(`The outputs are larger than ${maxOutputBytes} bytes.`);
      return outputs;
    } catch (error) {
      log.fail(`Fail to evaluate job outputs. ${(error as Error).message}`);
      return {};
    }
  }

  #environmentUrl(run: JobRun, log: StepLog): string {
    const { environment } = this.#input.plan.job;
    if (environment?.url === undefined) return '';
    try {
      const url = templateText(environment.url, run.state.scope());
      if (!this.#masker.hides(url)) return url;
      log.annotate('warning', 'Skip setting environment url as it may contain secret.');
    } catch (error) {
      log.fail(`Failed to evaluate environment url. ${(error as Error).message}`);
    }
    return '';
  }

  #openLog(name: string, phase: StepResult['phase']): StepLog {
    const { onLine } = this.#context.options;
    return new StepLog(this.#masker, (text) => onLine?.({ job: this.#input.id, step: name, phase, text }));
  }

  /** Keeps what the engine itself did, as a step. */
  #keep(name: string, phase: StepResult['phase'], log: StepLog, startedOn: number): void {
    const outcome = log.hasFailed ? 'failure' : 'success';
    this.#steps.push({
      name,
      phase,
      outcome,
      conclusion: outcome,
      lines: log.result,
      annotations: log.annotations,
      summary: '',
      outputs: {},
      seconds: (performance.now() - startedOn) / 1000,
    });
  }

  #result(
    conclusion: JobResult['conclusion'],
    outputs: Readonly<Record<string, string>>,
    environment: JobResult['environment'],
  ): JobResult {
    return {
      id: this.#input.id,
      name: this.#input.name,
      conclusion,
      startedOn: this.#startedOn.toISOString(),
      finishedOn: new Date().toISOString(),
      steps: this.#steps,
      outputs,
      environment,
      standIns: this.#standIns,
    };
  }
}

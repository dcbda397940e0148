import { randomUUID } from 'node:crypto';
import { applyFileCommands } from './apply-file-commands.ts';
import { holds, type Scope } from './expression.ts';
import { createFileCommands, type FileCommands } from './file-commands.ts';
import type { JobRun } from './job-run.ts';
import { minutesOf, timerOf } from './minutes.ts';
import type { Conclusion, StepResult } from './result.ts';
import { runTaskBody } from './run-task-body.ts';
import type { StepLog } from './step-log.ts';
import { stepSignal } from './step-signal.ts';
import { firstLine, type StepTask } from './step-task.ts';
import { templateText, templateValue } from './template.ts';
import type { Plain } from './contexts.ts';

/** Runs one task of a job, if its condition holds, and records for later steps how it ended. It never throws. */
export async function runTask(task: StepTask, run: JobRun): Promise<StepResult> {
  const started = performance.now();
  const name = nameOf(task, run);
  const log = run.openLog(name, task.phase);
  const ended = await attempt(task, run, log).catch((error: unknown): Ended => {
    log.fail((error as Error).message);
    return { outcome: 'failure', conclusion: 'failure', summary: '', outputs: new Map() };
  });
  const { outcome, conclusion, summary, outputs } = ended;
  const { id } = task.step;
  if (id !== undefined && task.phase === 'main') {
    const state = run.state.step(id);
    for (const [output, value] of outputs) state.outputs.set(output, value);
    Object.assign(state, { outcome, conclusion });
  }
  return {
    name,
    phase: task.phase,
    outcome,
    conclusion,
    lines: log.result,
    annotations: log.annotations,
    summary,
    outputs: Object.fromEntries([...outputs].map(([output, value]) => [output, run.state.masker.mask(value)])),
    seconds: (performance.now() - started) / 1000,
  };
}

interface Ended {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly summary: string;
  /** Unmasked: later steps need them. */
  readonly outputs: ReadonlyMap<string, string>;
}

async function attempt(task: StepTask, run: JobRun, log: StepLog): Promise<Ended> {
  const { state, context, cancel, kill, folders } = run;
  const skipped: Ended = { outcome: 'skipped', conclusion: 'skipped', summary: '', outputs: new Map() };
  if (kill.aborted) return skipped;
  const files = await createFileCommands(folders.fileCommands, randomUUID());
  const github = stepGithub(task, files);
  const env = new Map(
    task.step.env.map(({ name, value }) => [name, templateText(value, state.scope(new Map(), github))]),
  );
  const scope = (): Scope => state.scope(env, github);
  if (!holds(task.condition, scope())) return skipped;
  const minutes = minutesOf(task.step.timeoutMinutes, scope());
  const stop = stepSignal(
    cancel,
    kill,
    () => holds(task.condition, scope()),
    minutes && timerOf(minutes, context.times.minute),
  );
  const outputs = new Map<string, string>();
  try {
    await runTaskBody(task, {
      run,
      log,
      scope: scope(),
      env,
      github: state.github(github),
      outputs,
      cancel: stop.signal,
    });
  } catch (error) {
    log.fail((error as Error).message);
  } finally {
    stop.done();
  }
  const summary = await applyFileCommands(files, {
    state,
    log,
    outputs,
    actionState: task.kind === 'action' ? task.state : undefined,
  });
  if (stop.reason() === 'timed out') log.fail(`The action '${task.name}' has timed out after ${minutes ?? 0} minutes.`);
  const outcome = stop.reason() === 'cancelled' ? 'cancelled' : log.hasFailed ? 'failure' : 'success';
  if (outcome === 'cancelled') log.annotate('error', 'The operation was canceled.');
  return { outcome, conclusion: concluded(task, outcome, scope()), summary, outputs };
}

/** A failure that the step allows counts as a success. */
function concluded({ step }: StepTask, outcome: Conclusion, scope: Scope): Conclusion {
  if (outcome !== 'failure' || step.continueOnError === undefined) return outcome;
  const value = templateValue(step.continueOnError, scope).coerceString();
  if (value !== 'true' && value !== 'false')
    throw new Error(`\`continue-on-error\` must be true or false, not \`${value}\`.`);
  return value === 'true' ? 'success' : 'failure';
}

/** What `github` has for this step alone. */
function stepGithub(task: StepTask, files: FileCommands): Plain {
  const { env, output, path, state, summary } = files;
  return {
    action: task.key,
    action_repository: task.kind === 'action' ? task.action.repository : '',
    action_ref: task.kind === 'action' ? task.action.ref : '',
    env,
    output,
    path,
    state,
    step_summary: summary,
  };
}

/** The name with its expressions evaluated where that is possible already. */
function nameOf({ step, name, phase }: StepTask, { state }: JobRun): string {
  if (phase !== 'main' || step.name === undefined) return state.masker.mask(name);
  try {
    return state.masker.mask(firstLine(templateText(step.name, state.scope())));
  } catch {
    return state.masker.mask(name);
  }
}

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Plain } from './contexts.ts';
import type { Scope } from './expression.ts';
import { find } from './check-call.ts';
import type { JobRun } from './job-run.ts';
import type { Shell } from './model.ts';
import { runProcess } from './process.ts';
import { standInProblems } from './stand-in.ts';
import { inputVariables, runtimeEnvironment, stepEnvironment } from './step-environment.ts';
import type { StepLog } from './step-log.ts';
import type { ActionTask, RunTask, StandInTask, StepTask } from './step-task.ts';
import { templateText } from './template.ts';

/** What the body of a task works with. */
export interface TaskContext {
  readonly run: JobRun;
  readonly log: StepLog;
  readonly scope: Scope;
  /** Variables of the step itself. */
  readonly env: ReadonlyMap<string, string>;
  readonly github: Plain;
  readonly outputs: Map<string, string>;
  readonly cancel: AbortSignal;
}

/** @throws Error when the task cannot be run; a task that ran and failed says so in its log */
export function runTaskBody(task: StepTask, context: TaskContext): Promise<void> {
  switch (task.kind) {
    case 'run':
      return runScript(task, context);
    case 'action':
      return runAction(task, context);
    case 'stand-in':
      return runStandIn(task, context);
  }
}

/** Arguments by shell (actions/runner, ScriptHandlerHelpers.cs); one that is not given is bash, without `pipefail`. */
const shellArguments: Record<Shell, readonly string[]> = {
  bash: ['--noprofile', '--norc', '-e', '-o', 'pipefail'],
  sh: ['-e'],
};

async function runScript({ step, defaults }: RunTask, context: TaskContext): Promise<void> {
  const { run, scope, log } = context;
  const shell = step.shell ?? defaults.shell;
  const environment = stepEnvironment(run, context.env, context.github, {});
  const program = shell ?? (isOnPath('bash', environment.PATH ?? '') ? 'bash' : 'sh');
  const script = templateText(step.run, scope);
  const file = join(run.folders.temp, `${randomUUID()}.sh`);
  await writeFile(file, script);
  const folder = step.workingDirectory ?? defaults.workingDirectory;
  const cwd = resolve(run.folders.workspace, folder === undefined ? '' : templateText(folder, scope));
  if (!existsSync(cwd)) throw new Error(`The working directory \`${cwd}\` does not exist.`);
  const options = shell ? shellArguments[shell] : ['-e'];
  details(log, `Run ${script.trimEnd()}`, { shell: [program, ...options, '{0}'].join(' ') });
  const code = await start(program, [...options, file], cwd, environment, context);
  if (code !== 0) log.fail(`Process completed with exit code ${code}.`);
}

async function runAction({ step, action, script, phase, state }: ActionTask, context: TaskContext): Promise<void> {
  const { run, scope, log } = context;
  const inputs: Record<string, string> = {};
  for (const { name, value } of step.with) inputs[name] = templateText(value, scope);
  for (const { name, default: fallback } of action.inputs)
    if (!find(step.with, name)) inputs[name] = fallback === undefined ? '' : templateText(fallback, scope);
  if (phase === 'main') details(log, `Run ${step.uses.text}`, inputs);
  const states = Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
  const environment = {
    ...stepEnvironment(run, context.env, context.github, { ...states, ...inputVariables(inputs) }),
    ...runtimeEnvironment(run),
  };
  const file = join(action.folder, script);
  if (!existsSync(file)) throw new Error(`The file \`${file}\` of the action does not exist.`);
  const code = await start(run.context.node, [file], run.folders.workspace, environment, context);
  if (code !== 0) {
    log.hasFailed = true;
    log.write(`Node Action run completed with exit code ${code}.`);
  }
}

async function runStandIn({ step, standIn, phase }: StandInTask, context: TaskContext): Promise<void> {
  const { run, scope, log, outputs, cancel } = context;
  const { event, options, repositories } = run.context;
  const given = new Map(step.with.map(({ name, value }) => [name.toLowerCase(), templateText(value, scope)]));
  const problems = standInProblems(standIn, given);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  const inputs = Object.fromEntries(
    Object.entries(standIn.inputs).map(([name, input]) => [name, given.get(name) ?? input.default ?? '']),
  );
  if (phase === 'main') details(log, `Stand-in for ${step.uses.text}: ${standIn.instead}`, inputs);
  await standIn[phase === 'post' ? 'post' : 'run']?.({
    inputs,
    environment: stepEnvironment(run, context.env, context.github, {}),
    workspace: run.folders.workspace,
    temp: run.folders.temp,
    artifacts: join(options.folder, 'artifacts'),
    repository: event.repository.name,
    ref: event.ref,
    sha: event.sha,
    directory: repositories.directory(event.repository.name),
    builder: options.builder,
    signal: cancel,
    log: (line) => log.write(line),
    annotate: (type, message) => log.annotate(type, message),
    mask: (secret) => run.state.masker.add(secret),
    setOutput: (name, value) => outputs.set(name, value),
  });
}

/**
 * Runs a program whose output is the log of the step.
 * @returns its exit code, as a shell gives it for an end by a signal; 0 when it was stopped, which is judged elsewhere
 */
async function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  { run, log, cancel }: TaskContext,
): Promise<number> {
  const streams = { stdout: log.stream(), stderr: log.stream() };
  const { code, signal } = await runProcess({
    program,
    args,
    cwd,
    env,
    cancel,
    kill: run.kill,
    times: run.context.times,
    onOutput: (stream, chunk) => streams[stream].write(chunk),
  });
  streams.stdout.end();
  streams.stderr.end();
  if (signal !== null) log.write(`The process was ended by ${signal}.`);
  if (cancel.aborted) return 0;
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** The lines with which the runner opens the log of a step. */
function details(log: StepLog, heading: string, values: Readonly<Record<string, string>>): void {
  const [first = '', ...rest] = heading.split('\n');
  log.write(`##[group]${first}`);
  rest.forEach((line) => log.write(line));
  for (const [name, value] of Object.entries(values)) if (value !== '') log.write(`  ${name}: ${value}`);
  log.write('##[endgroup]');
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}

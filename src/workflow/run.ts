import { join } from 'node:path';
import { ConcurrencyGroups } from './concurrency.ts';
import { eventFacts, whyNotTriggered, type EventFacts } from './event.ts';
import { hostVariables } from './host-environment.ts';
import { restrictedPermissions } from './permissions.ts';
import { planWorkflow, type WorkflowPlan } from './plan.ts';
import { WorkflowRefused, type Problem } from './problem.ts';
import { runnerStopTimes } from './process.ts';
import { Repositories } from './repositories.ts';
import type { JobResult, RunResult, UsedStandIn } from './result.ts';
import type { RunContext, RunOptions, Times } from './run-context.ts';
import { runPlan } from './run-workflow.ts';
import { refuseOwnStandIns } from './stand-in.ts';
import { standIns } from './stand-ins.ts';

/** GitHub gives jobs five minutes to end once a run is cancelled. */
const githubTimes: Times = { ...runnerStopTimes, minute: 60_000, cancel: 5 * 60_000 };

/** Labels of the hosted runners that a Linux machine can stand in for. */
const hostedLabels = ['ubuntu-latest', 'ubuntu-24.04', 'ubuntu-22.04'];

/**
 * Runs a workflow on this machine for an event, as GitHub would. Everything that takes part is read and checked before
 * anything runs; what is wrong or not supported is in the result, with file and line.
 * @throws Error when the options are wrong: an event without what the engine needs, a repository that is not given
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const repositories = new Repositories(options.repositories, join(options.folder, 'repositories'));
  const table = options.standIns ?? standIns;
  refuseOwnStandIns(table, (repository) => repositories.has(repository));
  const node = nodeProgram(options.node);
  const event = eventFacts(options.event);
  const labels = options.labels ?? hostedLabels;
  const planned = await plan(options, event, repositories, table, labels);
  if ('problems' in planned) return startupFailure(planned.problems, repositories);
  const { cancel, kill, done } = signals(options);
  const context: RunContext = {
    options,
    event,
    run: options.run,
    entry: planned,
    repositories,
    settings: await options.services.settings(),
    concurrency: options.concurrency ?? new ConcurrencyGroups(),
    times: { ...githubTimes, ...options.times },
    node,
    labels,
    hostEnvironment: hostVariables(options.hostEnvironment ?? process.env),
    cancel,
    kill,
  };
  try {
    const secrets = event.fromFork ? {} : context.settings.secrets;
    const frame = { ids: [], names: [], inputs: {}, secrets, isCalled: false, heldGroups: [], cancel };
    const { conclusion, jobs } = await runPlan(context, planned, frame);
    return { conclusion, problems: [], jobs, ...gathered(jobs), sources: sourcesOf(repositories) };
  } finally {
    done();
  }
}

async function plan(
  options: RunOptions,
  event: EventFacts,
  repositories: Repositories,
  table: NonNullable<RunOptions['standIns']>,
  labels: readonly string[],
): Promise<WorkflowPlan | { problems: readonly Problem[] }> {
  try {
    const planned = await planWorkflow({
      commit: await repositories.atCommit(event.repository.name, event.ref, event.sha),
      path: options.workflow,
      repositories,
      standIns: table,
      labels,
      defaultPermissions: options.defaultPermissions ?? restrictedPermissions,
    });
    const { triggers } = planned.workflow;
    const message = whyNotTriggered(triggers, event);
    if (message === undefined) return planned;
    const { line, column } = triggers.find((trigger) => trigger.event === event.name) ??
      triggers[0] ?? { line: 1, column: 1 };
    return { problems: [{ file: planned.label, line, column, message }] };
  } catch (error) {
    if (error instanceof WorkflowRefused) return { problems: error.problems };
    throw error;
  }
}

/** The signals of the run: a cancellation that takes too long becomes a kill. */
function signals({ cancel, kill, times }: RunOptions): { cancel: AbortSignal; kill: AbortSignal; done: () => void } {
  const killer = new AbortController();
  const canceller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onCancel = (): void => {
    canceller.abort();
    timer ??= setTimeout(() => killer.abort(), times?.cancel ?? githubTimes.cancel);
  };
  const onKill = (): void => {
    canceller.abort();
    killer.abort();
  };
  cancel?.addEventListener('abort', onCancel);
  kill?.addEventListener('abort', onKill);
  if (cancel?.aborted) onCancel();
  if (kill?.aborted) onKill();
  const done = (): void => {
    clearTimeout(timer);
    cancel?.removeEventListener('abort', onCancel);
    kill?.removeEventListener('abort', onKill);
  };
  return { cancel: canceller.signal, kill: killer.signal, done };
}

function nodeProgram(given: string | undefined): string {
  if (given !== undefined) return given;
  if (Number(process.versions.node.split('.')[0]) < 24)
    throw new Error(
      `Actions run on Node 24; this is ${process.version}. Start the run with Node 24, or give \`node\`.`,
    );
  return process.execPath;
}

function startupFailure(problems: readonly Problem[], repositories: Repositories): RunResult {
  const sources = sourcesOf(repositories);
  return { conclusion: 'startup_failure', problems, jobs: [], standIns: [], annotations: [], sources };
}

function gathered(jobs: readonly JobResult[]): Pick<RunResult, 'standIns' | 'annotations'> {
  const used = new Map<string, UsedStandIn>(
    jobs.flatMap(({ standIns: list }) => list).map((standIn) => [standIn.action, standIn]),
  );
  const annotations = jobs.flatMap(({ id, steps }) =>
    steps.flatMap((step) => step.annotations.map((annotation) => ({ ...annotation, job: id }))),
  );
  return { standIns: [...used.values()], annotations };
}

function sourcesOf(repositories: Repositories): RunResult['sources'] {
  return repositories.used.map(({ repository, ref, sha, asItLies }) => ({ repository, ref, sha, asItLies }));
}

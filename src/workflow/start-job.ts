import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { jobClaims } from './claims.ts';
import { githubContext, jobContext, permissionRecord, runnerContext } from './contexts.ts';
import type { Scope } from './expression.ts';
import { makeJobFolders } from './job-folders.ts';
import type { JobRun } from './job-run.ts';
import { JobState } from './job-state.ts';
import type { Masker } from './masker.ts';
import { minutesOf } from './minutes.ts';
import { readOnly } from './permissions.ts';
import type { StepsJobPlan, WorkflowPlan } from './plan.ts';
import type { RunContext } from './run-context.ts';
import type { EnvironmentSettings, JobCredentials, JobIdentity } from './services.ts';
import type { StepLog } from './step-log.ts';
import { templateText } from './template.ts';

/** What a job is given by the workflow that it stands in. */
export interface JobInput {
  readonly id: string;
  readonly name: string;
  readonly plan: StepsJobPlan;
  readonly workflow: WorkflowPlan;
  /** The contexts of a job that has no runner yet: `github`, `inputs`, `vars`, `needs`. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** The same as values, for `runs-on` and the like. */
  readonly scope: Scope;
  /** The secrets of this workflow, less those of an environment and the token. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The secrets of an environment that it may see, in lower case; undefined for all. */
  readonly visibleSecrets: readonly string[] | undefined;
  /** Cancels this job. */
  readonly cancel: AbortSignal;
}

/** A job that is set up. */
export interface StartedJob {
  readonly identity: JobIdentity;
  readonly run: JobRun;
  readonly minutes: number;
}

/** The time that a job has when it does not say. */
const defaultMinutes = 360;

/**
 * Registers a job with the forge and makes what its steps need.
 * @param signals what cancels and kills the job
 * @throws Error when it cannot start: no runner for its labels, an environment that is closed to it, …
 */
export async function startJob(
  context: RunContext,
  input: JobInput,
  masker: Masker,
  log: StepLog,
  signals: { cancel: AbortSignal; kill: AbortSignal },
  openLog: JobRun['openLog'],
): Promise<StartedJob> {
  const { options } = context;
  const labels = input.plan.job.runsOn.map((label) => templateText(label, input.scope));
  const unknown = labels.filter((label) => !context.labels.includes(label));
  if (unknown.length > 0) throw new Error(`No runner here answers to \`${unknown.join(', ')}\`.`);
  log.write(`Runner: this machine, in place of ${labels.join(', ')}`);
  const minutes = minutesOf(input.plan.job.timeoutMinutes, input.scope) ?? defaultMinutes;
  const identity = identityOf(context, input);
  const entered = await enterEnvironment(context, identity, signals.cancel);
  const credentials = await options.services.registerJob(identity);
  try {
    const state = await prepare(context, input, masker, entered, credentials);
    log.write('##[group]GITHUB_TOKEN Permissions');
    for (const [area, level] of Object.entries(identity.permissions)) log.write(`${area}: ${level}`);
    log.write('##[endgroup]');
    const mayIdentify = identity.permissions['id-token'] === 'write';
    const run = {
      context,
      ...state,
      credentials: mayIdentify ? credentials : withoutIdentity(credentials),
      trackingId: `github_${randomUUID()}`,
      ...signals,
      openLog,
    };
    return { identity, minutes, run };
  } catch (error) {
    await options.services.finishJob(identity, { conclusion: 'failure', environmentUrl: '' });
    throw error;
  }
}

/** Masks the secrets, makes the folders, and evaluates the variables that every step has. */
async function prepare(
  context: RunContext,
  { id, plan, workflow, contexts, secrets: own, visibleSecrets }: JobInput,
  masker: Masker,
  entered: EnvironmentSettings,
  credentials: JobCredentials,
): Promise<Pick<JobRun, 'state' | 'folders'>> {
  const { event, options } = context;
  const secrets = {
    ...(event.fromFork ? {} : { ...own, ...visible(entered.secrets, visibleSecrets) }),
    GITHUB_TOKEN: credentials.token,
  };
  maskAll(masker, secrets, credentials);
  const folders = await makeJobFolders(
    join(options.folder, 'jobs', id.replaceAll('/', '+')),
    options.toolCache ?? join(options.folder, 'tool-cache'),
    event.repository.name,
    event.payload,
  );
  const vars = { ...context.settings.variables, ...entered.variables };
  const github = {
    ...githubContext(context),
    token: credentials.token,
    job: plan.job.id,
    workspace: folders.workspace,
    event_path: folders.event,
  };
  const state = new JobState(
    masker,
    { ...contexts, vars, secrets, runner: runnerContext(folders) },
    jobContext(workflow),
    github,
  );
  for (const { name, value } of [...workflow.workflow.env, ...plan.job.env])
    state.env.set(name, templateText(value, state.scope()));
  return { state, folders };
}

function identityOf(context: RunContext, { id, name, plan, workflow, scope }: JobInput): JobIdentity {
  const { event, run, entry, options } = context;
  const environment = plan.job.environment && {
    name: templateText(plan.job.environment.name, scope),
    deployment: plan.job.environment.deployment,
  };
  const permissions = permissionRecord(event.fromFork ? readOnly(plan.permissions) : plan.permissions);
  const claims = jobClaims(event, run, entry, workflow, environment?.name, {
    refProtected: options.refProtected ?? false,
    immutableSubject: options.immutableSubject ?? false,
  });
  return { id, name, claims, permissions, environment };
}

async function enterEnvironment(
  { options, event }: RunContext,
  identity: JobIdentity,
  signal: AbortSignal,
): Promise<EnvironmentSettings> {
  const { environment } = identity;
  if (environment === undefined) return { secrets: {}, variables: {} };
  const entered = await options.services.enterEnvironment(environment.name, identity, signal);
  if (entered === undefined)
    throw new Error(`The repository ${event.repository.name} has no environment \`${environment.name}\`.`);
  return entered;
}

function visible(
  secrets: Readonly<Record<string, string>>,
  names: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  if (names === undefined) return secrets;
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => names.includes(name.toLowerCase())));
}

function maskAll(
  masker: Masker,
  secrets: Readonly<Record<string, string>>,
  { token, identity, runtime }: JobCredentials,
): void {
  for (const secret of [...Object.values(secrets), identity?.requestToken, runtime?.token]) masker.add(secret ?? '');
  masker.add(Buffer.from(`x-access-token:${token}`).toString('base64'));
}

function withoutIdentity({ token, runtime }: JobCredentials): JobCredentials {
  return { token, ...(runtime && { runtime }) };
}

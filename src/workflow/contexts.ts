import { workflowName, workflowRef } from './claims.ts';
import type { JobFolders } from './job-folders.ts';
import type { Level } from './permissions.ts';
import type { WorkflowPlan } from './plan.ts';
import type { RunContext } from './run-context.ts';

/** Values of a context by name, with what is not text only where GitHub has it so. */
export type Plain = Readonly<Record<string, unknown>>;

/** What the `github` context is before a job has a token and folders: for conditions, names, inputs. */
export function githubContext({ event, run, entry, options }: RunContext): Plain {
  const { server, api, graphql } = options.services.urls;
  const { repository, actor } = event;
  return {
    actor: actor.login,
    actor_id: actor.id,
    triggering_actor: actor.login,
    api_url: api,
    graphql_url: graphql,
    server_url: server,
    base_ref: event.baseRef,
    head_ref: event.headRef,
    event: event.payload,
    event_name: event.name,
    ref: event.ref,
    ref_name: event.refName,
    ref_protected: options.refProtected ?? false,
    ref_type: event.refType,
    repository: repository.name,
    repository_id: repository.id,
    repository_owner: repository.owner,
    repository_owner_id: repository.ownerId,
    repositoryUrl: `${server.replace(/^https?/, 'git')}/${repository.name}.git`,
    retention_days: '90',
    run_id: run.id,
    run_number: run.number,
    run_attempt: run.attempt,
    sha: event.sha,
    workflow: workflowName(entry),
    workflow_ref: workflowRef(entry),
    workflow_sha: entry.commit.sha,
  };
}

/** The `runner` context: this machine, under the name of the hosted runner that it stands in for. */
export function runnerContext({ temp, toolCache, runnerWorkspace }: JobFolders): Record<string, string> {
  return {
    os: 'Linux',
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    name: 'slipway-local',
    environment: 'github-hosted',
    temp,
    tool_cache: toolCache,
    workspace: runnerWorkspace,
  };
}

/** The `job` context less its status: which workflow file the job stands in. */
export function jobContext(plan: WorkflowPlan): Record<string, string> {
  return {
    workflow_ref: workflowRef(plan),
    workflow_sha: plan.commit.sha,
    workflow_repository: plan.commit.repository,
    workflow_file_path: plan.path,
  };
}

/** The values that reach a step as `GITHUB_*` (actions/runner, GitHubContext.cs); `token` and `event` are not among them. */
export function githubVariables(context: Plain): Record<string, string> {
  const hidden = ['event', 'token', 'repositoryUrl'];
  return Object.fromEntries(
    Object.entries(context)
      .filter(([name]) => !hidden.includes(name))
      .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]),
  );
}

export function permissionRecord(permissions: ReadonlyMap<string, Level>): Readonly<Record<string, Level>> {
  return Object.fromEntries([...permissions].filter(([, level]) => level !== 'none'));
}

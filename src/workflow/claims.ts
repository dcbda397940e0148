import type { EventFacts } from './event.ts';
import type { WorkflowPlan } from './plan.ts';

/** A run as GitHub numbers it. */
export interface RunNumbers {
  readonly id: string;
  readonly number: string;
  readonly attempt: string;
}

/** What a job's identity token says of it (docs.github.com, "OpenID Connect reference"). */
export type Claims = Readonly<Record<string, string>>;

export const issuer = 'https://token.actions.githubusercontent.com';

/** `owner/name/path@ref`, by which GitHub names a workflow file. */
export function workflowRef({ commit, path }: WorkflowPlan): string {
  return `${commit.repository}/${path}@${commit.ref}`;
}

/** `github.workflow`: its name, or its path when it has none. */
export function workflowName({ workflow, path }: WorkflowPlan): string {
  return workflow.name ?? path;
}

/**
 * The claims of a job, less those of the issuer (`aud`, `jti`, `iat`, `nbf`, `exp`).
 * @param entry the workflow that the event started
 * @param plan the workflow that the job stands in: another one when it was called
 * @param immutableSubject repositories made or renamed after 2026-06-18 carry the ids of owner and repository in `sub`
 */
export function jobClaims(
  event: EventFacts,
  run: RunNumbers,
  entry: WorkflowPlan,
  plan: WorkflowPlan,
  environment: string | undefined,
  { refProtected, immutableSubject }: { refProtected: boolean; immutableSubject: boolean },
): Claims {
  const { repository, actor } = event;
  const [, name = ''] = repository.name.split('/');
  const subject = immutableSubject
    ? `${repository.owner}-${repository.ownerId}/${name}-${repository.id}`
    : repository.name;
  const context =
    environment !== undefined
      ? `environment:${environment}`
      : event.name === 'pull_request'
        ? 'pull_request'
        : `ref:${event.ref}`;
  return {
    iss: issuer,
    sub: `repo:${subject}:${context}`,
    ref: event.ref,
    ref_type: event.refType,
    ref_protected: String(refProtected),
    sha: event.sha,
    head_ref: event.headRef,
    base_ref: event.baseRef,
    repository: repository.name,
    repository_id: repository.id,
    repository_owner: repository.owner,
    repository_owner_id: repository.ownerId,
    repository_visibility: repository.visibility,
    actor: actor.login,
    actor_id: actor.id,
    event_name: event.name,
    workflow: workflowName(entry),
    workflow_ref: workflowRef(entry),
    workflow_sha: entry.commit.sha,
    job_workflow_ref: workflowRef(plan),
    job_workflow_sha: plan.commit.sha,
    run_id: run.id,
    run_number: run.number,
    run_attempt: run.attempt,
    runner_environment: 'github-hosted',
    ...(environment !== undefined && { environment }),
  };
}

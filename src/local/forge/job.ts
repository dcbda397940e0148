import type { Permissions } from './operations.ts';

/** One job of a workflow run, as the forge knows it: what its token may do and what its identity token says. */
export interface Job {
  /** `owner/name`. */
  readonly repository: string;
  readonly repositoryId: string;
  readonly ownerId: string;
  readonly visibility: 'public' | 'private' | 'internal';
  readonly event: string;
  /** Full name: `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string;
  readonly refProtected: boolean;
  readonly sha: string;
  /** Branches of a pull request; empty otherwise. */
  readonly baseRef: string;
  readonly headRef: string;
  readonly actor: string;
  readonly actorId: string;
  readonly runId: string;
  readonly runNumber: string;
  readonly attempt: string;
  /** Name of the workflow that was triggered: the caller's, also in a job of a reusable workflow. */
  readonly workflow: string;
  /** `owner/name/.github/workflows/<file>@<ref>` of the workflow that was triggered, and its commit. */
  readonly workflowRef: string;
  readonly workflowSha: string;
  /** The same of the file that holds the job: differs from the above in a job of a reusable workflow. */
  readonly jobWorkflowRef: string;
  readonly jobWorkflowSha: string;
  readonly environment?: string;
  readonly permissions: Permissions;
}

/**
 * The claims of GitHub's identity token for a job (docs.github.com, "OpenID Connect reference"), without those that
 * the issuer adds (`iss`, `aud`, `iat`, `nbf`, `exp`, `jti`). All of them are text, as GitHub writes them.
 */
export function identityClaims(job: Job): Record<string, string> {
  return {
    sub: subject(job),
    repository: job.repository,
    repository_id: job.repositoryId,
    repository_owner: ownerOf(job.repository),
    repository_owner_id: job.ownerId,
    repository_visibility: job.visibility,
    event_name: job.event,
    ref: job.ref,
    ref_type: job.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: String(job.refProtected),
    sha: job.sha,
    base_ref: job.baseRef,
    head_ref: job.headRef,
    actor: job.actor,
    actor_id: job.actorId,
    run_id: job.runId,
    run_number: job.runNumber,
    run_attempt: job.attempt,
    workflow: job.workflow,
    workflow_ref: job.workflowRef,
    workflow_sha: job.workflowSha,
    job_workflow_ref: job.jobWorkflowRef,
    job_workflow_sha: job.jobWorkflowSha,
    runner_environment: 'github-hosted',
    ...(job.environment !== undefined && { environment: job.environment }),
  };
}

/** The audience when none is asked for: the owner's page. */
export function defaultAudience(job: Job): string {
  return `https://github.com/${ownerOf(job.repository)}`;
}

/**
 * The subject in the form of repositories created since 2026-07-15: with the ids of owner and repository (GitHub
 * changelog of 2026-04-23, "Immutable subject claims").
 */
function subject(job: Job): string {
  const [owner = '', name = ''] = job.repository.split('/');
  const repository = `repo:${owner}@${job.ownerId}/${name}@${job.repositoryId}`;
  if (job.environment !== undefined) return `${repository}:environment:${job.environment.replaceAll(':', '%3A')}`;
  if (job.event === 'pull_request') return `${repository}:pull_request`;
  return `${repository}:ref:${job.ref}`;
}

function ownerOf(repository: string): string {
  return repository.split('/')[0] ?? '';
}

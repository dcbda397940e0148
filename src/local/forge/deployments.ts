import { notFound, page, problem, textOf, type Answer, type Call } from './answer.ts';
import { repositoryOf, type Job } from './job.ts';

interface Deployment {
  readonly id: number;
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  readonly payload: unknown;
  readonly transient: boolean;
  readonly production: boolean;
  readonly createdAt: string;
  /** Oldest first. */
  readonly statuses: Status[];
}

interface Status {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
  readonly createdAt: string;
}

/** A deployment as tests and the report of a local run read it. */
export type DeploymentRecord = Pick<
  Deployment,
  'id' | 'repository' | 'environment' | 'sha' | 'payload' | 'createdAt'
> & { readonly states: readonly string[] };

/** Deployments and their statuses, with the rules of GitHub (docs.github.com, "REST API endpoints for deployments"). */
export class Deployments {
  readonly #all: Deployment[] = [];
  #lastStatus = 0;

  records(): DeploymentRecord[] {
    return this.#all.map(({ id, repository, environment, sha, payload, createdAt, statuses }) => ({
      id,
      repository,
      environment,
      sha,
      payload,
      createdAt,
      states: statuses.map(({ state }) => state),
    }));
  }

  readonly create = (call: Call): Answer => {
    const { job, body } = call;
    // Without the list GitHub demands every check of the commit, and this job is a check that still runs.
    if (body.required_contexts === undefined) {
      return problem(409, 'Conflict: Commit status checks failed or are pending for the ref.');
    }
    const ref = textOf(body.ref);
    const environment = textOf(body.environment, 'production');
    const deployment = this.#add({
      repository: repositoryOf(job),
      ref,
      sha: /^[0-9a-f]{40}$/.test(ref) ? ref : (job.claims.sha ?? ''),
      task: textOf(body.task, 'deploy'),
      environment,
      description: textOf(body.description),
      payload: body.payload ?? '',
      transient: body.transient_environment === true,
      production:
        body.production_environment === undefined ? environment === 'production' : body.production_environment === true,
    });
    return { status: 201, body: shown(deployment, call) };
  };

  /** Records a deployment as GitHub does for a job that names an environment; returns its id. */
  recordFor(job: Job, environment: string): number {
    const { sha = '', ref = '' } = job.claims;
    const plain = { task: 'deploy', description: '', payload: {}, transient: false };
    const production = environment === 'production';
    const deployment = this.#add({ ...plain, repository: repositoryOf(job), ref, sha, environment, production });
    this.#addStatus(deployment, { state: 'in_progress', description: '', logUrl: '', environmentUrl: '' });
    return deployment.id;
  }

  /** Records how a job with an environment ended. */
  recordEnd(id: number, state: 'success' | 'failure', environmentUrl: string): void {
    const deployment = this.#all.find((candidate) => candidate.id === id);
    if (deployment === undefined) throw new Error(`there is no deployment ${id}`);
    this.#addStatus(deployment, { state, description: '', logUrl: '', environmentUrl });
    if (state === 'success') this.#retireBefore(deployment);
  }

  readonly list = (call: Call): Answer => {
    const wanted = (name: 'ref' | 'sha' | 'task' | 'environment') => (deployment: Deployment) =>
      !call.query.has(name) || call.query.get(name) === deployment[name];
    const found = this.#of(call)
      .filter(wanted('ref'))
      .filter(wanted('sha'))
      .filter(wanted('task'))
      .filter(wanted('environment'));
    return page(
      call,
      found.reverse().map((deployment) => shown(deployment, call)),
    );
  };

  readonly get = (call: Call): Answer => {
    const deployment = this.#find(call);
    return deployment === undefined ? notFound : { status: 200, body: shown(deployment, call) };
  };

  readonly createStatus = (call: Call): Answer => {
    const deployment = this.#find(call);
    if (deployment === undefined) return notFound;
    const { body } = call;
    const status = this.#addStatus(deployment, {
      state: textOf(body.state),
      description: textOf(body.description),
      logUrl: textOf(body.log_url, textOf(body.target_url)),
      environmentUrl: textOf(body.environment_url),
    });
    if (status.state === 'success' && body.auto_inactive !== false) this.#retireBefore(deployment);
    return { status: 201, body: shownStatus(status, deployment, call) };
  };

  readonly listStatuses = (call: Call): Answer => {
    const deployment = this.#find(call);
    if (deployment === undefined) return notFound;
    return page(call, deployment.statuses.map((status) => shownStatus(status, deployment, call)).reverse());
  };

  #of({ job }: Call): Deployment[] {
    return this.#all.filter(({ repository }) => repository === repositoryOf(job));
  }

  #find(call: Call): Deployment | undefined {
    return this.#of(call).find(({ id }) => String(id) === call.params.deployment_id);
  }

  #add(deployment: Omit<Deployment, 'id' | 'createdAt' | 'statuses'>): Deployment {
    const added = { ...deployment, id: this.#all.length + 1, createdAt: now(), statuses: [] };
    this.#all.push(added);
    return added;
  }

  #addStatus(deployment: Deployment, status: Omit<Status, 'id' | 'createdAt'>): Status {
    const added = { ...status, id: ++this.#lastStatus, createdAt: now() };
    deployment.statuses.push(added);
    return added;
  }

  /** A success retires the earlier ones of its environment, but never a transient or a production one. */
  #retireBefore(newest: Deployment): void {
    for (const deployment of this.#all) {
      const same = deployment.repository === newest.repository && deployment.environment === newest.environment;
      const retirable =
        !deployment.transient && !deployment.production && deployment.statuses.at(-1)?.state === 'success';
      if (deployment !== newest && same && retirable) {
        this.#addStatus(deployment, { state: 'inactive', description: '', logUrl: '', environmentUrl: '' });
      }
    }
  }
}

function now(): string {
  return new Date().toISOString();
}

function shown(deployment: Deployment, { repositoryUrl }: Call): Record<string, unknown> {
  const url = `${repositoryUrl}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: `D_${deployment.id}`,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: null,
    created_at: deployment.createdAt,
    updated_at: deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
  };
}

function shownStatus(status: Status, deployment: Deployment, { repositoryUrl }: Call): Record<string, unknown> {
  const deploymentUrl = `${repositoryUrl}/deployments/${deployment.id}`;
  return {
    url: `${deploymentUrl}/statuses/${status.id}`,
    id: status.id,
    node_id: `DS_${status.id}`,
    state: status.state,
    creator: null,
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    deployment_url: deploymentUrl,
    repository_url: repositoryUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

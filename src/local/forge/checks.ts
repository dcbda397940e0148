import { notFound, page, textOf, type Answer, type Call } from './answer.ts';
import { repositoryOf } from './job.ts';

type CheckRun = Readonly<Record<string, unknown>> & {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly conclusion: string | null;
};

/** Check runs of a commit (docs.github.com, "REST API endpoints for check runs"). */
export class Checks {
  readonly #all: { readonly repository: string; readonly run: CheckRun }[] = [];

  records(): { readonly name: string; readonly sha: string; readonly conclusion: string | null }[] {
    return this.#all.map(({ run }) => ({ name: run.name, sha: run.head_sha, conclusion: run.conclusion }));
  }

  readonly create = (call: Call): Answer => {
    const { body, repositoryUrl, job } = call;
    const id = this.#all.length + 1;
    const conclusion = typeof body.conclusion === 'string' ? body.conclusion : null;
    const status = conclusion === null ? textOf(body.status, 'queued') : 'completed';
    const output = (body.output ?? {}) as Record<string, unknown>;
    const run: CheckRun = {
      id,
      head_sha: textOf(body.head_sha),
      node_id: `CR_${id}`,
      external_id: textOf(body.external_id),
      url: `${repositoryUrl}/check-runs/${id}`,
      html_url: null,
      details_url: textOf(body.details_url),
      status,
      conclusion,
      started_at: textOf(body.started_at, new Date().toISOString()),
      completed_at: status === 'completed' ? textOf(body.completed_at, new Date().toISOString()) : null,
      output: {
        title: output.title ?? null,
        summary: output.summary ?? null,
        text: output.text ?? null,
        annotations_count: Array.isArray(output.annotations) ? output.annotations.length : 0,
        annotations_url: `${repositoryUrl}/check-runs/${id}/annotations`,
      },
      name: textOf(body.name),
      check_suite: null,
      app: null,
      pull_requests: [],
    };
    this.#all.push({ repository: repositoryOf(job), run });
    return { status: 201, body: run };
  };

  readonly get = (call: Call): Answer => {
    const run = this.#of(call).find(({ id }) => String(id) === call.params.check_run_id);
    return run === undefined ? notFound : { status: 200, body: run };
  };

  readonly listForRef = (call: Call): Answer => {
    const name = call.query.get('check_name');
    const found = this.#of(call).filter(
      (run) => run.head_sha === call.params.ref && (name === null || run.name === name),
    );
    return page(call, found, (shown) => ({ total_count: found.length, check_runs: shown }));
  };

  #of({ job }: Call): CheckRun[] {
    return this.#all.filter(({ repository }) => repository === repositoryOf(job)).map(({ run }) => run);
  }
}

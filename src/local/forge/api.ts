import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { Context, Document, OpenAPIBackend } from 'openapi-backend';
import { dataFile } from '../data-file.ts';
import { notFound, page, problem, type Answer, type Call } from './answer.ts';
import { Checks } from './checks.ts';
import { Deployments } from './deployments.ts';
import { Faults } from './faults.ts';
import { repositoryOf, type Job } from './job.ts';
import { mayDo, type ForgeOperation } from './operations.ts';

/** The formats that GitHub's description names. It says `uri` also where GitHub gives and takes an empty text. */
const formats = {
  uri: (text: string) => text === '' || URL.canParse(text),
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
};

/** A request as it came; `job` is undefined when its token is not known. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly job: Job | undefined;
}

/** The REST API: every request is checked against GitHub's description, and every answer too. */
export class Api {
  readonly deployments = new Deployments();
  readonly checks = new Checks();
  readonly faults = new Faults();
  readonly #backend: OpenAPIBackend;
  readonly #handlers: Readonly<Record<ForgeOperation, (call: Call) => Answer>>;

  /** Reads the description. The library is loaded here: only a local run needs it. */
  static async load(environments: readonly string[]): Promise<Api> {
    const { OpenAPIBackend: Backend } = await import('openapi-backend');
    const definition = JSON.parse(await readFile(dataFile('github-openapi.json'), 'utf8')) as Document;
    const backend = new Backend({ definition, quick: true, coerceTypes: true, ajvOpts: { strict: false, formats } });
    const api = new Api(backend, environments);
    await backend.init();
    return api;
  }

  private constructor(backend: OpenAPIBackend, environments: readonly string[]) {
    this.#backend = backend;
    this.#handlers = {
      'repos/create-deployment': this.deployments.create,
      'repos/list-deployments': this.deployments.list,
      'repos/get-deployment': this.deployments.get,
      'repos/create-deployment-status': this.deployments.createStatus,
      'repos/list-deployment-statuses': this.deployments.listStatuses,
      'repos/get-all-environments': (call) =>
        page(call, environments, (shown) => ({
          total_count: environments.length,
          environments: shown.map((name) => environment(name, environments, call)),
        })),
      'repos/get-environment': (call) => {
        const name = call.params.environment_name ?? '';
        return environments.includes(name) ? { status: 200, body: environment(name, environments, call) } : notFound;
      },
      'checks/create': this.checks.create,
      'checks/get': this.checks.get,
      'checks/list-for-ref': this.checks.listForRef,
    };
    for (const operation of Object.keys(this.#handlers) as ForgeOperation[]) {
      backend.register(operation, (context: Context, request: ApiRequest) => this.#run(operation, context, request));
    }
    backend.register('notFound', () => problem(404, 'Not Found (the local forge does not offer this operation)'));
    backend.register('validationFail', (context: Context) => invalid(context));
  }

  /** The operation that a request means, if the forge offers it. */
  operationOf({ method, url }: ApiRequest): string | undefined {
    return this.#backend.router.matchOperation({ method, path: url.pathname, headers: {} })?.operationId;
  }

  async answer(request: ApiRequest): Promise<Answer> {
    const fault = this.faults.take(this.operationOf(request));
    if (fault !== undefined) return fault;
    if (request.job === undefined) return problem(401, 'Bad credentials');
    const { method, url, headers, body } = request;
    const query = Object.fromEntries(url.searchParams);
    return (await this.#backend.handleRequest(
      { method, path: url.pathname, query, headers: headers as Record<string, string>, body },
      request,
    )) as Answer;
  }

  #run(operation: ForgeOperation, context: Context, { job, url }: ApiRequest): Answer {
    const params = context.request.params as Record<string, string>;
    // A token of another repository must not learn that this one exists.
    if (job === undefined || repositoryOf(job) !== `${params.owner}/${params.repo}`) return notFound;
    if (!mayDo(job.permissions, operation)) return problem(403, 'Resource not accessible by integration');
    const answer = this.#handlers[operation]({
      job,
      params,
      query: url.searchParams,
      body: (context.request.requestBody ?? {}) as Record<string, unknown>,
      repositoryUrl: `${url.origin}/repos/${repositoryOf(job)}`,
      url: `${url.origin}${url.pathname}`,
    });
    const { errors } = this.#backend.validateResponse(answer.body, operation, answer.status);
    if (errors) throw new Error(`The answer to ${operation} is not what GitHub describes: ${JSON.stringify(errors)}`);
    return answer;
  }
}

/** GitHub answers 400 to a body that is no JSON and 422 to one that its description does not allow. */
function invalid({ validation, request }: Context): Answer {
  if (typeof request.requestBody === 'string') return problem(400, 'Problems parsing JSON');
  const errors = validation.errors ?? [];
  const text = errors.map(({ instancePath, message }) => `${instancePath || '(request)'} ${message ?? ''}`).join('; ');
  return problem(422, `Invalid request.\n\n${text}`);
}

function environment(name: string, all: readonly string[], { repositoryUrl }: Call): Record<string, unknown> {
  const id = all.indexOf(name) + 1;
  const url = `${repositoryUrl}/environments/${encodeURIComponent(name)}`;
  const created = new Date(0).toISOString();
  return { id, node_id: `EN_${id}`, name, url, html_url: url, created_at: created, updated_at: created };
}

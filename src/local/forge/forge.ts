import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../http-server.ts';
import { problem, type Answer } from './answer.ts';
import { Api } from './api.ts';
import type { DeploymentRecord } from './deployments.ts';
import type { Fault } from './faults.ts';
import { identityToken, type IdentityIssuer } from './identity-tokens.ts';
import type { Job } from './job.ts';

/** One request that the forge answered, for the assertions of tests and the log of a local run. */
export interface JournalEntry {
  readonly method: string;
  readonly path: string;
  /** Id in GitHub's description; absent when there is no such operation. */
  readonly operation?: string;
  readonly status: number;
  readonly body: unknown;
}

/** What a job needs to speak to the forge; a part of the environment that a runner gives it. */
export interface JobAccess {
  readonly token: string;
  /** Only with `id-token: write`. */
  readonly identity?: { readonly requestUrl: string; readonly requestToken: string };
  /** Takes both tokens back; GitHub does so when the job ends. */
  close(): void;
}

/** The stand-in for GitHub: its REST API and its issuer of identity tokens, on loopback. */
export interface LocalForge {
  /** For GITHUB_SERVER_URL: a name that ends in `.localhost`, which tells the actions that this is a local run. */
  readonly serverUrl: string;
  /** For GITHUB_API_URL: an address, because not every resolver knows `*.localhost`. */
  readonly apiUrl: string;
  openJob(job: Job): JobAccess;
  /** Records the deployment of a job that names an environment, as GitHub does; returns its id. */
  recordDeployment(job: Job, environment: string): number;
  recordDeploymentEnd(id: number, state: 'success' | 'failure', environmentUrl: string): void;
  readonly journal: readonly JournalEntry[];
  injectFault(fault: Fault): void;
  deployments(): DeploymentRecord[];
  checks(): { readonly name: string; readonly sha: string; readonly conclusion: string | null }[];
  close(): Promise<void>;
}

const maxBody = 1024 * 1024;
const identityPath = '/_runner/identity-token';

/** Starts the forge on a free port. Its state is in memory and ends with it. */
export async function startForge(issuer: IdentityIssuer, environments: readonly string[]): Promise<LocalForge> {
  const api = await Api.load(environments);
  const jobs = new Map<string, Job>();
  const identities = new Map<string, Job>();
  const journal: JournalEntry[] = [];

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', apiUrl);
    const body = await readBody(request);
    if (body === tooLarge) return problem(413, 'Payload Too Large');
    const token = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (url.pathname === identityPath) {
      const job = identities.get(token);
      return job === undefined ? problem(401, 'Bad credentials') : identityToken(job, url.searchParams, issuer);
    }
    const call = { method: request.method ?? 'GET', url, body, headers: request.headers, job: jobs.get(token) };
    const answered = await api.answer(call);
    const operation = api.operationOf(call);
    journal.push({
      method: call.method,
      path: url.pathname,
      ...(operation !== undefined && { operation }),
      status: answered.status,
      body,
    });
    return answered;
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (answered) => send(response, answered),
      (error: unknown) => send(response, problem(500, `The local forge broke: ${String(error)}`)),
    );
  });
  const apiUrl = await listenOnLoopback(server);

  return {
    serverUrl: apiUrl.replace('127.0.0.1', 'slipway.localhost'),
    apiUrl,
    openJob: (job) => {
      const token = `ghs_${randomBytes(18).toString('hex')}`;
      const requestToken = randomBytes(24).toString('hex');
      jobs.set(token, job);
      const mayIdentify = job.permissions['id-token'] === 'write';
      if (mayIdentify) identities.set(requestToken, job);
      return {
        token,
        // The runner's address has a query of its own; clients add `&audience=…` to it.
        ...(mayIdentify && { identity: { requestUrl: `${apiUrl}${identityPath}?api-version=2.0`, requestToken } }),
        close: () => {
          jobs.delete(token);
          identities.delete(requestToken);
        },
      };
    },
    recordDeployment: (job, environment) => api.deployments.recordFor(job, environment),
    recordDeploymentEnd: (id, state, environmentUrl) => api.deployments.recordEnd(id, state, environmentUrl),
    journal,
    injectFault: (fault) => api.faults.inject(fault),
    deployments: () => api.deployments.records(),
    checks: () => api.checks.records(),
    close: () => closeServer(server),
  };
}

const tooLarge = Symbol('too large');

/** The body as JSON, as text when it is none, undefined when there is none. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) return tooLarge;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

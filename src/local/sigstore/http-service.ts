import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { closeServer, listenOnLoopback } from '../http-server.ts';

/** What a service is asked. */
export interface ServiceRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one kind of request; a {@link Refusal} becomes its status, any other error 500. */
export type Handle = (request: ServiceRequest) => Promise<ServiceAnswer> | ServiceAnswer;

/** A request that a service does not serve. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const maxBody = 64 * 1024 * 1024;

/** A server on a free loopback port. */
export interface Service {
  /** Base address. */
  readonly url: string;
  /** Says what is served, each by method and path such as `POST /api/v1/timestamp`. */
  readonly serve: (routes: Readonly<Record<string, Handle>>) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server; it answers 404 until it is told what to serve. */
export async function startService(): Promise<Service> {
  let routes: Readonly<Record<string, Handle>> = {};
  const server = createServer((request, response) => {
    void answerTo(request, routes).then(({ status, type, body, headers = {} }) => {
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    });
  });
  return {
    url: await listenOnLoopback(server),
    serve: (given) => {
      routes = given;
    },
    close: () => closeServer(server),
  };
}

async function answerTo(request: IncomingMessage, routes: Readonly<Record<string, Handle>>): Promise<ServiceAnswer> {
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const handle = routes[`${request.method ?? ''} ${pathname}`];
    if (handle === undefined) throw new Refusal(404, 'there is nothing at this address');
    return await handle({ headers: request.headers, body: await readAll(request) });
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    return json(status, { code: status, message: error instanceof Error ? error.message : String(error) });
  }
}

/** An answer in JSON. */
export function json(status: number, content: unknown, headers: Readonly<Record<string, string>> = {}): ServiceAnswer {
  return { status, type: 'application/json', body: JSON.stringify(content), headers };
}

/** The body of a request as a JSON object. */
export function jsonBody<T extends object>({ body }: ServiceRequest): Partial<T> {
  try {
    const content: unknown = JSON.parse(body.toString('utf8'));
    if (typeof content === 'object' && content !== null) return content;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, 'the request is no JSON object');
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maxBody) throw new Refusal(413, 'the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

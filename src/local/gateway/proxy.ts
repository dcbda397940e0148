import {
  request as send,
  type Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Endpoint } from './endpoints.ts';

/** Headers that belong to one connection and are not passed on (RFC 9110, section 7.6.1). */
const hopByHop = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
];
const upstreamTimeout = 60_000;
/** The client went away before its answer; the number is nginx's. */
const clientClosed = 499;

/** What may be sent a second time when it is not known whether the first one was acted on (RFC 9110, section 9.2.1). */
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

export interface Forwarding {
  readonly agent: Agent;
  /**
   * Another endpoint to ask, when the pod of the first one is being deleted: that it closes is no failure of its own.
   * Undefined for a pod that stays or crashes: its failures are what a canary is judged by.
   */
  readonly insteadOf: (endpoint: Endpoint) => Promise<Endpoint | undefined>;
  /** Called once with the status to count. */
  readonly done: (status: number) => void;
}

/** Sends a request on to an endpoint and its answer back. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  first: Endpoint,
  { agent, insteadOf, done }: Forwarding,
): void {
  let isDone = false;
  const finish = (status: number): void => {
    if (isDone) return;
    isDone = true;
    done(status);
  };
  const fail = (status: number, message: string): void => {
    if (response.headersSent) response.destroy();
    else if (!response.destroyed)
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
    finish(status);
  };
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  const mayRepeat = !hasBody && safeMethods.includes(request.method ?? '');

  const attempt = (endpoint: Endpoint, again: boolean): void => {
    const upstream = send({
      agent,
      host: endpoint.address,
      port: endpoint.port,
      method: request.method,
      path: request.url,
      headers: headersFor(request),
      timeout: upstreamTimeout,
    });
    upstream.on('response', (answer) => {
      const status = answer.statusCode ?? 502;
      response.writeHead(status, withoutHops(answer.headers));
      answer.pipe(response);
      answer.on('error', () => fail(502, ''));
      answer.on('aborted', () => fail(502, ''));
      response.on('finish', () => finish(status));
    });
    upstream.on('timeout', () => {
      fail(504, `no answer from ${endpoint.address}:${endpoint.port} in ${upstreamTimeout / 1000} s`);
      upstream.destroy();
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (isDone) return;
      const giveUp = (): void => fail(502, `no answer from ${endpoint.address}:${endpoint.port}: ${error.message}`);
      if (!again || !mayRepeat || response.headersSent) {
        giveUp();
        return;
      }
      // The pod closed a kept connection just when it was used again: nothing was lost.
      const closedMeanwhile = upstream.reusedSocket && error.code === 'ECONNRESET';
      insteadOf(endpoint).then((other = closedMeanwhile ? endpoint : undefined) => {
        if (other === undefined) giveUp();
        else if (!isDone) attempt(other, false);
      }, giveUp);
    });
    response.on('close', () => {
      if (response.writableFinished) return;
      finish(clientClosed);
      upstream.destroy();
    });
    if (hasBody) request.pipe(upstream);
    else upstream.end();
  };
  attempt(first, true);
}

function headersFor(request: IncomingMessage): IncomingHttpHeaders {
  const { remoteAddress = '' } = request.socket;
  const before = request.headers['x-forwarded-for'];
  return {
    ...withoutHops(request.headers),
    // The length of a body that comes in pieces is not known; Node sends it in pieces again.
    ...(request.headers['transfer-encoding'] !== undefined && { 'transfer-encoding': 'chunked' }),
    'x-forwarded-for': before === undefined ? remoteAddress : `${String(before)}, ${remoteAddress}`,
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': 'http',
  };
}

function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.includes(name) && !named.includes(name)),
  );
}

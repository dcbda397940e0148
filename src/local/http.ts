import { request as requestHttp, type Agent, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TooLargeError } from '../effects/effects.ts';

/** A request inside the platform, always to loopback. */
export interface LocalRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Carries the certificates that are trusted, and keeps connections open. Without it each request has its own. */
  readonly agent?: Agent;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Of the answer's body, for {@link ask}. */
  readonly maxBytes?: number;
}

const defaultTimeout = 10_000;
const defaultMaxBytes = 64 * 1024 * 1024;

/** Sends a request and resolves with its answer as soon as the headers are there; the caller reads the body. */
export function open(url: string, options: LocalRequest = {}): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, body, agent = false, timeout = defaultTimeout } = options;
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = send(url, { method, headers: { ...headers, ...length }, timeout, agent }, resolve);
    sent.on('timeout', () => sent.destroy(new Error(`no answer from ${url} in ${timeout} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Sends a request and resolves with the whole answer. */
export async function ask(url: string, options: LocalRequest = {}): Promise<{ status: number; body: string }> {
  const answer = await open(url, options);
  const chunks: Buffer[] = [];
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  let total = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maxBytes) throw new TooLargeError(`the answer of ${url}`, maxBytes);
    chunks.push(chunk);
  }
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}

/** Whether an address answers 200 within a second. */
export async function answersOk(url: string, options: LocalRequest = {}): Promise<boolean> {
  return (await ask(url, { timeout: 1000, ...options })).status === 200;
}

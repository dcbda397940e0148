import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TooLargeError, type Http, type HttpOptions, type HttpResponse } from '../effects/effects.ts';

const defaultTimeout = 30_000;
const defaultMaxBytes = 64 * 1024 * 1024;

/**
 * Requests over @actions/http-client, which goes through the runner's proxy (https_proxy, no_proxy). The library is
 * loaded with the first request: it is heavy, and an action that was called wrongly never needs it.
 */
export const realHttp: Http = async (url, options = {}) => {
  const { HttpClient } = await import('@actions/http-client');
  const timeout = options.timeout ?? defaultTimeout;
  const client = new HttpClient('slipway', [], { allowRedirects: false, allowRetries: false, socketTimeout: timeout });
  const limit = AbortSignal.timeout(timeout);
  const stop = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  try {
    return await Promise.race([exchange(client, url, { ...options, signal: stop }), rejectWhen(stop, url)]);
  } finally {
    client.dispose();
  }
};

async function exchange(
  client: {
    request: (
      ...args: [string, string, NodeJS.ReadableStream | string | null, Record<string, string>]
    ) => Promise<{ message: IncomingMessage }>;
  },
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
    maxBytes = defaultMaxBytes,
    saveTo,
    signal,
  }: HttpOptions & { signal: AbortSignal },
): Promise<HttpResponse> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const content = body === undefined ? null : typeof body === 'string' ? body : Readable.from([Buffer.from(body)]);
  const { message } = await client.request(method, url, content, { ...headers, ...length });
  const chunks = bounded(message, url, maxBytes);
  const answer = { status: message.statusCode ?? 0, headers: flat(message.headers) };
  if (saveTo === undefined) return { ...answer, body: await readAll(chunks) };
  await pipeline(chunks, createWriteStream(saveTo), { signal });
  return { ...answer, body: new Uint8Array() };
}

/** The body as it arrives; fails when it is larger than allowed or ends too early. */
async function* bounded(message: IncomingMessage, url: string, maxBytes: number): AsyncGenerator<Buffer> {
  const { host } = new URL(url);
  let total = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) throw new TooLargeError(`The answer of ${host}`, maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw message.complete || error instanceof TooLargeError ? error : cutOff(host, error);
  } finally {
    message.destroy();
  }
  if (!message.complete) throw cutOff(host);
}

function cutOff(host: string, cause?: unknown): Error {
  return new Error(`The answer of ${host} was cut off.`, { cause });
}

async function readAll(chunks: AsyncIterable<Buffer>): Promise<Uint8Array> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

function rejectWhen(signal: AbortSignal, url: string): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void =>
      reject(new Error(`No complete answer from ${new URL(url).host} in time.`, { cause: signal.reason }));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
  });
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

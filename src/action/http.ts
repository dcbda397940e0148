import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
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
    return await Promise.race([exchange(client, url, options), rejectWhen(stop, url)]);
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
  { method = 'GET', headers = {}, body, maxBytes = defaultMaxBytes }: HttpOptions,
): Promise<HttpResponse> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const content = body === undefined ? null : typeof body === 'string' ? body : Readable.from([Buffer.from(body)]);
  const { message } = await client.request(method, url, content, { ...headers, ...length });
  return {
    status: message.statusCode ?? 0,
    headers: flat(message.headers),
    body: await readAll(message, url, maxBytes),
  };
}

async function readAll(message: IncomingMessage, url: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maxBytes) {
      message.destroy();
      throw new TooLargeError(`The answer of ${new URL(url).host}`, maxBytes);
    }
    chunks.push(chunk);
  }
  if (!message.complete) throw new Error(`The answer of ${new URL(url).host} was cut off.`);
  return Buffer.concat(chunks);
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

import { TooLargeError, type Clock, type Http, type HttpOptions, type HttpResponse } from './effects.ts';

/** What requests over the network need. */
export interface Network {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** A request; `tries` is how often it is sent at most. */
export interface RequestOptions extends HttpOptions {
  readonly tries?: number;
}

/** A server gave no answer, or none but 408, 429 and 5xx, however often it was asked. The message is a sentence. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Tries of a request when nothing else is said; the pauses between them double from the first. */
const usualTries = 5;
const firstPause = 500;
/** A server that asks for a longer pause is not waited for longer than this. */
const longestPause = 30_000;

/**
 * Sends a request until an answer comes that another try would not change. Only for requests that may be sent twice.
 * @throws NoAnswerError when there is none
 * @throws TooLargeError at once when the answer is larger than `maxBytes`
 */
export async function requestPatiently(
  { http, clock, signal }: Network,
  url: string,
  { tries = usualTries, ...options }: RequestOptions = {},
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    let pause = firstPause * 2 ** (attempt - 1);
    let failure: string;
    try {
      const answer = await http(url, { ...options, ...(signal && { signal }) });
      if (!isPassing(answer.status)) return answer;
      failure = `it answered ${answer.status}`;
      pause = Math.max(pause, retryAfter(answer.headers['retry-after'], clock.now()));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TooLargeError) throw error;
      failure = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    }
    if (attempt >= tries) throw new NoAnswerError(`${new URL(url).host} gave no usable answer: ${failure}.`);
    await clock.sleep(Math.min(pause, longestPause), signal);
  }
}

/** Milliseconds to wait by a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date. */
function retryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}

/** Whether an answer says that the same request may be answered well later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

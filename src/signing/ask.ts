import { TooLargeError, type HttpResponse } from '../effects/effects.ts';
import { NoAnswerError, requestPatiently, type Network, type RequestOptions } from '../effects/retry.ts';
import { SigningError } from './errors.ts';
import { signingRules } from './rules.ts';

const maxAnswerBytes = 1024 * 1024;

/**
 * Asks a signing service. What it answers to a request it refuses is not repeated: the request may hold a token.
 * @param service as a sentence names it, such as `log`
 * @param accepted status codes that are an answer
 * @throws SigningError
 */
export async function askService(
  network: Network,
  service: string,
  url: string,
  accepted: readonly number[],
  options: RequestOptions,
): Promise<HttpResponse> {
  let answer: HttpResponse;
  try {
    answer = await requestPatiently(network, url, { maxBytes: maxAnswerBytes, ...options });
  } catch (error) {
    if (error instanceof TooLargeError) throw strangeAnswer(service);
    if (!(error instanceof NoAnswerError)) throw error;
    throw new SigningError(signingRules.serviceUnreachable, `The ${service} is out of reach: ${error.message}`, error);
  }
  if (accepted.includes(answer.status)) return answer;
  const message = `The ${service} ${new URL(url).host} refused the request (${answer.status}).`;
  throw new SigningError(signingRules.serviceRefused, message);
}

/** The error of a service whose answer is not what its API says. */
export function strangeAnswer(service: string): SigningError {
  return new SigningError(signingRules.serviceUnreachable, `The ${service} gave an answer that is not of its API.`);
}

/** The answer as a JSON object. */
export function jsonIn(answer: HttpResponse, service: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(new TextDecoder().decode(answer.body));
    if (typeof content === 'object' && content !== null) return content as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw strangeAnswer(service);
}

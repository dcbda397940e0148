import type { Job } from './job.ts';

/** A request that the description allows, from a job that may make it. */
export interface Call {
  readonly job: Job;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** Address of the repository in the API. */
  readonly repositoryUrl: string;
  /** Address of the request without its query. */
  readonly url: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A text of a body, which the description has already checked, or what GitHub takes when it is not given. */
export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** An error in GitHub's form. */
export function problem(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } };
}

export const notFound = problem(404, 'Not Found');

/** One page of a list with GitHub's `link` header (docs.github.com, "Using pagination in the REST API"). */
export function page<T>(
  call: Call,
  items: readonly T[],
  wrap: (items: readonly T[]) => unknown = (shown) => shown,
): Answer {
  const perPage = Math.min(Number(call.query.get('per_page') ?? 30), 100);
  const number = Number(call.query.get('page') ?? 1);
  const last = Math.max(Math.ceil(items.length / perPage), 1);
  const link = (target: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(target));
    return `<${call.url}?${query.toString()}>; rel="${rel}"`;
  };
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * perPage, number * perPage)),
    ...(number < last && { headers: { link: `${link(number + 1, 'next')}, ${link(last, 'last')}` } }),
  };
}

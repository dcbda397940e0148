import type { Http } from '../effects/effects.ts';
import { isPassing } from '../effects/retry.ts';
import { cut } from '../report/text.ts';

/** One series of a counter with its raw samples, oldest first; times are seconds since 1970. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly { readonly at: number; readonly value: number }[];
}

/** An answer of the metrics source, or why there is none. What was `refused` will be refused again. */
export type SeriesResult =
  { readonly series: readonly Series[] } | { readonly problem: string; readonly refused: boolean };

export interface MetricsSource {
  readonly http: Http;
  /** Base address of the Prometheus HTTP API; no slash at its end. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly signal: AbortSignal;
}

const answerTimeout = 10_000;
const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * The raw samples of the last `seconds` of every series that a selector picks (Prometheus, "HTTP API": an instant query
 * of a range vector selector answers a matrix). `increase()` is not used: it extrapolates, so its counts are no whole
 * numbers, and it misses the first count of a new series, which is what the first error is.
 */
export async function readSamples(source: MetricsSource, selector: string, seconds: number): Promise<SeriesResult> {
  const { http, url, token, signal } = source;
  const query = new URLSearchParams({ query: `${selector}[${seconds}s]` });
  try {
    const { status, body } = await http(`${url}/api/v1/query?${query.toString()}`, {
      headers: { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      timeout: answerTimeout,
      maxBytes: maxAnswerBytes,
      signal,
    });
    const text = new TextDecoder().decode(body);
    if (status !== 200) {
      const refused = status >= 400 && !isPassing(status);
      return { problem: `it answered ${status}: ${cut(errorIn(text), 300)}`, refused };
    }
    const series = seriesIn(JSON.parse(text));
    return series === undefined ? { problem: 'its answer is not a whole range of counts', refused: false } : { series };
  } catch (error) {
    return { problem: (error as Error).message, refused: false };
  }
}

function errorIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // Not the API's own error: show what is there.
  }
  return text;
}

interface Matrix {
  readonly status?: unknown;
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown };
}

/** The series of an answer; undefined when anything in it is not as the API writes it, or is no count. */
function seriesIn(answer: unknown): Series[] | undefined {
  const { status, data } = (answer ?? {}) as Matrix;
  if (status !== 'success' || data?.resultType !== 'matrix' || !Array.isArray(data.result)) return undefined;
  const all = data.result.map(oneSeries).filter((series) => series !== undefined);
  return all.length === data.result.length ? all : undefined;
}

function oneSeries(given: unknown): Series | undefined {
  const { metric, values } = (given ?? {}) as { metric?: unknown; values?: unknown };
  if (typeof metric !== 'object' || metric === null || !Array.isArray(values)) return undefined;
  const samples = values.map((pair: unknown) => {
    const [at, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
    return {
      at: typeof at === 'number' ? at : NaN,
      value: typeof value === 'string' && value !== '' ? Number(value) : NaN,
    };
  });
  const isCount = ({ at, value }: { at: number; value: number }): boolean =>
    Number.isFinite(at) && Number.isFinite(value) && value >= 0;
  return samples.every(isCount) ? { labels: metric as Record<string, string>, samples } : undefined;
}

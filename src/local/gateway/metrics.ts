/** Which request is counted: labels of the counters. */
export interface RequestLabels {
  readonly namespace: string;
  readonly route: string;
  readonly backend: string;
}

interface Series {
  readonly labels: RequestLabels;
  readonly byCode: Map<string, number>;
  /** Requests whose time was at most the bucket's bound; the last one counts all. */
  readonly buckets: number[];
  seconds: number;
}

/** Upper bounds in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity];

export const contentType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Counts requests by backend and writes them as OpenMetrics 1.0 text. */
export class GatewayMetrics {
  readonly #series = new Map<string, Series>();

  /** @param code HTTP status as text; 499 when the client went away before its answer */
  count(labels: RequestLabels, code: string, seconds: number): void {
    const series = this.#of(labels);
    series.byCode.set(code, (series.byCode.get(code) ?? 0) + 1);
    series.seconds += seconds;
    for (const [index, bound] of bounds.entries()) {
      if (seconds <= bound) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
    }
  }

  /** The series of backends that exist, so that one without requests is a 0 and not nothing. */
  expect(labels: RequestLabels): void {
    const { byCode } = this.#of(labels);
    if (byCode.size === 0) byCode.set('200', 0);
  }

  text(): string {
    const all = [...this.#series.values()];
    const requests = 'slipway_gateway_requests';
    const duration = 'slipway_gateway_request_duration_seconds';
    return [
      `# HELP ${requests} Requests that the gateway has answered.`,
      `# TYPE ${requests} counter`,
      ...all.flatMap(({ labels, byCode }) =>
        [...byCode].map(([code, count]) => `${requests}_total${labelText({ ...labels, code })} ${count}`),
      ),
      `# HELP ${duration} Time from a request's first byte to the last byte of its answer.`,
      `# UNIT ${duration} seconds`,
      `# TYPE ${duration} histogram`,
      ...all.flatMap(({ labels, buckets, seconds }) => [
        ...bounds.map((bound, index) => {
          const le = bound === Infinity ? '+Inf' : Number.isInteger(bound) ? `${bound}.0` : String(bound);
          return `${duration}_bucket${labelText({ ...labels, le })} ${buckets[index] ?? 0}`;
        }),
        `${duration}_sum${labelText(labels)} ${seconds}`,
        `${duration}_count${labelText(labels)} ${buckets.at(-1) ?? 0}`,
      ]),
      '# EOF',
      '',
    ].join('\n');
  }

  #of(labels: RequestLabels): Series {
    const key = JSON.stringify([labels.namespace, labels.route, labels.backend]);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const series: Series = { labels, byCode: new Map(), buckets: bounds.map(() => 0), seconds: 0 };
    this.#series.set(key, series);
    return series;
  }
}

function labelText(labels: object): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(String(value))}"`);
  return `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Request counts and durations, as OpenMetrics text (openmetrics.io, version 1.0). */
export class Metrics {
  #requests = new Map();
  #buckets = new Map();

  observe(route, code, seconds) {
    const key = `route="${route}",code="${code}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    const histogram = this.#buckets.get(route) ?? { counts: bounds.map(() => 0), total: 0, sum: 0 };
    bounds.forEach((bound, index) => {
      if (seconds <= bound) histogram.counts[index] += 1;
    });
    histogram.total += 1;
    histogram.sum += seconds;
    this.#buckets.set(route, histogram);
  }

  text() {
    const lines = ['# TYPE gameforge_http_requests counter'];
    for (const [labels, value] of this.#requests) lines.push(`gameforge_http_requests_total{${labels}} ${value}`);
    lines.push(
      '# TYPE gameforge_http_request_duration_seconds histogram',
      '# UNIT gameforge_http_request_duration_seconds seconds',
    );
    for (const [route, { counts, total, sum }] of this.#buckets) {
      const name = 'gameforge_http_request_duration_seconds';
      bounds.forEach((bound, index) => lines.push(`${name}_bucket{route="${route}",le="${bound}"} ${counts[index]}`));
      lines.push(`${name}_bucket{route="${route}",le="+Inf"} ${total}`, `${name}_count{route="${route}"} ${total}`);
      lines.push(`${name}_sum{route="${route}"} ${sum}`);
    }
    return `${lines.join('\n')}\n# EOF\n`;
  }
}

import type { Counts } from '../statistics/two-counts.ts';
import type { Series } from './prometheus.ts';

/** What a status code label holds: a code, or a class such as `5xx`. */
export const codePattern = /^(?:\d{1,3}|[1-5]xx)$/;
/** Codes of an answer that the server gave and that is no failure of its own (RFC 9110, section 15). */
const goodPattern = /^[1-4](?:\d\d|xx)$/;
/** nginx: the client gave up before there was an answer. A candidate that hangs makes nothing but these. */
const clientGaveUp = '499';

/**
 * Counts requests from the samples of counters, from {@link RequestCounter.start} on: exactly, series by series. A
 * counter that fell was reset and counts on from zero (as Prometheus' `rate()` takes it); a series that appears later
 * is new, so all of it happened since.
 */
export class RequestCounter {
  readonly #codeLabel: string;
  readonly #last = new Map<string, { at: number; value: number }>();
  #counting = false;
  #requests = 0;
  #bad = 0;

  constructor(codeLabel: string) {
    this.#codeLabel = codeLabel;
  }

  /** From here on it counts; what was fed before says where each series stood. */
  start(): void {
    this.#counting = true;
  }

  /**
   * Takes in what the metrics source knows now; samples that were seen before are skipped.
   * @returns whether anything was new
   */
  feed(series: readonly Series[]): boolean {
    let isNew = false;
    for (const { labels, samples } of series) {
      const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
      const isBad = isBadCode(labels[this.#codeLabel] ?? '');
      for (const sample of samples) {
        const last = this.#last.get(key) ?? { at: -Infinity, value: 0 };
        if (sample.at <= last.at) continue;
        this.#last.set(key, sample);
        isNew = true;
        if (!this.#counting) continue;
        const increase = sample.value >= last.value ? sample.value - last.value : sample.value;
        this.#requests += increase;
        if (isBad) this.#bad += increase;
      }
    }
    return isNew;
  }

  /** Requests since the start. */
  get counts(): Counts {
    return { requests: Math.round(this.#requests), bad: Math.round(this.#bad) };
  }
}

/** Whether a request with this code is bad. Envoy and Istio write 0 when there was no answer at all. */
function isBadCode(code: string): boolean {
  return code === clientGaveUp || !goodPattern.test(code);
}

/** What was counted between two moments. */
export function since(before: Counts, now: Counts): Counts {
  return { requests: now.requests - before.requests, bad: now.bad - before.bad };
}

import type { Clock } from '../effects/effects.ts';
import type { Finding } from '../report/report.ts';
import { codePattern, RequestCounter } from './counter.ts';
import type { StageCounts } from './judge.ts';
import { readSamples, type MetricsSource, type Series } from './prometheus.ts';
import { canaryRules } from './rules.ts';

interface WatchSetup {
  readonly source: MetricsSource;
  /** Series selector of each side. */
  readonly selectors: { readonly baseline: string; readonly candidate: string };
  readonly codeLabel: string;
  /** Milliseconds without anything new after which the watch gives up. */
  readonly holdLimit: number;
  readonly clock: Clock;
}

/** How far back samples are read: more than any scrape interval, and so that a gap of the source loses nothing. Seconds. */
const lookBack = 300;

/** Watches the request counters of baseline and candidate. */
export class MetricsWatch {
  readonly #setup: WatchSetup;
  readonly #baseline: RequestCounter;
  readonly #candidate: RequestCounter;
  #lastNews: number;
  #seesBaseline = false;
  #hasStartingPoint = false;

  constructor(setup: WatchSetup) {
    this.#setup = setup;
    this.#baseline = new RequestCounter(setup.codeLabel);
    this.#candidate = new RequestCounter(setup.codeLabel);
    this.#lastNews = setup.clock.now().getTime();
  }

  /**
   * Whether it is known where both sides stand: both were read in one poll, and a counter of the baseline was seen. Only
   * then a counter of the candidate that was not there is a new one, whose requests all happened since.
   */
  get hasStartingPoint(): boolean {
    return this.#hasStartingPoint;
  }

  /** Requests since {@link start}. */
  get counts(): StageCounts {
    return { candidate: this.#candidate.counts, baseline: this.#baseline.counts };
  }

  start(): void {
    this.#baseline.start();
    this.#candidate.start();
  }

  /** Asks the source once. @returns why no more is to be expected from it, if so */
  async poll(): Promise<Finding | undefined> {
    const { clock, holdLimit, selectors } = this.#setup;
    const problem =
      (await this.#read(selectors.baseline, this.#baseline)) ??
      (await this.#read(selectors.candidate, this.#candidate));
    if (problem === undefined && this.#seesBaseline) this.#hasStartingPoint = true;
    if (problem?.refused) {
      return { rule: canaryRules.metricsRefused, message: `The metrics source cannot be used: ${problem.problem}.` };
    }
    const silent = clock.now().getTime() - this.#lastNews;
    if (silent <= holdLimit) return undefined;
    const why = problem?.problem ?? 'it answers, and knows no new sample';
    return {
      rule: canaryRules.noMetrics,
      message: `No new metrics for ${Math.round(silent / 1000)} s (hold-limit ${holdLimit / 1000} s): ${why}.`,
    };
  }

  async #read(selector: string, counter: RequestCounter): Promise<{ problem: string; refused: boolean } | undefined> {
    const { source, clock, codeLabel } = this.#setup;
    const result = await readSamples(source, selector, lookBack);
    if ('problem' in result) return result;
    const strange = result.series.find(({ labels }) => !codePattern.test(labels[codeLabel] ?? ''));
    if (strange !== undefined) return { problem: `${codeProblem(strange, codeLabel)}, of ${selector}`, refused: true };
    if (counter.feed(result.series)) this.#lastNews = clock.now().getTime();
    if (counter === this.#baseline && result.series.length > 0) this.#seesBaseline = true;
    return undefined;
  }
}

/** Without a status code every request would count as good. */
function codeProblem({ labels }: Series, codeLabel: string): string {
  const value = labels[codeLabel];
  return value === undefined
    ? `a series has no label \`${codeLabel}\``
    : `\`${codeLabel}\` of a series is \`${value}\`, which is no status code`;
}

/** The selector of a policy with the names of one side filled in. Names of Kubernetes need no escaping in a label value. */
export function fillSelector(
  selector: string,
  names: { readonly namespace: string; readonly route: string; readonly backend: string },
): string {
  return selector.replace(/\{(namespace|route|backend)\}/g, (_, name: keyof typeof names) => names[name]);
}

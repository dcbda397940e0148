import type { Finding, Measurement, Section } from '../report/report.ts';
import type { LoadRun } from './k6.ts';
import { plannedRequests, type LoadPlan } from './plan.ts';
import type { LoadResult } from './result.ts';
import { loadRules } from './rules.ts';

/** A run may miss this share of the planned requests: the clock of a busy machine is not exact. */
const toleratedShortfall = 0.01;

/** A load test held against its plan and its objectives. */
export interface LoadVerdict {
  readonly findings: readonly Finding[];
  readonly measurements: readonly Measurement[];
  readonly sections: readonly Section[];
  /** Requests that were counted. */
  readonly requests: number;
}

/** Decides what a run says. */
export function judge(plan: LoadPlan, run: LoadRun): LoadVerdict {
  if ('failed' in run) {
    const message = `The load test was not measured: ${run.failed}.`;
    return { findings: [{ rule: loadRules.generatorFailed, message }], measurements: [], sections: [], requests: 0 };
  }
  const { result } = run;
  const total = totals(result);
  return {
    findings: [...measuredEnough(plan, result, total), ...keepsObjectives(plan, result, total)],
    measurements: measurements(plan, result, total),
    sections: [endpointTable(plan, result)],
    requests: total.requests,
  };
}

interface Totals {
  readonly requests: number;
  readonly bad: number;
  readonly unanswered: number;
}

function totals({ endpoints }: LoadResult): Totals {
  const sum = (of: (one: Totals) => number): number => endpoints.reduce((before, one) => before + of(one), 0);
  return { requests: sum((one) => one.requests), bad: sum((one) => one.bad), unanswered: sum((one) => one.unanswered) };
}

/** What keeps the run from saying anything good about the service. */
function measuredEnough(plan: LoadPlan, result: LoadResult, { requests }: Totals): Finding[] {
  const planned = plannedRequests(plan);
  if (requests === 0)
    return [{ rule: loadRules.noSamples, message: `None of ${planned} planned requests was counted.` }];
  const findings: Finding[] = [];
  if (result.dropped > 0)
    findings.push({ rule: loadRules.dropped, message: `k6 dropped ${result.dropped} requests that were due.` });
  if (requests < planned * (1 - toleratedShortfall))
    findings.push({ rule: loadRules.rateNotReached, message: `${requests} of ${planned} planned requests were sent.` });
  result.endpoints.forEach((endpoint, index) => {
    if (endpoint.requests === 0)
      findings.push({
        rule: loadRules.endpointNotAsked,
        message: `${nameOf(plan, index)} got none of ${requests} requests.`,
        place: { resource: nameOf(plan, index) },
      });
  });
  return findings;
}

function keepsObjectives({ url, objectives }: LoadPlan, result: LoadResult, total: Totals): Finding[] {
  const { requests, bad, unanswered } = total;
  const { latency, good } = objectives;
  if (requests === 0 || result.latency === null) return [];
  if (unanswered === requests)
    return [{ rule: loadRules.noAnswer, message: `None of ${requests} requests to ${url} was answered.` }];
  const findings: Finding[] = [];
  if (result.latency > latency.atMost)
    findings.push({
      rule: loadRules.tooSlow,
      message: `p${latency.percent} latency is ${rounded(result.latency)} ms; the objective is ${latency.atMost} ms.`,
    });
  if ((100 * (requests - bad)) / requests < good.percent)
    findings.push({
      rule: loadRules.tooManyBad,
      message: `${bad} of ${requests} requests were bad (${rounded((100 * bad) / requests)} %; ${unanswered} without an answer); the objective is at most ${allowedBad(good.percent)} %.`,
    });
  return findings;
}

function measurements(plan: LoadPlan, result: LoadResult, { requests, bad }: Totals): Measurement[] {
  if (requests === 0 || result.latency === null) return [];
  const { latency, good } = plan.objectives;
  const seconds = plan.duration / 1000;
  return [
    {
      name: `p${latency.percent} latency`,
      value: rounded(result.latency),
      unit: 'ms',
      limit: { atMost: latency.atMost },
    },
    {
      name: 'bad requests',
      value: rounded((100 * bad) / requests),
      unit: '%',
      limit: { atMost: allowedBad(good.percent) },
    },
    {
      name: 'requests',
      value: requests,
      unit: 'requests',
      limit: { atLeast: Math.ceil(plannedRequests(plan) * (1 - toleratedShortfall)) },
    },
    { name: 'rate', value: rounded(requests / seconds), unit: 'requests/s' },
  ];
}

function endpointTable(plan: LoadPlan, { endpoints }: LoadResult): Section {
  return {
    title: 'Endpoints',
    columns: ['Endpoint', 'Requests', 'Bad', 'Without answer', `p${plan.objectives.latency.percent} (ms)`],
    rows: endpoints.map(({ requests, bad, unanswered, latency }, index) => [
      nameOf(plan, index),
      requests,
      bad,
      unanswered,
      latency === null ? 'not measured' : rounded(latency),
    ]),
  };
}

function nameOf({ endpoints }: LoadPlan, index: number): string {
  const endpoint = endpoints[index];
  return endpoint === undefined ? '' : `${endpoint.method} ${endpoint.path}`;
}

function allowedBad(goodPercent: number): number {
  return Number((100 - goodPercent).toFixed(9));
}

/** Three digits behind the point are more than a measurement over a network is worth. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}

import { plannedRequests, virtualUsers, type LoadPlan } from './plan.ts';

/** Time after the last request has started and could still be in flight, for k6 to end the iteration. Milliseconds. */
export const graceTime = 2000;

/**
 * The k6 script of a load test: an open model (requests start on schedule whether or not the earlier ones were
 * answered), whose only result is a file with counts. It has no thresholds: k6 takes a threshold on a metric without
 * samples for kept (grafana/k6#4283), so the verdict is made here, from the counts.
 * @param resultFile absolute path that `handleSummary` writes to, as {@link readResult} reads it
 */
export function k6Script(plan: LoadPlan, resultFile: string): string {
  const options = {
    scenarios: {
      load: {
        executor: 'constant-arrival-rate',
        // k6 takes whole numbers only.
        rate: Math.round(plan.rate * 60),
        timeUnit: '1m',
        duration: `${plan.warmUp + plan.duration}ms`,
        preAllocatedVUs: virtualUsers(plan),
        maxVUs: virtualUsers(plan),
        gracefulStop: `${plan.timeout + graceTime}ms`,
      },
    },
    summaryTrendStats: [percentile(plan)],
    discardResponseBodies: true,
  };
  const requests = plan.endpoints.map(({ method, path, headers, body, status }) => ({
    method,
    url: `${plan.url}${path}`,
    body: body ?? null,
    status,
    params: { headers, timeout: plan.timeout, redirects: 0 },
  }));
  const settings = {
    requests,
    schedule: schedule(plan.endpoints.map(({ weight }) => weight)),
    warmUpRequests: plannedRequests({ ...plan, duration: plan.warmUp }),
    timeout: plan.timeout,
    percentile: percentile(plan),
    resultFile,
  };
  return `import http from 'k6/http';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';

export const options = ${JSON.stringify(options)};
const { requests, schedule, warmUpRequests, timeout, percentile, resultFile } = ${JSON.stringify(settings)};

const all = new Trend('latency_all', true);
const sent = requests.map((_, index) => new Counter('sent_' + index));
const bad = requests.map((_, index) => new Counter('bad_' + index));
const unanswered = requests.map((_, index) => new Counter('unanswered_' + index));
const latency = requests.map((_, index) => new Trend('latency_' + index, true));

export default function () {
  const number = exec.scenario.iterationInTest;
  const index = schedule[number % schedule.length];
  const { method, url, body, status, params } = requests[index];
  const response = http.request(method, url, body, params);
  if (number < warmUpRequests) return;
  const answered = response.status !== 0;
  // Without an answer the request took at least the whole time that it had.
  const time = answered ? response.timings.duration : timeout;
  sent[index].add(1);
  if (response.status !== status) bad[index].add(1);
  if (!answered) unanswered[index].add(1);
  latency[index].add(time);
  all.add(time);
}

export function handleSummary({ metrics, state }) {
  const count = (name) => (metrics[name] ? metrics[name].values.count : 0);
  const time = (name) => (metrics[name] ? metrics[name].values[percentile] : null);
  const result = {
    complete: true,
    milliseconds: state.testRunDurationMs,
    dropped: count('dropped_iterations'),
    latency: time('latency_all'),
    endpoints: requests.map((_, index) => ({
      requests: count('sent_' + index),
      bad: count('bad_' + index),
      unanswered: count('unanswered_' + index),
      latency: time('latency_' + index),
    })),
  };
  return { [resultFile]: JSON.stringify(result) };
}
`;
}

function percentile({ objectives }: LoadPlan): string {
  return `p(${objectives.latency.percent})`;
}

/**
 * The order in which endpoints are asked, by index: each as often as its weight says and as evenly spread as can be
 * (the smooth weighted round robin of nginx).
 */
export function schedule(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return Array.from({ length: total }, () => {
    weights.forEach((weight, index) => (credit[index] = (credit[index] ?? 0) + weight));
    const next = credit.indexOf(Math.max(...credit));
    credit[next] = (credit[next] ?? 0) - total;
    return next;
  });
}

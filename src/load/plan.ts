import { milliseconds } from '../documents/duration.ts';
import type { Endpoints } from './endpoints-schema.ts';
import type { Objectives } from './slo.ts';

/** One load test. Times are milliseconds, the rate is requests a second. */
export interface LoadPlan {
  /** Address that the paths of the endpoints are put behind; no slash at its end. */
  readonly url: string;
  readonly endpoints: Endpoints['endpoints'];
  readonly objectives: Objectives;
  readonly rate: number;
  readonly duration: number;
  /** Time before that, at the same rate, whose requests are sent and not counted. */
  readonly warmUp: number;
  /** A request that was not answered within this time is bad. */
  readonly timeout: number;
}

/** k6 keeps every virtual user in memory; more than this is not one machine's load test. */
const maxVirtualUsers = 10_000;

export function loadPlan(endpoints: Endpoints, plan: Omit<LoadPlan, 'endpoints' | 'timeout'>): LoadPlan {
  return { ...plan, endpoints: endpoints.endpoints, timeout: milliseconds(endpoints.timeout) };
}

/** Requests that are counted. */
export function plannedRequests({ rate, duration }: LoadPlan): number {
  return Math.round((rate * duration) / 1000);
}

/**
 * Virtual users for the case that no request is answered before its time is up (Little's law: rate x time in flight),
 * and some more: a slow service must not lower the rate at which it is asked.
 */
export function virtualUsers({ rate, timeout }: LoadPlan): number {
  return Math.ceil(((rate * timeout) / 1000) * 1.1) + 10;
}

/** What is wrong with a plan, as a sentence for its author; undefined when it can be run and judged. */
export function planProblem(plan: LoadPlan): string | undefined {
  const { latency, good } = plan.objectives;
  const requests = plannedRequests(plan);
  // With fewer requests a single bad one breaks the objective, and none at all proves nothing about it.
  const needed = Math.ceil(Number((100 / (100 - Math.max(latency.percent, good.percent))).toFixed(6)));
  if (requests < needed)
    return `\`rate\` and \`duration\` make ${requests} requests; an objective of ${Math.max(latency.percent, good.percent)} % needs at least ${needed}`;
  if (latency.atMost >= plan.timeout)
    return `the latency objective of ${latency.atMost} ms is not below \`timeout\` in the endpoint list (${plan.timeout} ms): a request without an answer would count as fast`;
  if (virtualUsers(plan) > maxVirtualUsers)
    return `\`rate\` times \`timeout\` needs ${virtualUsers(plan)} virtual users of k6; at most ${maxVirtualUsers} are allowed`;
  return undefined;
}

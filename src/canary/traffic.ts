import type { Clock } from '../effects/effects.ts';
import type { Kubectl, KubectlReason } from '../kubernetes/kubectl.ts';
import { candidateGets, routeKind, sameWeights, splitOf, type Backends, type Weights } from './route.ts';

/** Why the weights of a route could not be read or set. */
export interface TrafficProblem {
  /** `unusable`: the route has no such split. `changed`: somebody else set other weights. `cluster`: no answer, or a refusal. */
  readonly kind: 'unusable' | 'changed' | 'cluster';
  readonly message: string;
}

export interface TrafficSetup {
  readonly kubectl: Kubectl;
  readonly route: string;
  readonly backends: Backends;
  readonly clock: Clock;
}

const attempts = 5;
const pause = 1000;
/** Worth another attempt: somebody changed another part of the route, or the API is away for a moment. */
const passing: readonly KubectlReason[] = ['conflict', 'unreachable', 'timeout'];

/** The weights that the route has now. */
export function readWeights(setup: TrafficSetup): Promise<{ weights: Weights } | { problem: TrafficProblem }> {
  return change(setup, (now) => now);
}

/**
 * Gives the candidate so many percent of the traffic, when the route still has the weights of `before`; what anybody
 * else changes in the route meanwhile is kept. Nothing is done when it has the wanted weights: the answer to the change
 * may have been lost.
 */
export function moveTraffic(
  setup: TrafficSetup,
  percent: number,
  before: Weights,
): Promise<{ weights: Weights } | { problem: TrafficProblem }> {
  const wanted = candidateGets(percent);
  return change(setup, (now) => (sameWeights(now, before) || sameWeights(now, wanted) ? wanted : undefined));
}

/** Takes all traffic from the candidate, whatever weights the route has. Nothing is done when it has none. */
export function stopTraffic(setup: TrafficSetup): Promise<{ weights: Weights } | { problem: TrafficProblem }> {
  return change(setup, (now) => (now.candidate === 0 ? now : candidateGets(0)));
}

/** Reads the route and sets the weights that `decide` wants; it refuses by returning none. */
async function change(
  setup: TrafficSetup,
  decide: (now: Weights) => Weights | undefined,
): Promise<{ weights: Weights } | { problem: TrafficProblem }> {
  for (let attempt = 1; ; attempt++) {
    const result = await changeOnce(setup, decide);
    if (!('again' in result)) return result;
    if (attempt === attempts) return { problem: { kind: 'cluster', message: result.again } };
    await setup.clock.sleep(pause);
  }
}

async function changeOnce(
  { kubectl, route, backends }: TrafficSetup,
  decide: (now: Weights) => Weights | undefined,
): Promise<{ weights: Weights } | { problem: TrafficProblem } | { again: string }> {
  const read = await kubectl.get(routeKind, route);
  if ('problem' in read) return clusterProblem(read.problem);
  const split = splitOf(read.value, backends);
  if (typeof split === 'string') return { problem: { kind: 'unusable', message: split } };
  const wanted = decide(split.weights);
  if (wanted === undefined)
    return { problem: { kind: 'changed', message: `the route has ${weightsText(split.weights, backends)}` } };
  if (sameWeights(wanted, split.weights)) return { weights: wanted };
  const patched = await kubectl.patch(routeKind, read.value, split.withWeights(wanted));
  if ('problem' in patched) return clusterProblem(patched.problem);
  const after = splitOf(patched.value, backends);
  if (typeof after === 'string' || !sameWeights(after.weights, wanted))
    return { problem: { kind: 'unusable', message: 'the cluster took the change and shows other weights' } };
  return { weights: wanted };
}

function clusterProblem({
  reason,
  message,
}: {
  reason: KubectlReason;
  message: string;
}): { problem: TrafficProblem } | { again: string } {
  return passing.includes(reason) ? { again: message } : { problem: { kind: 'cluster', message } };
}

export function weightsText(weights: Weights, backends: Backends): string {
  return `${backends.baseline} ${weights.baseline}, ${backends.candidate} ${weights.candidate}`;
}

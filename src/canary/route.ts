import type { KubernetesObject, PatchOperation } from '../kubernetes/kubectl.ts';

/** The two Services that share the traffic of a route. */
export interface Backends {
  readonly baseline: string;
  readonly candidate: string;
}

/** Weights as the route has them; they are proportions of their sum. */
export interface Weights {
  readonly baseline: number;
  readonly candidate: number;
}

/** Resource of the route, as kubectl names it. */
export const routeKind = 'httproutes.gateway.networking.k8s.io';

/** The weights of a route, and where they stand in it. */
export interface SplitRoute {
  readonly weights: Weights;
  /** The steps that set the weights in every rule of the route. */
  withWeights(weights: Weights): PatchOperation[];
}

interface BackendRef {
  readonly name?: unknown;
  readonly weight?: unknown;
}

/**
 * Finds the weights of the two backends in an HTTPRoute (Gateway API, HTTPRouteRule.backendRefs; a missing weight is 1).
 * A rule with other backends, or with only one of the two, cannot be split between them: then all of the traffic that
 * the weights promise would not go where they say.
 * @returns the split, or a sentence that says why there is none
 */
export function splitOf(route: KubernetesObject, backends: Backends): SplitRoute | string {
  const found: { rule: number; baseline: number; candidate: number; weights: Weights }[] = [];
  const { rules } = (route.spec ?? {}) as { rules?: readonly { backendRefs?: readonly BackendRef[] }[] };
  for (const [rule, { backendRefs = [] }] of (rules ?? []).entries()) {
    const names = backendRefs.map(({ name }) => name);
    const baseline = names.indexOf(backends.baseline);
    const candidate = names.indexOf(backends.candidate);
    if (baseline === -1 && candidate === -1) continue;
    if (baseline === -1 || candidate === -1 || names.length !== 2)
      return `rule ${rule} sends traffic to ${names.join(', ')}; it must name exactly ${backends.baseline} and ${backends.candidate}`;
    const weights = { baseline: weightOf(backendRefs[baseline]), candidate: weightOf(backendRefs[candidate]) };
    found.push({ rule, baseline, candidate, weights });
  }
  const [first] = found;
  if (first === undefined) return `no rule sends traffic to ${backends.baseline} and ${backends.candidate}`;
  if (found.some(({ weights }) => !sameWeights(weights, first.weights)))
    return 'its rules have different weights; one canary has one weight';
  return {
    weights: first.weights,
    withWeights: (weights) =>
      found.flatMap(({ rule, baseline, candidate }) => [
        { op: 'add', path: `/spec/rules/${rule}/backendRefs/${baseline}/weight`, value: weights.baseline },
        { op: 'add', path: `/spec/rules/${rule}/backendRefs/${candidate}/weight`, value: weights.candidate },
      ]),
  };
}

function weightOf(backend: BackendRef | undefined): number {
  return typeof backend?.weight === 'number' ? backend.weight : 1;
}

export function sameWeights(one: Weights, other: Weights): boolean {
  return one.baseline === other.baseline && one.candidate === other.candidate;
}

/** Weights that give the candidate so many percent of the traffic. */
export function candidateGets(percent: number): Weights {
  return { baseline: 100 - percent, candidate: percent };
}

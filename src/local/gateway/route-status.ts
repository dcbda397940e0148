import type { ClusterApi } from '../cluster/api.ts';
import { gateway } from '../cluster/setup.ts';
import type { RouteParentStatus } from './objects.ts';
import type { Judged } from './routing.ts';

type Condition = NonNullable<RouteParentStatus['conditions']>[number];

/**
 * Says in a route's status what the gateway makes of it (Gateway API v1, RouteParentStatus). `observedGeneration` tells
 * whoever changed a weight that the gateway splits by it now.
 */
export async function writeRouteStatus(api: ClusterApi, judged: readonly Judged[]): Promise<void> {
  for (const judgement of judged) {
    const parents = parentsOf(judgement, new Date().toISOString());
    if (parents !== undefined) await api.mergeStatus(judgement.route, { parents });
  }
}

/** The whole `status.parents`, with the entries of other gateways; undefined when it says all this already. */
export function parentsOf(
  { route, parentRefs, unsupported, missing }: Judged,
  now: string,
): RouteParentStatus[] | undefined {
  const existing = route.status?.parents ?? [];
  const mine = existing.filter(({ controllerName }) => controllerName === gateway.controller);
  const observedGeneration = route.metadata.generation ?? 0;
  const accepted =
    unsupported === undefined
      ? { status: 'True', reason: 'Accepted', message: '' }
      : { status: 'False', reason: 'UnsupportedValue', message: `The local gateway does not support ${unsupported}.` };
  const resolved =
    missing.length === 0
      ? { status: 'True', reason: 'ResolvedRefs', message: '' }
      : {
          status: 'False',
          reason: 'BackendNotFound',
          message: `There is no such service or port: ${missing.join(', ')}.`,
        };
  const wanted: Omit<Condition, 'lastTransitionTime'>[] = [
    { type: 'Accepted', ...accepted, observedGeneration },
    { type: 'ResolvedRefs', ...resolved, observedGeneration },
  ];
  const old = mine[0]?.conditions ?? [];
  const same = wanted.every(({ type, status, message }) => {
    const before = old.find((condition) => condition.type === type);
    return before?.status === status && before.message === message && before.observedGeneration === observedGeneration;
  });
  if (same && mine.length === parentRefs.length) return undefined;
  const conditions = wanted.map((condition) => {
    const before = old.find(({ type }) => type === condition.type);
    return { ...condition, lastTransitionTime: before?.status === condition.status ? before.lastTransitionTime : now };
  });
  return [
    ...existing.filter(({ controllerName }) => controllerName !== gateway.controller),
    ...parentRefs.map((parentRef) => ({ parentRef, controllerName: gateway.controller, conditions })),
  ];
}

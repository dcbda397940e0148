import type { RunResult } from '../workflow/result.ts';
import type { Platform } from '../local/platform.ts';

/** What serves a stage: the digest that its Deployment names, those of the processes, and the share of the traffic. */
export interface Serving {
  /** `sha256:…` in the spec of the stable Deployment; undefined when there is none. */
  readonly declared: string | undefined;
  /** `sha256:…` of the files that each ready process of the stable track runs from. */
  readonly running: readonly string[];
  /** Weight of each backend of the route, by Service. */
  readonly weights: Readonly<Record<string, number>>;
}

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}
interface Route {
  readonly spec: {
    readonly rules: readonly { readonly backendRefs: readonly { readonly name: string; readonly weight: number }[] }[];
  };
}

/** The example's release, and so its route; `-stable` and `-canary` are its Services. */
export const release = 'gameforge';

/** Asks the cluster and the machine what serves a stage now. */
export async function servingIn(stage: string, platform: Platform): Promise<Serving> {
  const deployments = await platform.cluster.api.list<Deployment & { metadata: { name: string } }>(
    `/apis/apps/v1/namespaces/${stage}/deployments`,
  );
  const stable = deployments.find(({ metadata }) => metadata.name === `${release}-stable`);
  const routes = await platform.cluster.api.list<Route>(
    `/apis/gateway.networking.k8s.io/v1/namespaces/${stage}/httproutes`,
  );
  const backends = routes.flatMap(({ spec }) => spec.rules.flatMap(({ backendRefs }) => backendRefs));
  return {
    declared: stable?.spec.template.spec.containers[0]?.image.split('@')[1],
    running: platform
      .workloads()
      .filter(({ namespace, pod, ready }) => namespace === stage && pod.startsWith(`${release}-stable-`) && ready)
      .map(({ digest = '' }) => digest),
    weights: Object.fromEntries(backends.map(({ name, weight }) => [name, weight])),
  };
}

/** Whether a stage serves this digest and nothing else: declared, running, and with all of the traffic. */
export function servesOnly(digest: string, { declared, running, weights }: Serving): boolean {
  const others = Object.entries(weights).filter(([name, weight]) => name !== `${release}-stable` && weight > 0);
  const hasTraffic = (weights[`${release}-stable`] ?? 0) > 0;
  return (
    declared === digest &&
    running.length > 0 &&
    running.every((one) => one === digest) &&
    hasTraffic &&
    others.length === 0
  );
}

/** The image by tag and digest that a run has built and signed, or undefined. */
export function imageOf({ jobs }: RunResult): string | undefined {
  return jobs.find(({ conclusion, outputs }) => conclusion === 'success' && outputs.image !== undefined)?.outputs.image;
}

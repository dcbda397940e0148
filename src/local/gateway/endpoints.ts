import type { Snapshot } from '../cluster/snapshot.ts';
import type { Pod } from '../workload/pod.ts';
import type { Service } from './objects.ts';

/** Where a request can go. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * Finds the ready endpoints of services in one snapshot, from the pods themselves: endpoint slices are made from them
 * some moments later, and a rollout would lose the requests of these moments.
 */
export class Endpoints {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #ready: ReadonlyMap<string, readonly Pod[]>;

  constructor({ services, pods }: Snapshot) {
    this.#services = new Map(
      services.map((service) => [keyOf(service.metadata.namespace, service.metadata.name), service]),
    );
    this.#ready = Map.groupBy(pods.filter(isReady), ({ metadata }) => metadata.namespace);
  }

  /**
   * The ready endpoints of a service's port, the first one when none is named.
   * @returns undefined when there is no such service or port
   */
  of(namespace: string, name: string, port?: number): readonly Endpoint[] | undefined {
    const { selector, ports = [] } = this.#services.get(keyOf(namespace, name))?.spec ?? {};
    const wanted = port === undefined ? ports[0] : ports.find((candidate) => candidate.port === port);
    if (wanted === undefined) return undefined;
    const pods = (this.#ready.get(namespace) ?? []).filter((pod) => isSelected(pod, selector));
    return pods.flatMap((pod) => {
      const target = targetPort(pod, wanted.targetPort ?? wanted.port);
      return pod.status.podIP === undefined || target === undefined
        ? []
        : [{ address: pod.status.podIP, port: target }];
    });
  }
}

function isReady({ metadata, status }: Pod): boolean {
  const ready = status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
  return ready && metadata.deletionTimestamp === undefined;
}

/** A service without a selector selects nothing. */
function isSelected({ metadata }: Pod, selector: Readonly<Record<string, string>> = {}): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => metadata.labels?.[name] === value);
}

function targetPort({ spec }: Pod, target: number | string): number | undefined {
  if (typeof target === 'number') return target;
  return spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === target)?.containerPort;
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

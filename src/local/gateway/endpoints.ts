import type { Snapshot } from '../cluster/snapshot.ts';
import type { EndpointSlice, Service } from './objects.ts';

/** Where a request can go. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Finds the ready endpoints of services in one snapshot. */
export class Endpoints {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #slices: ReadonlyMap<string, readonly EndpointSlice[]>;
  /** Pods that are being deleted leave at once, also when their slice does not say so yet. */
  readonly #leaving: ReadonlySet<string>;

  constructor({ services, endpointSlices, pods }: Snapshot) {
    this.#services = new Map(
      services.map((service) => [keyOf(service.metadata.namespace, service.metadata.name), service]),
    );
    this.#slices = Map.groupBy(endpointSlices, ({ metadata }) =>
      keyOf(metadata.namespace, metadata.labels?.['kubernetes.io/service-name'] ?? ''),
    );
    const leaving = pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    this.#leaving = new Set(leaving.flatMap(({ status }) => status.podIP ?? []));
  }

  /**
   * The ready endpoints of a service's port, the first one when none is named.
   * @returns undefined when there is no such service or port
   */
  of(namespace: string, name: string, port?: number): readonly Endpoint[] | undefined {
    const ports = this.#services.get(keyOf(namespace, name))?.spec.ports ?? [];
    const wanted = port === undefined ? ports[0] : ports.find((candidate) => candidate.port === port);
    if (wanted === undefined) return undefined;
    const slices = this.#slices.get(keyOf(namespace, name)) ?? [];
    return slices.flatMap((slice) => this.#inSlice(slice, wanted.name ?? ''));
  }

  #inSlice({ endpoints = [], ports = [] }: EndpointSlice, portName: string): Endpoint[] {
    const port = ports.find(({ name = '' }) => name === portName)?.port;
    if (port === undefined) return [];
    return endpoints
      .filter(({ conditions }) => conditions?.ready !== false)
      .flatMap(({ addresses }) => addresses)
      .filter((address) => !this.#leaving.has(address))
      .map((address) => ({ address, port }));
  }
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

import { createServer, type Agent, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Snapshot } from '../cluster/snapshot.ts';
import { closeServer, listenOnLoopback } from '../http-server.ts';
import type { Endpoint } from './endpoints.ts';
import { GatewayMetrics, type RequestLabels } from './metrics.ts';
import { forward } from './proxy.ts';
import { RoutingTable, type Judged } from './routing.ts';
import { SmoothSplit } from './split.ts';

/** The way into the cluster, on loopback. */
export interface LocalGateway {
  /** The address of each namespace's gateway. A request to it names a route's host, or `<service>.<namespace>.localhost`. */
  readonly urls: Readonly<Record<string, string>>;
  readonly metrics: GatewayMetrics;
  /** Follows the cluster; returns what it makes of the routes. */
  update(snapshot: Snapshot): readonly Judged[];
  close(): Promise<void>;
}

/**
 * Starts the gateway on free ports.
 * @param lookAgain brings a fresh {@link LocalGateway.update}; asked before a request is turned away, because what it
 *   asks for may be a moment old
 */
export async function startGateway(
  agent: Agent,
  namespaces: readonly string[],
  lookAgain: () => Promise<void>,
): Promise<LocalGateway> {
  const router = new Router(agent, lookAgain);
  const servers: Server[] = [];
  const urls: Record<string, string> = {};
  for (const namespace of namespaces) {
    const server = createServer((request, response) => void router.handle(request, response, namespace));
    servers.push(server);
    urls[namespace] = await listenOnLoopback(server);
  }
  return {
    urls,
    metrics: router.metrics,
    update: (snapshot) => router.update(snapshot),
    close: async () => {
      await Promise.all(servers.map(closeServer));
      agent.destroy();
    },
  };
}

class Router {
  readonly metrics = new GatewayMetrics();
  readonly #agent: Agent;
  readonly #lookAgain: () => Promise<void>;
  readonly #splits = new Map<string, SmoothSplit>();
  readonly #turns = new Map<string, number>();
  #table: RoutingTable | undefined;
  /** Addresses of the pods that are not being deleted. */
  #staying: ReadonlySet<string | undefined> = new Set();

  constructor(agent: Agent, lookAgain: () => Promise<void>) {
    this.#agent = agent;
    this.#lookAgain = lookAgain;
  }

  update(snapshot: Snapshot): readonly Judged[] {
    const table = new RoutingTable(snapshot);
    this.#table = table;
    const staying = snapshot.pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    this.#staying = new Set(staying.map(({ status }) => status.podIP));
    for (const { namespace, route, backends } of table.targets()) {
      for (const { service } of backends) this.metrics.expect({ namespace, route, backend: service });
    }
    return table.judged;
  }

  async handle(request: IncomingMessage, response: ServerResponse, namespace: string): Promise<void> {
    const start = performance.now();
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    let choice = this.#choose(namespace, host, path);
    if (choice.endpoint === undefined) {
      await this.#lookAgain();
      choice = this.#choose(namespace, host, path);
    }
    const { labels, status, message, endpoint } = choice;
    const done = (code: number): void => this.metrics.count(labels, String(code), (performance.now() - start) / 1000);
    if (endpoint === undefined) {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
      request.resume();
      done(status);
      return;
    }
    const insteadOf = async (failed: Endpoint): Promise<Endpoint | undefined> => {
      await this.#lookAgain();
      if (this.#staying.has(failed.address)) return undefined;
      const backends = this.#table?.find(namespace, host, path)?.backends ?? [];
      const endpoints = backends.find(({ service }) => service === labels.backend)?.endpoints ?? [];
      return this.#next(`${namespace}/${labels.backend}`, endpoints);
    };
    forward(request, response, endpoint, { agent: this.#agent, insteadOf, done });
  }

  /** The endpoint for the next request, or the answer instead of it (Gateway API v1, HTTPRouteRule.backendRefs). */
  #choose(
    namespace: string,
    host: string,
    path: string,
  ): { labels: RequestLabels; endpoint?: Endpoint; status: number; message: string } {
    const target = this.#table?.find(namespace, host, path);
    if (target === undefined) {
      const labels = { namespace, route: '', backend: '' };
      return { labels, status: 404, message: `${namespace} has no route and no service for the host ${host}` };
    }
    const { route, key, backends } = target;
    const index = this.#split(
      key,
      backends.map(({ weight }) => weight),
    ).next();
    const backend = index === undefined ? undefined : backends[index];
    const labels = { namespace, route, backend: backend?.service ?? '' };
    if (backend === undefined) return { labels, status: 500, message: `${key} has no backend with a weight` };
    const { service, endpoints } = backend;
    if (endpoints === undefined)
      return { labels, status: 500, message: `${key} names ${service}, which does not exist` };
    const endpoint = this.#next(`${namespace}/${service}`, endpoints);
    return endpoint === undefined
      ? { labels, status: 503, message: `${service} has no ready endpoint` }
      : { labels, endpoint, status: 200, message: '' };
  }

  /** A split starts anew when its weights change, and only then. */
  #split(key: string, weights: readonly number[]): SmoothSplit {
    const known = this.#splits.get(key);
    if (known?.hasWeights(weights)) return known;
    const split = new SmoothSplit(weights);
    this.#splits.set(key, split);
    return split;
  }

  /** Endpoints of a service take turns. */
  #next(service: string, endpoints: readonly Endpoint[]): Endpoint | undefined {
    const turn = this.#turns.get(service) ?? 0;
    this.#turns.set(service, turn + 1);
    return endpoints[turn % Math.max(endpoints.length, 1)];
  }
}

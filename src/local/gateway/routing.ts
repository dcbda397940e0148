import { isIP } from 'node:net';
import type { Snapshot } from '../cluster/snapshot.ts';
import { gateway } from '../cluster/setup.ts';
import { Endpoints, type Endpoint } from './endpoints.ts';
import type { BackendReference, HttpRoute, HttpRouteMatch, HttpRouteRule, ParentReference } from './objects.ts';

/** A service that a rule sends requests to. */
export interface Backend {
  readonly service: string;
  readonly weight: number;
  /** Undefined when the service or its port does not exist. */
  readonly endpoints: readonly Endpoint[] | undefined;
}

/** Where requests that match go to, in shares by weight. */
export interface Target {
  /** Same for the same rule of the same route in every snapshot. */
  readonly key: string;
  readonly namespace: string;
  /** Empty for a service that is reached without a route. */
  readonly route: string;
  readonly backends: readonly Backend[];
}

interface Entry {
  readonly target: Target;
  readonly hostname: string;
  readonly exact: boolean;
  readonly path: string;
}

/** What the gateway makes of a route, for the route's status. */
export interface Judged {
  readonly route: HttpRoute;
  readonly parentRefs: readonly ParentReference[];
  /** In words; the route gets no traffic then. */
  readonly unsupported?: string;
  /** Services that do not exist. */
  readonly missing: readonly string[];
}

/** The routes of one snapshot, ready to be asked. */
export class RoutingTable {
  readonly judged: readonly Judged[];
  readonly #entries: readonly Entry[];
  readonly #endpoints: Endpoints;

  constructor(snapshot: Snapshot) {
    this.#endpoints = new Endpoints(snapshot);
    this.judged = snapshot.routes
      .filter((route) => ownParents(route).length > 0)
      .sort(byAge)
      .map((route) => this.#judge(route));
    this.#entries = this.judged
      .filter(({ unsupported }) => unsupported === undefined)
      .flatMap(({ route }) => this.#entriesOf(route))
      .sort(byPrecedence);
  }

  /** The targets of every route, one for each of its rules. */
  targets(): Target[] {
    return [...new Set(this.#entries.map(({ target }) => target))];
  }

  /**
   * Where a request to the gateway of a namespace goes: by the namespace's routes, else to the service that the host name
   * names (`<service>.<namespace>.localhost`).
   * @param host without its port; an address instead of a name matches every route, because a test client may not be able
   *   to look a name up
   */
  find(namespace: string, host: string, path: string): Target | undefined {
    const entry = this.#entries.find(
      ({ target, hostname, ...rest }) =>
        target.namespace === namespace && matchesHost(hostname, host) && matchesPath(rest, path),
    );
    return entry?.target ?? this.#service(namespace, host);
  }

  #service(namespace: string, host: string): Target | undefined {
    const suffix = `.${namespace}.localhost`;
    const service = host.endsWith(suffix) ? host.slice(0, -suffix.length) : '';
    const endpoints = this.#endpoints.of(namespace, service);
    if (endpoints === undefined) return undefined;
    const key = `service ${namespace}/${service}`;
    return { key, namespace, route: '', backends: [{ service, weight: 1, endpoints }] };
  }

  #judge(route: HttpRoute): Judged {
    const rules = route.spec.rules ?? [];
    const unsupported = rules
      .map((rule) => unsupportedIn(rule, route.metadata.namespace))
      .find((text) => text !== undefined);
    const missing = rules.flatMap(({ backendRefs = [] }) =>
      backendRefs
        .filter(({ name, port }) => this.#endpoints.of(route.metadata.namespace, name, port) === undefined)
        .map(({ name }) => name),
    );
    return { route, parentRefs: ownParents(route), missing, ...(unsupported !== undefined && { unsupported }) };
  }

  #entriesOf({ metadata, spec }: HttpRoute): Entry[] {
    return (spec.rules ?? []).flatMap(({ matches = [{}], backendRefs = [] }, index) => {
      const target: Target = {
        key: `route ${metadata.namespace}/${metadata.name}/${index}`,
        namespace: metadata.namespace,
        route: metadata.name,
        backends: backendRefs.map((reference) => this.#backend(reference, metadata.namespace)),
      };
      return (spec.hostnames ?? ['*']).flatMap((hostname) =>
        matches.map(({ path }) => ({
          target,
          hostname,
          exact: path?.type === 'Exact',
          path: path?.value ?? '/',
        })),
      );
    });
  }

  #backend({ name, port, weight = 1 }: BackendReference, namespace: string): Backend {
    return { service: name, weight, endpoints: this.#endpoints.of(namespace, name, port) };
  }
}

/** The references of a route to the gateway of its namespace. A route without one is none of its business. */
function ownParents({ metadata, spec }: HttpRoute): ParentReference[] {
  return (spec.parentRefs ?? []).filter(
    ({ name, namespace = metadata.namespace, kind = 'Gateway' }) =>
      kind === 'Gateway' && name === gateway.name && namespace === metadata.namespace,
  );
}

/** What a rule asks for that the local gateway does not do, in words. */
function unsupportedIn(rule: HttpRouteRule, namespace: string): string | undefined {
  const other = Object.keys(rule).find((key) => !['name', 'matches', 'backendRefs'].includes(key));
  if (other !== undefined) return `\`${other}\` of a rule`;
  const match = (rule.matches ?? []).map(unsupportedMatch).find((text) => text !== undefined);
  if (match !== undefined) return match;
  for (const { kind = 'Service', group = '', namespace: target = namespace, filters = [] } of rule.backendRefs ?? []) {
    if (kind !== 'Service' || group !== '') return `a backend of kind ${kind}`;
    if (target !== namespace) return 'a backend in another namespace';
    if (filters.length > 0) return '`filters` of a backend';
  }
  return undefined;
}

function unsupportedMatch(match: HttpRouteMatch): string | undefined {
  const other = Object.keys(match).find((key) => key !== 'path');
  if (other !== undefined) return `matching by \`${other}\``;
  const type = match.path?.type ?? 'PathPrefix';
  return ['PathPrefix', 'Exact'].includes(type) ? undefined : `a path of type ${type}`;
}

/** Gateway API, HTTPRouteRule: the more specific host, then the exact path, then the longer prefix, then the older route. */
function byPrecedence(a: Entry, b: Entry): number {
  return (
    hostRank(b.hostname) - hostRank(a.hostname) || Number(b.exact) - Number(a.exact) || b.path.length - a.path.length
  );
}

function byAge({ metadata: a }: HttpRoute, { metadata: b }: HttpRoute): number {
  const [older, newer] = [a, b].map(({ creationTimestamp = '', namespace, name }) =>
    [creationTimestamp, namespace, name].join('/'),
  );
  return (older ?? '').localeCompare(newer ?? '');
}

/** An exact name beats every wildcard, a longer wildcard a shorter one. */
function hostRank(hostname: string): number {
  return hostname.startsWith('*') ? hostname.length : 1000 + hostname.length;
}

function matchesHost(hostname: string, host: string): boolean {
  if (hostname === '*' || host === 'localhost' || isIP(host.replace(/^\[|\]$/g, '')) !== 0) return true;
  return hostname.startsWith('*.') ? host.endsWith(hostname.slice(1)) : host === hostname;
}

/** A prefix ends at a `/`: `/api` matches `/api` and `/api/x`, not `/apis`. */
function matchesPath({ exact, path }: Pick<Entry, 'exact' | 'path'>, given: string): boolean {
  if (exact) return given === path;
  const prefix = path.replace(/\/$/, '');
  return given === prefix || given.startsWith(`${prefix}/`);
}

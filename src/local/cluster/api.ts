import { Agent } from 'node:https';
import { ask } from '../http.ts';

/** An object of the cluster, as far as every kind has it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The API server refused. `status` is its HTTP status. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The name in addresses of the kinds that the platform writes. */
const plurals: Readonly<Record<string, string>> = {
  ClusterRole: 'clusterroles',
  CustomResourceDefinition: 'customresourcedefinitions',
  Gateway: 'gateways',
  GatewayClass: 'gatewayclasses',
  HTTPRoute: 'httproutes',
  Namespace: 'namespaces',
  Node: 'nodes',
  Pod: 'pods',
  RoleBinding: 'rolebindings',
};

const fieldManager = 'slipway-local';

/** The API of the local cluster, for one user. */
export class ClusterApi {
  readonly #url: string;
  readonly #token: string;
  readonly #agent: Agent;

  /** @param ca certificates that the API server's own must be signed by (PEM) */
  constructor(url: string, ca: string, token: string) {
    this.#url = url;
    this.#token = token;
    this.#agent = new Agent({ ca, keepAlive: true });
  }

  /** Whether the API server answers 200 to a path. */
  async ok(path: string): Promise<boolean> {
    return (await this.#ask('GET', path)).status === 200;
  }

  async get<T>(path: string): Promise<T> {
    return JSON.parse(await this.#expect('GET', path)) as T;
  }

  /** Every object of a kind. The answer may be some milliseconds old: it comes from the server's watch cache. */
  async list<T>(path: string): Promise<readonly T[]> {
    return (await this.get<{ items: T[] }>(`${path}?resourceVersion=0`)).items;
  }

  /** Creates an object or makes it what is given (server-side apply). */
  async apply(object: KubernetesObject): Promise<void> {
    const query = `fieldManager=${fieldManager}&force=true`;
    await this.#expect('PATCH', `${pathOf(object)}?${query}`, 'application/apply-patch+yaml', object);
  }

  async create(path: string, object: object): Promise<void> {
    await this.#expect('POST', path, 'application/json', object);
  }

  /** Replaces the given fields of an object's status; lists are replaced whole. */
  async mergeStatus(object: KubernetesObject, status: object): Promise<void> {
    await this.#expect('PATCH', `${pathOf(object)}/status`, 'application/merge-patch+json', { status });
  }

  /** Removes an object at once; one that is gone already is fine. */
  async remove(object: KubernetesObject): Promise<void> {
    const { status, body } = await this.#ask('DELETE', `${pathOf(object)}?gracePeriodSeconds=0`);
    if (status >= 300 && status !== 404) throw refusal('DELETE', pathOf(object), status, body);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #expect(method: string, path: string, type?: string, content?: object): Promise<string> {
    const { status, body } = await this.#ask(method, path, type, content);
    if (status < 200 || status >= 300) throw refusal(method, path, status, body);
    return body;
  }

  #ask(method: string, path: string, type?: string, content?: object): Promise<{ status: number; body: string }> {
    return ask(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'application/json',
        ...(type !== undefined && { 'content-type': type }),
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
      agent: this.#agent,
    });
  }
}

function pathOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const plural = plurals[kind];
  if (plural === undefined) throw new Error(`the platform does not know where objects of kind ${kind} lie`);
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${group}${namespace}/${plural}/${metadata.name}`;
}

function refusal(method: string, path: string, status: number, body: string): ClusterError {
  return new ClusterError(`The cluster answered ${status} to ${method} ${path}: ${body.slice(0, 500)}`, status);
}

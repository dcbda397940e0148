import { TooLargeError, type HttpResponse } from '../effects/effects.ts';
import { NoAnswerError, requestPatiently, type Network, type RequestOptions } from '../effects/retry.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import { isDockerHub, type Credentials } from './credentials.ts';
import { RegistryError } from './errors.ts';

/** Which repository is asked, and in whose name. */
export interface RegistryTarget {
  /** Host, with its port. */
  readonly registry: string;
  readonly repository: string;
  readonly access: 'pull' | 'pull,push';
  readonly credentials?: Credentials | undefined;
}

const maxRedirects = 5;
const maxTokenBytes = 1024 * 1024;

/**
 * Requests to one repository: proves who asks when the registry wants that, tries again what may pass, and keeps the
 * credentials from every other host.
 */
export class Transport {
  readonly #network: Network;
  readonly #target: RegistryTarget;
  readonly #base: URL;
  #authorization: string | undefined;

  constructor(network: Network, target: RegistryTarget) {
    this.#network = network;
    this.#target = target;
    this.#base = new URL(
      `${isPlainHttp(target.registry) ? 'http' : 'https'}://${apiHost(target.registry)}/v2/${apiPath(target)}/`,
    );
  }

  /** Host that is asked, for messages. */
  get host(): string {
    return this.#base.host;
  }

  /**
   * Sends a request; redirects of GET and HEAD are followed.
   * @param path below `/v2/<repository>/`, or an address that the registry gave
   * @returns the answer of a registry that works: anything but 401, 403, 408, 429 and 5xx
   * @throws RegistryError `unreachable` or `refused`
   */
  async request(path: string | URL, options: RequestOptions = {}): Promise<HttpResponse> {
    let url = new URL(path, this.#base);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const answer = await this.#proven(url, options);
      const { location } = answer.headers;
      const follows = ['GET', 'HEAD'].includes(options.method ?? 'GET');
      if (!follows || ![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      url = this.resolve(location, url);
    }
    throw new RegistryError('invalid', `${this.host} redirects more than ${maxRedirects} times.`);
  }

  /** The address that a registry named; one that leaves encryption is refused. */
  resolve(location: string, from: URL | string): URL {
    const base = new URL(from, this.#base).href;
    const url = URL.canParse(location, base) ? new URL(location, base) : undefined;
    const plain = url?.protocol === 'http:' && isLoopback(url.hostname) && this.#base.protocol === 'http:';
    if (url === undefined || (url.protocol !== 'https:' && !plain)) {
      throw new RegistryError('invalid', `${this.host} names an address that is not https.`);
    }
    return url;
  }

  /** Sends a request and answers the registry's question who asks, once. */
  async #proven(url: URL, options: RequestOptions): Promise<HttpResponse> {
    const ours = url.origin === this.#base.origin;
    const send = (): Promise<HttpResponse> => {
      const authorization = ours && this.#authorization !== undefined ? { authorization: this.#authorization } : {};
      return this.#patient(url, { ...options, headers: { ...options.headers, ...authorization } });
    };
    let answer = await send();
    if (answer.status === 401 && ours && (await this.#prove(answer.headers['www-authenticate'] ?? ''))) {
      answer = await send();
    }
    if (answer.status === 401 || answer.status === 403) throw this.#refusal(url, answer.status);
    return answer;
  }

  #refusal(url: URL, status: number): RegistryError {
    const { registry, repository, access, credentials } = this.#target;
    const who = credentials === undefined ? 'a request without credentials' : 'the credentials given';
    const what = access === 'pull' ? 'pull from' : 'push to';
    return new RegistryError('refused', `${url.host} refused ${who} to ${what} ${registry}/${repository} (${status}).`);
  }

  /** Answers a challenge; false when it cannot be answered. */
  async #prove(header: string): Promise<boolean> {
    const challenges = parseChallenges(header);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const { credentials } = this.#target;
    if (bearer !== undefined) {
      this.#authorization = `Bearer ${await this.#token(bearer)}`;
      return true;
    }
    if (challenges.length === 0 || credentials === undefined || 'identityToken' in credentials) return false;
    this.#authorization = basic(credentials);
    return true;
  }

  /**
   * Asks the token service that the registry names (distribution/distribution, "Token Authentication" and
   * "OAuth2 Token Authentication"). It is the registry's word that the service may see the credentials; the way there
   * must be encrypted.
   */
  async #token({ parameters }: Challenge): Promise<string> {
    const { credentials, access } = this.#target;
    if (parameters.realm === undefined) throw new RegistryError('invalid', `${this.host} names no token service.`);
    const realm = this.resolve(parameters.realm, this.#base);
    const query = {
      ...(parameters.service !== undefined && { service: parameters.service }),
      scope: `repository:${apiPath(this.#target)}:${access}`,
    };
    const answer = await (credentials !== undefined && 'identityToken' in credentials
      ? this.#patient(realm, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            ...query,
            grant_type: 'refresh_token',
            client_id: 'slipway',
            refresh_token: credentials.identityToken,
          }).toString(),
          maxBytes: maxTokenBytes,
        })
      : this.#patient(withQuery(realm, query), {
          headers: credentials === undefined ? {} : { authorization: basic(credentials) },
          maxBytes: maxTokenBytes,
        }));
    const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
    if (token === undefined) throw this.#refusal(realm, answer.status);
    return token;
  }

  /** Sends a request, again and again while that may help. */
  async #patient(url: URL, options: RequestOptions): Promise<HttpResponse> {
    try {
      return await requestPatiently(this.#network, url.href, options);
    } catch (error) {
      if (error instanceof NoAnswerError) throw new RegistryError('unreachable', error.message, error);
      if (error instanceof TooLargeError) throw new RegistryError('invalid', `${error.message}.`, error);
      throw error;
    }
  }
}

/** A loopback host: 127.0.0.0/8, ::1, localhost and *.localhost (RFC 6761). Only these are asked over plain http. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost' || host.endsWith('.localhost');
}

/** Whether a registry is asked without encryption: only on this very machine. */
export function isPlainHttp(registry: string): boolean {
  return isLoopback(registry.replace(/:\d+$/, ''));
}

function apiHost(registry: string): string {
  return isDockerHub(registry) ? 'registry-1.docker.io' : registry;
}

/** Docker Hub keeps its own images under `library/`, which nobody writes. */
function apiPath({ registry, repository }: RegistryTarget): string {
  return isDockerHub(registry) && !repository.includes('/') ? `library/${repository}` : repository;
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const result = new URL(url);
  for (const [name, value] of Object.entries(query)) result.searchParams.set(name, value);
  return result;
}

/** The answer is never repeated in an error: it holds the token. */
function tokenIn(body: Uint8Array): string | undefined {
  try {
    const answer = JSON.parse(new TextDecoder().decode(body)) as { token?: unknown; access_token?: unknown };
    const token = answer.token ?? answer.access_token;
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}

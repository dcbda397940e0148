import type { HttpResponse } from '../effects/effects.ts';
import type { Network, RequestOptions } from '../effects/retry.ts';
import { RegistryError } from './errors.ts';
import {
  digestOf,
  maxManifestBytes,
  mediaTypes,
  parseObject,
  readManifest,
  type Descriptor,
  type Manifest,
} from './manifest.ts';
import { Transport, type RegistryTarget } from './transport.ts';

const manifestTypes = [mediaTypes.image, mediaTypes.index, mediaTypes.dockerImage, mediaTypes.dockerIndex].join(', ');
const maxErrorLength = 200;
/** Uploads of one blob before giving up. */
const uploads = 3;

/** A manifest by tag, with what a safe change of the tag needs. */
export interface Tagged {
  readonly manifest: Manifest;
  /** The registry's mark for this state of the tag, when it gives one. */
  readonly etag: string | undefined;
}

/**
 * A repository of a registry over the OCI distribution API 1.1. Everything read is checked against the digest it was
 * asked by. Every call rejects with a {@link RegistryError}.
 */
export class Repository {
  /** Registry and repository. */
  readonly name: string;
  readonly #transport: Transport;
  readonly network: Network;

  constructor(network: Network, target: RegistryTarget) {
    this.name = `${target.registry}/${target.repository}`;
    this.#transport = new Transport(network, target);
    this.network = network;
  }

  /** The manifest with a digest. */
  async manifest(digest: string): Promise<Manifest> {
    const found = await this.#findManifest(digest);
    if (found === undefined) throw new RegistryError('missing', `${this.name} has no manifest ${digest}.`);
    if (found.manifest.digest !== digest) throw this.#wrongBytes(digest, found.manifest.digest);
    return found.manifest;
  }

  /** The manifest that a tag names now, or undefined. */
  async tagged(tag: string): Promise<Tagged | undefined> {
    return this.#findManifest(tag);
  }

  async #findManifest(reference: string): Promise<Tagged | undefined> {
    const answer = await this.#transport.request(`manifests/${reference}`, {
      headers: { accept: manifestTypes },
      maxBytes: maxManifestBytes,
    });
    if (answer.status === 404) return undefined;
    this.#expect(answer, [200], `give the manifest ${reference}`);
    const manifest = readManifest(answer.body, contentType(answer) ?? String(parseObject(answer.body).mediaType));
    const stated = answer.headers['docker-content-digest'];
    if (stated?.startsWith('sha256:') && stated !== manifest.digest) throw this.#wrongBytes(stated, manifest.digest);
    return { manifest, etag: answer.headers.etag };
  }

  /** Content by its digest, of at most `maxBytes` bytes. */
  async blob(digest: string, maxBytes: number): Promise<Uint8Array> {
    const answer = await this.#transport.request(`blobs/${digest}`, { maxBytes });
    if (answer.status === 404) throw new RegistryError('missing', `${this.name} has no blob ${digest}.`);
    this.#expect(answer, [200], `give the blob ${digest}`);
    const found = digestOf(answer.body);
    if (found !== digest) throw this.#wrongBytes(digest, found);
    return answer.body;
  }

  /**
   * Pushes content unless it is there. An upload that was cut off cannot be taken up again, and may have arrived all the
   * same: look first, then begin another.
   */
  async pushBlob(content: Uint8Array): Promise<{ digest: string; size: number }> {
    const digest = digestOf(content);
    for (let upload = 1; !(await this.#hasBlob(digest)); upload++) {
      const answer = await this.#upload(content, digest);
      if (answer.status === 201 || answer.status === 204) break;
      if (upload === uploads) this.#expect(answer, [], 'take a blob');
    }
    return { digest, size: content.length };
  }

  async #hasBlob(digest: string): Promise<boolean> {
    return (await this.#transport.request(`blobs/${digest}`, { method: 'HEAD' })).status === 200;
  }

  /** "Pushing a blob monolithically", POST then PUT. */
  async #upload(content: Uint8Array, digest: string): Promise<HttpResponse> {
    const begun = await this.#transport.request('blobs/uploads/', { method: 'POST' });
    this.#expect(begun, [202], 'begin an upload');
    const location = begun.headers.location;
    if (location === undefined) throw new RegistryError('invalid', `${this.name} began an upload nowhere.`);
    const url = this.#transport.resolve(location, 'blobs/uploads/');
    url.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    return this.#transport.request(url, { method: 'PUT', headers, body: content });
  }

  /** Pushes a manifest that is found by its digest. */
  async pushManifest(content: Uint8Array, mediaType: string): Promise<Descriptor> {
    const digest = digestOf(content);
    const answer = await this.#putManifest(digest, content, mediaType);
    this.#expect(answer, [201, 202], 'take a manifest');
    return { mediaType, digest, size: content.length };
  }

  /**
   * Changes what a tag names, unless the tag changed since it was read; only some registries look at that.
   * It is tried once: a second try would write what may be out of date by then.
   * @param seen what the tag was when it was read
   * @param timeout milliseconds
   * @returns whether the registry took it
   */
  async moveTag(
    tag: string,
    content: Uint8Array,
    mediaType: string,
    seen: Tagged | undefined,
    timeout: number,
  ): Promise<boolean> {
    const etag = seen?.etag;
    const condition = seen === undefined ? { 'if-none-match': '*' } : etag === undefined ? {} : { 'if-match': etag };
    const answer = await this.#putManifest(tag, content, mediaType, { headers: condition, timeout, tries: 1 });
    if (answer.status === 412) return false;
    this.#expect(answer, [201, 202], `take a new version of the tag ${tag}`);
    return true;
  }

  #putManifest(
    reference: string,
    content: Uint8Array,
    mediaType: string,
    options: RequestOptions = {},
  ): Promise<HttpResponse> {
    return this.#transport.request(`manifests/${reference}`, {
      ...options,
      method: 'PUT',
      headers: { ...options.headers, 'content-type': mediaType },
      body: content,
    });
  }

  /**
   * The answer of the referrers API, page by page, or undefined when the registry does not have it. Registries without
   * it answer 404; some older ones 400, 405, 406 or a page of another type.
   */
  async referrersPage(
    digest: string,
    next?: string,
  ): Promise<{ entries: unknown[]; next: string | undefined } | undefined> {
    const path = `referrers/${digest}`;
    const url = next === undefined ? path : this.#transport.resolve(next, path);
    const options = { headers: { accept: mediaTypes.index }, maxBytes: maxManifestBytes };
    const answer = await this.#transport.request(url, options);
    if ([400, 404, 405, 406].includes(answer.status)) return undefined;
    this.#expect(answer, [200], `list what is attached to ${digest}`);
    if (contentType(answer) !== mediaTypes.index) return undefined;
    const { manifests } = parseObject(answer.body);
    if (!Array.isArray(manifests)) throw new RegistryError('invalid', `${this.name} lists referrers without a list.`);
    return { entries: manifests, next: nextPage(answer.headers.link) };
  }

  #expect(answer: HttpResponse, statuses: readonly number[], what: string): void {
    if (statuses.includes(answer.status)) return;
    const problem = answer.status === 404 ? 'missing' : 'invalid';
    throw new RegistryError(problem, `${this.name} did not ${what}: ${answer.status}${reasonIn(answer.body)}.`);
  }

  #wrongBytes(expected: string, found: string): RegistryError {
    return new RegistryError('invalid', `${this.name} was asked for ${expected} and gave ${found}.`);
  }
}

function contentType({ headers }: HttpResponse): string | undefined {
  return headers['content-type']?.split(';', 1)[0]?.trim();
}

/** The next page in a `Link` header (RFC 8288). */
function nextPage(link: string | undefined): string | undefined {
  return /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? '')?.[1];
}

/** The registry's own words (distribution specification, "Error Codes"), when it has some. */
function reasonIn(body: Uint8Array): string {
  try {
    const { errors } = JSON.parse(new TextDecoder().decode(body)) as {
      errors?: { code?: unknown; message?: unknown }[];
    };
    const { code = '', message = '' } = errors?.[0] ?? {};
    const words = [code, message].filter((word) => typeof word === 'string' && word !== '');
    return words.length === 0 ? '' : `, ${words.join(': ').slice(0, maxErrorLength)}`;
  } catch {
    return '';
  }
}

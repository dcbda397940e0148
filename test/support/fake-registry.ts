import { createHash } from 'node:crypto';
import type { Http, HttpOptions, HttpResponse } from '../../src/effects/effects.ts';

export interface FakeRegistryOptions {
  /** Whether it has the referrers API; without it the tag is all there is. */
  readonly referrers?: boolean;
  /** Whether it gives an ETag, and whether it looks at If-Match and If-None-Match. */
  readonly conditions?: 'none' | 'given' | 'honoured';
  /** Entries on one page of the referrers API. */
  readonly pageSize?: number;
}

interface Stored {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A registry in memory, on the host `registry.example`. Answers in the order in which requests come. */
export class FakeRegistry {
  readonly #options: FakeRegistryOptions;
  readonly manifests = new Map<string, Stored>();
  readonly tags = new Map<string, string>();
  readonly blobs = new Map<string, Uint8Array>();
  /** Every request that came, as `METHOD url`. */
  readonly requests: string[] = [];

  constructor(options: FakeRegistryOptions = {}) {
    this.#options = options;
  }

  readonly http: Http = (url, options = {}) => {
    const method = options.method ?? 'GET';
    this.requests.push(`${method} ${url}`);
    const { pathname, searchParams } = new URL(url);
    const [, kind = '', name = ''] = /^\/v2\/.+\/(manifests|blobs|referrers)\/(.*)$/.exec(pathname) ?? [];
    if (kind === 'manifests') return Promise.resolve(this.#manifest(method, name, options));
    if (kind === 'blobs') return Promise.resolve(this.#blob(method, name, searchParams, options));
    if (kind === 'referrers' && this.#options.referrers === true) {
      return Promise.resolve(this.#referrers(name, Number(searchParams.get('from') ?? 0)));
    }
    return Promise.resolve(answer(404));
  };

  /** Puts a manifest there as if someone had pushed it. */
  addManifest(content: object, type: string, tag?: string): string {
    const bytes = Buffer.from(JSON.stringify(content));
    const digest = digestOf(bytes);
    this.manifests.set(digest, { type, bytes });
    if (tag !== undefined) this.tags.set(tag, digest);
    return digest;
  }

  #manifest(method: string, name: string, { headers = {}, body = '' }: HttpOptions): HttpResponse {
    const current = name.startsWith('sha256:') ? name : this.tags.get(name);
    if (method === 'PUT') {
      const honours = this.#options.conditions === 'honoured';
      if (honours && headers['if-none-match'] === '*' && current !== undefined) return answer(412);
      if (honours && headers['if-match'] !== undefined && headers['if-match'] !== `"${current}"`) return answer(412);
      const bytes = Buffer.from(body);
      this.manifests.set(digestOf(bytes), { type: headers['content-type'] ?? '', bytes });
      if (!name.startsWith('sha256:')) this.tags.set(name, digestOf(bytes));
      return answer(201);
    }
    const stored = this.manifests.get(current ?? '');
    if (stored === undefined) return answer(404);
    const etag = this.#options.conditions === 'none' ? {} : { etag: `"${current}"` };
    return answer(200, stored.bytes, { 'content-type': stored.type, ...etag });
  }

  #blob(method: string, name: string, query: URLSearchParams, { body = '' }: HttpOptions): HttpResponse {
    if (method === 'POST') return answer(202, undefined, { location: '/v2/app/blobs/uploads/1?state=x' });
    if (method === 'PUT') {
      const digest = digestOf(Buffer.from(body));
      if (digest !== query.get('digest')) return answer(400);
      this.blobs.set(digest, Buffer.from(body));
      return answer(201);
    }
    const blob = this.blobs.get(name);
    return blob === undefined ? answer(404) : answer(200, method === 'HEAD' ? undefined : blob);
  }

  #referrers(digest: string, from: number): HttpResponse {
    const all = [...this.manifests].flatMap(([own, { type, bytes }]) => {
      const { subject } = JSON.parse(Buffer.from(bytes).toString()) as { subject?: { digest: string } };
      return subject?.digest === digest ? [{ mediaType: type, digest: own, size: bytes.length }] : [];
    });
    const end = from + (this.#options.pageSize ?? all.length);
    const page = { schemaVersion: 2, manifests: all.slice(from, end) };
    const more = end < all.length ? { link: `</v2/app/referrers/${digest}?from=${end}>; rel="next"` } : {};
    const type = 'application/vnd.oci.image.index.v1+json';
    return answer(200, Buffer.from(JSON.stringify(page)), { 'content-type': type, ...more });
  }
}

/** An answer of a server. */
export function answer(status: number, body?: Uint8Array | string, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: Buffer.from(body ?? '') };
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

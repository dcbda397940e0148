import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { ask, open } from '../http.ts';
import { applyLayer, type UnpackBudget } from './unpack.ts';

/** An image that cannot be had. The message says why, for the pod's status. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}

/** What an image says about the process it starts (OCI image specification 1.1, "Image Configuration"). */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
}

/** An image on disk. It is shared by every container that runs it and must not be written to. */
export interface UnpackedImage {
  /** Digest of the manifest that was run, not of an index that led to it. */
  readonly digest: string;
  readonly root: string;
  readonly config: ImageConfig;
}

interface Reference {
  readonly url: string;
  readonly repository: string;
  /** Digest or tag. */
  readonly version: string;
}

interface Descriptor {
  readonly mediaType?: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
}

interface Manifest {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const maxDocument = 4 * 1024 * 1024;
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Images from registries on loopback, each unpacked once. */
export class Images {
  readonly #folder: string;
  readonly #unpacked = new Map<string, Promise<UnpackedImage>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The image of a pod's spec, by digest or by tag.
   * @throws ImageError or UnpackError; a later call tries again
   */
  async pull(image: string): Promise<UnpackedImage> {
    const reference = parseReference(image);
    const { digest, manifest } = await resolve(reference);
    const known = this.#unpacked.get(digest);
    if (known !== undefined) return known;
    const pulled = this.#unpack(reference, digest, manifest);
    this.#unpacked.set(digest, pulled);
    pulled.catch(() => this.#unpacked.delete(digest));
    return pulled;
  }

  async #unpack(reference: Reference, digest: string, manifest: Manifest): Promise<UnpackedImage> {
    const { config, layers } = manifest;
    if (config === undefined || layers === undefined)
      throw new ImageError('the manifest names no configuration or layers');
    const parsed = JSON.parse(await document(`${reference.url}/blobs/${config.digest}`, config.digest)) as {
      config?: ImageConfig;
    };
    const root = join(this.#folder, digest.replace(':', '-'));
    const partial = `${root}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true, mode: 0o755 });
    const budget: UnpackBudget = { bytes: 16 * 1024 ** 3, entries: 1_000_000 };
    for (const layer of layers) await applyLayer(partial, blob(reference, layer), budget);
    await rename(partial, root);
    return { digest, root, config: parsed.config ?? {} };
  }
}

/** `<registry>/<repository>[:<tag>][@<digest>]`; only registries of this machine are asked, over plain http. */
function parseReference(image: string): Reference {
  const [, host = '', repository = '', tag, digest] =
    /^([^/]+)\/([a-z0-9._/-]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  if (!/^(?:127(?:\.\d+){3}|localhost|\[::1\]):\d+$/.test(host) || repository === '') {
    throw new ImageError(
      `\`${image}\` is not from a registry of this machine, and the local platform pulls from no other`,
    );
  }
  return { url: `http://${host}/v2/${repository}`, repository, version: digest ?? tag ?? 'latest' };
}

/** The manifest for this machine. */
async function resolve(reference: Reference): Promise<{ digest: string; manifest: Manifest }> {
  const named = reference.version.startsWith('sha256:') ? reference.version : undefined;
  const text = await document(`${reference.url}/manifests/${reference.version}`, named);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.manifests === undefined) return { digest: named ?? digestOf(text), manifest };
  const architecture = architectures[arch()];
  const match = manifest.manifests.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === architecture,
  );
  if (match === undefined) throw new ImageError(`the image has no manifest for linux/${architecture ?? arch()}`);
  const inner = await document(`${reference.url}/manifests/${match.digest}`, match.digest);
  return { digest: match.digest, manifest: JSON.parse(inner) as Manifest };
}

async function document(url: string, digest: string | undefined): Promise<string> {
  const { status, body } = await ask(url, { headers: { accept: accepted }, maxBytes: maxDocument });
  if (status !== 200) throw new ImageError(`the registry answered ${status} to GET ${url}`);
  if (digest !== undefined && digestOf(body) !== digest) throw new ImageError(`${url} does not have its digest`);
  return body;
}

/** The bytes of a layer; throws at the end when they are not those that the manifest names. */
async function* blob({ url }: Reference, { digest, size }: Descriptor): AsyncGenerator<Uint8Array> {
  const answer = await open(`${url}/blobs/${digest}`);
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new ImageError(`the registry answered ${answer.statusCode} to GET ${url}/blobs/${digest}`);
  }
  const hash = createHash('sha256');
  let total = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    hash.update(chunk);
    total += chunk.length;
    if (total > size) break;
    yield chunk;
  }
  if (total !== size || `sha256:${hash.digest('hex')}` !== digest) {
    throw new ImageError(`the registry sent other bytes than ${digest}`);
  }
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

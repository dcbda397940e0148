/**
 * Container images of a few files, made in the test: to push to a loopback registry or to write as an OCI layout.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Content of files by their path in the image. */
export type FileTree = Readonly<Record<string, string>>;

export interface SmallImage {
  /** `sha256:…` of the manifest. */
  readonly digest: string;
  readonly mediaType: string;
  readonly manifest: Buffer;
  /** Configuration and layers by digest; an index has none. */
  readonly blobs: ReadonlyMap<string, Buffer>;
  /** The images of an index. */
  readonly children: readonly SmallImage[];
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/** An image with one layer for each tree. */
export function smallImage(layers: readonly FileTree[], architecture = 'amd64'): SmallImage {
  return imageOf(layers.map(tar), architecture, {});
}

/**
 * An image with these layers, which are tar archives.
 * @param runtime what it says about the process it starts: `Entrypoint`, `Env`, `User`, …
 */
export function imageOf(archives: readonly Buffer[], architecture: string, runtime: object): SmallImage {
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: runtime,
      rootfs: { type: 'layers', diff_ids: archives.map(digestOf) },
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: descriptor('application/vnd.oci.image.config.v1+json', config),
      layers: archives.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar', layer)),
    }),
  );
  const blobs = new Map([config, ...archives].map((blob) => [digestOf(blob), blob]));
  return { digest: digestOf(manifest), mediaType: manifestType, manifest, blobs, children: [] };
}

/** Pushes the image by its digest and returns its reference. */
export async function pushImage(registry: string, repository: string, image: SmallImage): Promise<string> {
  const base = `http://${registry}/v2/${repository}`;
  for (const child of image.children) await pushImage(registry, repository, child);
  for (const [digest, blob] of image.blobs) {
    const start = await request('POST', `${base}/blobs/uploads/`);
    const location = new URL(start.headers.get('location') ?? '', `http://${registry}`);
    location.searchParams.set('digest', digest);
    await request('PUT', location.href, blob);
  }
  await request('PUT', `${base}/manifests/${image.digest}`, image.manifest, { 'content-type': image.mediaType });
  return `${registry}/${repository}@${image.digest}`;
}

/** An index around images, as build tools make one for several platforms or to attach attestations. */
export function wrapInIndex(
  parts: readonly { readonly image: SmallImage; readonly platform: { os: string; architecture: string } }[],
): SmallImage {
  const manifests = parts.map(({ image, platform }) => ({ ...descriptor(image.mediaType, image.manifest), platform }));
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }));
  const children = parts.map(({ image }) => image);
  return { digest: digestOf(manifest), mediaType: indexType, manifest, blobs: new Map(), children };
}

/** An OCI image layout (image-spec 1.1, image-layout.md) that holds the images: content by path. */
export function layoutFiles(images: readonly SmallImage[]): Map<string, Buffer> {
  const manifests = images.map(({ mediaType, manifest }) => descriptor(mediaType, manifest));
  const blobs = images
    .flatMap((image) => [image, ...image.children])
    .flatMap(({ digest, manifest, blobs: own }) => [...own, [digest, manifest] as const]);
  return new Map([
    ['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')],
    ['index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }))],
    ...blobs.map(([digest, blob]) => [blobPath(digest), blob] as const),
  ]);
}

export async function writeLayout(folder: string, images: readonly SmallImage[]): Promise<void> {
  for (const [path, content] of layoutFiles(images)) await writeInto(folder, path, content);
}

/** Where a layout keeps a blob, relative to its folder. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** Writes the files as a folder. */
export async function writeTree(folder: string, tree: FileTree): Promise<void> {
  for (const [path, content] of Object.entries(tree)) await writeInto(folder, path, content);
}

async function writeInto(folder: string, path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function request(
  method: string,
  url: string,
  body?: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  const response = await fetch(url, { method, headers, ...(body && { body: new Uint8Array(body) }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

function descriptor(mediaType: string, blob: Buffer): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: digestOf(blob), size: blob.length };
}

function digestOf(blob: Buffer): string {
  return `sha256:${createHash('sha256').update(blob).digest('hex')}`;
}

/** A tar archive in the POSIX ustar format. */
function tar(tree: FileTree): Buffer {
  const entries = Object.entries(tree).map(([path, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return Buffer.concat([tarHeader(path, content.length), content, padding]);
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}

function tarHeader(path: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(path, 0, 100);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148);
  return header;
}

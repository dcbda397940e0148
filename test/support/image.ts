import { createHash } from 'node:crypto';
import { arch } from 'node:os';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';

/** One entry of a layer. Nothing is checked: a hostile entry is written as it is given. */
export interface LayerEntry {
  readonly path: string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice';
  readonly content?: Uint8Array | string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly linkpath?: string;
}

/** A tar archive with these entries, in this order. */
export function layer(entries: readonly LayerEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', content = '', mode = 0o755, uid = 0, gid = 0, linkpath }) => {
    const data = Buffer.from(content);
    const header = new Header({
      path,
      type,
      mode,
      uid,
      gid,
      size: data.length,
      mtime: new Date(0),
      ...(linkpath !== undefined && { linkpath }),
    });
    const block = Buffer.alloc(512);
    header.encode(block);
    return [block, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** Puts an image of one platform into a registry and returns its reference by digest. */
export async function pushImage(
  registry: string,
  name: string,
  layers: readonly Uint8Array[],
  config: Readonly<Record<string, unknown>>,
): Promise<string> {
  const packed = layers.map((bytes) => gzipSync(bytes));
  const architecture = arch() === 'x64' ? 'amd64' : arch();
  const image = JSON.stringify({
    os: 'linux',
    architecture,
    config,
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
  });
  for (const blob of [Buffer.from(image), ...packed]) await pushBlob(registry, name, blob);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('application/vnd.oci.image.config.v1+json', Buffer.from(image)),
    layers: packed.map((bytes) => descriptor('application/vnd.oci.image.layer.v1.tar+gzip', bytes)),
  });
  await send(
    `http://${registry}/v2/${name}/manifests/latest`,
    'PUT',
    manifest,
    'application/vnd.oci.image.manifest.v1+json',
  );
  return `${registry}/${name}@${digestOf(Buffer.from(manifest))}`;
}

async function pushBlob(registry: string, name: string, blob: Uint8Array): Promise<void> {
  const started = await send(`http://${registry}/v2/${name}/blobs/uploads/`, 'POST');
  const url = new URL(started.headers.get('location') ?? '', `http://${registry}`);
  url.searchParams.set('digest', digestOf(blob));
  await send(url.href, 'PUT', blob, 'application/octet-stream');
}

async function send(url: string, method: string, body?: string | Uint8Array, type?: string): Promise<Response> {
  const headers = type === undefined ? {} : { 'content-type': type };
  const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

function descriptor(mediaType: string, bytes: Uint8Array) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

import { join } from 'node:path';
import * as z from 'zod';
import type { Files } from '../effects/effects.ts';
import { digestOf, maxManifestBytes } from './manifest.ts';
import type { LayoutImage } from './target.ts';

/** What is wrong with a layout, or with an image in it. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
  /** `several`: the digest names images for more than one platform. */
  readonly problem: 'invalid' | 'several';
  constructor(message: string, problem: 'invalid' | 'several' = 'invalid') {
    super(message);
    this.problem = problem;
  }
}

/** OCI image specification 1.1, descriptor.md. */
const descriptorSchema = z.object({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  platform: z.object({ os: z.string(), architecture: z.string() }).optional(),
});
const indexSchema = z.object({ schemaVersion: z.literal(2), manifests: z.array(descriptorSchema) });
const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  config: descriptorSchema,
  layers: z.array(descriptorSchema),
});

type Descriptor = z.infer<typeof descriptorSchema>;

/**
 * Finds one image in a layout and checks every byte of it against its digests: programs that read layouts do not.
 * @param wanted digest of the image; without it the layout must hold exactly one
 * @throws LayoutError
 */
export async function readLayout(folder: string, wanted: string | undefined, files: Files): Promise<LayoutImage> {
  const index = parse(indexSchema, await read(join(folder, 'index.json'), files), 'index.json');
  const digest = choose(index.manifests, wanted).digest;
  const manifest = await readManifest(folder, digest, files);
  for (const { digest: layer } of manifest.layers) {
    const found = await files.sha256(blobPath(folder, layer)).then(
      (hex) => `sha256:${hex}`,
      () => undefined,
    );
    checkDigest(layer, found);
  }
  await readBlob(folder, manifest.config.digest, files);
  return { kind: 'layout', path: folder, digest, configDigest: manifest.config.digest };
}

function choose(manifests: readonly Descriptor[], wanted: string | undefined): Descriptor {
  const found = wanted === undefined ? manifests : manifests.filter(({ digest }) => digest === wanted);
  const [first] = found;
  if (first === undefined) {
    const held = manifests.map(({ digest }) => digest).join(', ') || 'none';
    throw new LayoutError(`It does not hold the image ${wanted ?? 'at all'}; it holds ${held}.`);
  }
  if (new Set(found.map(({ digest }) => digest)).size > 1)
    throw new LayoutError(`It holds ${found.length} images; say by its digest which one is meant.`);
  return first;
}

/** The image's manifest. Build tools wrap one image and its attestations into an index. */
async function readManifest(folder: string, digest: string, files: Files): Promise<z.infer<typeof manifestSchema>> {
  const bytes = await readBlob(folder, digest, files);
  const index = indexSchema.safeParse(parseJson(bytes, digest));
  if (!index.success) return parse(manifestSchema, bytes, digest);
  const images = index.data.manifests.filter(({ platform }) => platform?.os !== 'unknown');
  if (images.length > 1) throw new LayoutError(`${digest} names images for ${images.length} platforms.`, 'several');
  const [image] = images;
  if (image === undefined) throw new LayoutError(`${digest} names no image.`);
  return parse(manifestSchema, await readBlob(folder, image.digest, files), image.digest);
}

async function readBlob(folder: string, digest: string, files: Files): Promise<Uint8Array> {
  const bytes = await read(blobPath(folder, digest), files);
  checkDigest(digest, digestOf(bytes));
  return bytes;
}

async function read(path: string, files: Files): Promise<Uint8Array> {
  try {
    return await files.readBytes(path, maxManifestBytes);
  } catch (error) {
    throw new LayoutError(`A file of it cannot be read: ${(error as Error).message}.`);
  }
}

function checkDigest(digest: string, found: string | undefined): void {
  if (digest === found) return;
  const what = found === undefined ? 'cannot be read' : `has other content, ${found}`;
  throw new LayoutError(`Its blob ${digest} ${what}.`);
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, what: string): T {
  const result = schema.safeParse(parseJson(bytes, what));
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw new LayoutError(
    `Its ${what} is not valid at ${first?.path.map(String).join('.') ?? ''}: ${first?.message ?? ''}.`,
  );
}

function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new LayoutError(`Its ${what} is no JSON.`);
  }
}

function blobPath(folder: string, digest: string): string {
  return join(folder, 'blobs', ...digest.split(':'));
}

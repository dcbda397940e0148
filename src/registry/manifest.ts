import { createHash } from 'node:crypto';
import { RegistryError } from './errors.ts';

/** Media types of the OCI image specification 1.1 and their older Docker forms. */
export const mediaTypes = {
  image: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  dockerImage: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  empty: 'application/vnd.oci.empty.v1+json',
} as const;

/** Registries take manifests up to 4 MiB (OCI distribution specification 1.1, "Pushing Manifests"). */
export const maxManifestBytes = 4 * 1024 * 1024;

/** What is needed to fetch something by its content. `digest` is `sha256:` and hex, `size` bytes. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest as the registry keeps it. */
export interface Manifest extends Descriptor {
  readonly bytes: Uint8Array;
  /** Its layers, or for an index the manifests in it. */
  readonly children: readonly Descriptor[];
  /** The manifest it is attached to. */
  readonly subject: Descriptor | undefined;
  readonly isIndex: boolean;
}

/** `sha256:` and the hex digest of some bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * Reads a manifest of an image or an index.
 * @throws RegistryError `invalid`
 */
export function readManifest(bytes: Uint8Array, mediaType: string): Manifest {
  const content = parseObject(bytes);
  const isIndex = mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex;
  const children = content[isIndex ? 'manifests' : 'layers'];
  const stated = content.mediaType;
  if (!Array.isArray(children) || (stated !== undefined && stated !== mediaType)) {
    throw new RegistryError('invalid', `The manifest ${digestOf(bytes)} is no ${mediaType}.`);
  }
  return {
    mediaType,
    digest: digestOf(bytes),
    size: bytes.length,
    bytes,
    children: children.map(readDescriptor),
    subject: content.subject === undefined ? undefined : readDescriptor(content.subject),
    isIndex,
  };
}

/** @throws RegistryError `invalid` */
export function readDescriptor(value: unknown): Descriptor {
  const { mediaType, digest, size, artifactType, annotations } = (value ?? {}) as Record<string, unknown>;
  const isValid =
    typeof mediaType === 'string' &&
    typeof digest === 'string' &&
    /^sha256:[0-9a-f]{64}$/.test(digest) &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size >= 0;
  if (!isValid)
    throw new RegistryError('invalid', 'A manifest names something without a valid media type, digest and size.');
  return {
    mediaType,
    digest,
    size,
    ...(typeof artifactType === 'string' && { artifactType }),
    ...(isTextMap(annotations) && { annotations }),
  };
}

/** A document of a registry as an object. */
export function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RegistryError('invalid', 'The registry gave a manifest that is not JSON.', error);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new RegistryError('invalid', 'The registry gave a manifest that is no JSON object.');
  }
  return content as Record<string, unknown>;
}

function isTextMap(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');
}

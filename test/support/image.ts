import type { Repository } from '../../src/registry/client.ts';
import { debianFiles, updated } from './debian-image.ts';
import { smallImage, wrapInIndex, type FileTree, type SmallImage } from './small-image.ts';

/**
 * Pushes a tiny Debian image with three packages.
 * @param marker goes into the image, so that two images differ
 * @returns the digest of its manifest
 */
export function pushImage(repository: Repository, marker = ''): Promise<string> {
  return pushFiles(repository, { ...debianFiles(updated), 'etc/marker': marker });
}

/** Pushes an image of some files and returns the digest of its manifest. */
export function pushFiles(repository: Repository, files: FileTree): Promise<string> {
  return push(repository, smallImage([files]));
}

/** Pushes an index of two images and returns its digest. */
export function pushIndex(repository: Repository): Promise<string> {
  const parts = ['amd64', 'arm64'].map((architecture) => ({
    image: smallImage([debianFiles(updated)], architecture),
    platform: { os: 'linux', architecture },
  }));
  return push(repository, wrapInIndex(parts));
}

async function push(repository: Repository, { blobs, children, manifest, mediaType }: SmallImage): Promise<string> {
  for (const child of children) await push(repository, child);
  for (const blob of blobs.values()) await repository.pushBlob(blob);
  return (await repository.pushManifest(manifest, mediaType)).digest;
}

import { attachArtifacts, listReferrers, type Artifact } from '../../src/registry/referrers.ts';
import { Repository } from '../../src/registry/client.ts';
import { parseImage, type ImageReference } from '../../src/registry/reference.ts';
import { spdxPredicateType } from '../../src/sbom/spdx.ts';
import type { Workshop } from '../../src/tools/workshop.ts';

const maxBytes = 512 * 1024 * 1024;

/**
 * Copies an image and its signed statements into another repository of its registry, but with the SBOM of another image
 * in place of its own.
 * @returns the copy by digest
 */
export async function copyImage(
  image: string,
  repository: string,
  { sbomOf }: { readonly sbomOf: string },
  workshop: Workshop,
): Promise<string> {
  const from = read(image);
  const other = read(sbomOf);
  const source = repositoryOf(from, workshop);
  const target = repositoryOf({ ...from, repository }, workshop);
  const manifest = await source.manifest(from.digest);
  const { config } = JSON.parse(Buffer.from(manifest.bytes).toString()) as { config: { digest: string } };
  for (const { digest } of [config, ...manifest.children]) await target.pushBlob(await source.blob(digest, maxBytes));
  await target.pushManifest(manifest.bytes, manifest.mediaType);
  const own = (await bundles(source, from.digest)).filter((bundle) => predicateTypeOf(bundle) !== spdxPredicateType);
  const theirs = await bundles(repositoryOf(other, workshop), other.digest);
  const sbom = theirs.filter((bundle) => predicateTypeOf(bundle) === spdxPredicateType);
  if (sbom.length === 0) throw new Error(`${sbomOf} has no SBOM`);
  await attachArtifacts(target, manifest, [...own, ...sbom]);
  return `${from.registry}/${repository}@${from.digest}`;
}

/** The signed statements beside an image, as they would be attached again. */
async function bundles(repository: Repository, digest: string): Promise<Artifact[]> {
  return Promise.all(
    (await listReferrers(repository, digest)).map(async (referrer) => {
      const { bytes, children } = await repository.manifest(referrer.digest);
      const { annotations } = JSON.parse(Buffer.from(bytes).toString()) as { annotations: Record<string, string> };
      const content = await repository.blob(children[0]!.digest, maxBytes);
      return { mediaType: children[0]!.mediaType, content, annotations };
    }),
  );
}

function predicateTypeOf({ annotations }: Artifact): string | undefined {
  return annotations['dev.sigstore.bundle.predicateType'];
}

/**
 * Makes the tag of an image name another image.
 * @returns moves it back
 */
export async function moveTag(image: string, other: string, workshop: Workshop): Promise<() => Promise<void>> {
  const { tag = '', digest, ...from } = read(image);
  const repository = repositoryOf({ ...from, digest }, workshop);
  const point = async (to: string): Promise<void> => {
    const { bytes, mediaType } = await repository.manifest(to);
    await repository.moveTag(tag, bytes, mediaType, await repository.tagged(tag), 10_000);
  };
  await point(read(other).digest);
  return () => point(digest);
}

function read(image: string): ImageReference {
  const reference = parseImage(image);
  if (typeof reference === 'string') throw new Error(reference);
  return reference;
}

function repositoryOf({ registry, repository }: ImageReference, { http, clock, signal }: Workshop): Repository {
  return new Repository({ http, clock, signal }, { registry, repository, access: 'pull,push', credentials: undefined });
}

import type { Repository } from './client.ts';
import { RegistryError } from './errors.ts';
import { addToFallback, maxEntries, readFallback, tooMany } from './fallback.ts';
import { mediaTypes, readDescriptor, type Descriptor } from './manifest.ts';

/**
 * What is attached to an image: read through the referrers API where the registry has it, else through the tag
 * `sha256-<hex>` that clients keep in its place (OCI distribution specification 1.1, "Listing Referrers" and
 * "Referrers Tag Schema"). Nothing is filtered: registries disagree on the type of an entry.
 */

/** A list of more pages than this is refused. */
const maxPages = 200;

/** Something to attach. The content becomes the only layer of its manifest. */
export interface Artifact {
  readonly mediaType: string;
  readonly content: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The manifests that are attached to a digest; empty when the registry has none. */
export async function listReferrers(repository: Repository, digest: string): Promise<Descriptor[]> {
  const entries = (await throughApi(repository, digest)) ?? (await readFallback(repository, digest));
  return entries.map(readDescriptor);
}

/**
 * Attaches artifacts to an image and makes sure that they are found there.
 * @returns descriptors of their manifests, in the same order
 */
export async function attachArtifacts(
  repository: Repository,
  subject: Descriptor,
  artifacts: readonly Artifact[],
): Promise<Descriptor[]> {
  const attached: Descriptor[] = [];
  for (const artifact of artifacts) attached.push(await pushReferrer(repository, subject, artifact));
  await makeFindable(repository, subject.digest, attached);
  return attached;
}

async function pushReferrer(repository: Repository, subject: Descriptor, artifact: Artifact): Promise<Descriptor> {
  const { mediaType, annotations } = artifact;
  const config = { mediaType: mediaTypes.empty, ...(await repository.pushBlob(Buffer.from('{}'))) };
  const layer = { mediaType, ...(await repository.pushBlob(artifact.content)) };
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.image,
    artifactType: mediaType,
    config,
    layers: [layer],
    subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
    annotations,
  };
  const pushed = await repository.pushManifest(Buffer.from(JSON.stringify(manifest)), mediaTypes.image);
  return { ...pushed, artifactType: mediaType, annotations };
}

/**
 * The registry's word that it processed `subject` (the `OCI-Subject` header) is not relied on: some send it without
 * having the API, some have the API without sending it. The API itself is asked.
 */
async function makeFindable(repository: Repository, subject: string, attached: readonly Descriptor[]): Promise<void> {
  const missing = (entries: readonly unknown[]): Descriptor[] => {
    const listed = new Set(entries.map((entry) => readDescriptor(entry).digest));
    return attached.filter(({ digest }) => !listed.has(digest));
  };
  const { clock, signal } = repository.network;
  for (const wait of [500, 1000, 2000, 4000, 0]) {
    const entries = await throughApi(repository, subject);
    if (entries === undefined) return addToFallback(repository, subject, attached);
    if (missing(entries).length === 0) return;
    await clock.sleep(wait, signal);
  }
  throw new RegistryError('lost', `${repository.name} took the attachments of ${subject} and does not list them.`);
}

/** Entries as the API gives them, or undefined when the registry has no such API. */
async function throughApi(repository: Repository, digest: string): Promise<unknown[] | undefined> {
  const entries: unknown[] = [];
  let next: string | undefined;
  for (let count = 0; count < maxPages && entries.length <= maxEntries; count++) {
    const page = await repository.referrersPage(digest, next);
    if (page === undefined) return undefined;
    entries.push(...page.entries);
    if (page.next === undefined) return entries;
    next = page.next;
  }
  throw tooMany(repository, digest);
}

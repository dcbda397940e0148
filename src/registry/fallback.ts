import type { Repository, Tagged } from './client.ts';
import { RegistryError } from './errors.ts';
import { mediaTypes, parseObject, readDescriptor, type Descriptor } from './manifest.ts';

/**
 * The tag `sha256-<hex>`, under which clients keep the list of what is attached to an image in a registry without the
 * referrers API (OCI distribution specification 1.1, "Referrers Tag Schema").
 */

/** More entries than this are refused. */
export const maxEntries = 5000;

/**
 * Longest time that any client takes from reading the index to having written it, milliseconds. Everything that this
 * client wrote is looked at again after it.
 */
const writeWindow = 3000;
const maxRounds = 30;
/** Writes that may fail, and the first pause after one. */
const maxFailures = 5;
const firstPause = 200;

/** The entries of the index as they stand in it; empty when there is none. */
export async function readFallback(repository: Repository, subject: string): Promise<unknown[]> {
  return rawEntries(await readTag(repository, subject));
}

/**
 * Adds entries to the index so that none is lost, neither ours nor another client's. Registries without the API rarely
 * honour `If-Match`, so what one client writes can be undone by another that had read the index before. Therefore:
 * 1. everything that was ever seen in the index is remembered, and written back when it is gone;
 * 2. it is not over before the index was seen whole at least one write window after the last own write.
 *
 * Why this suffices while no client is slower than the window: let x be the time of the last write that has an entry.
 * Its writer looked again at k >= x + window and saw the entry. Take the first write after k without it: its client read
 * later than k - window >= x and before that write, so it saw the entry, and would have written it.
 * @throws RegistryError `lost` when the index never came to rest
 */
export async function addToFallback(
  repository: Repository,
  subject: string,
  attached: readonly Descriptor[],
): Promise<void> {
  const { clock, signal } = repository.network;
  const known = new Map<string, unknown>(attached.map((entry) => [entry.digest, entry]));
  let atRest = false;
  let failures = 0;
  for (let round = 0; round < maxRounds; round++) {
    const begun = clock.now().getTime();
    const index = await readTag(repository, subject);
    const entries = rawEntries(index);
    const listed = new Set(entries.map((entry) => readDescriptor(entry).digest));
    for (const entry of entries) known.set(readDescriptor(entry).digest, entry);
    if (known.size > maxEntries) throw tooMany(repository, subject);

    const missing = [...known].filter(([digest]) => !listed.has(digest)).map(([, entry]) => entry);
    if (missing.length === 0 && atRest) return;
    const timeLeft = writeWindow - (clock.now().getTime() - begun);
    const written =
      missing.length === 0 || (await writeIndex(repository, subject, index, [...entries, ...missing], timeLeft));
    if (written instanceof RegistryError && ++failures === maxFailures) throw written;
    // The next look counts when every write that began before has landed by then.
    atRest = written === true;
    const pause = atRest ? writeWindow : firstPause * 2 ** failures;
    // Clients that began together should not go on together.
    await clock.sleep(pause * (1 + Math.random() / 2), signal);
  }
  throw new RegistryError('lost', `The list of what is attached to ${repository.name}@${subject} never came to rest.`);
}

/** True when the index was written; false when it may not be written any more; an error when nobody knows. */
async function writeIndex(
  repository: Repository,
  subject: string,
  seen: Tagged | undefined,
  entries: readonly unknown[],
  timeLeft: number,
): Promise<boolean | RegistryError> {
  // What was read too long ago would undo what others wrote since.
  if (timeLeft <= 0) return false;
  const before =
    seen === undefined ? { schemaVersion: 2, mediaType: mediaTypes.index } : parseObject(seen.manifest.bytes);
  const content = Buffer.from(JSON.stringify({ ...before, manifests: entries }));
  const mediaType = seen?.manifest.mediaType ?? mediaTypes.index;
  try {
    return await repository.moveTag(tagFor(subject), content, mediaType, seen, timeLeft);
  } catch (error) {
    if (error instanceof RegistryError && error.problem === 'unreachable') return error;
    throw error;
  }
}

async function readTag(repository: Repository, subject: string): Promise<Tagged | undefined> {
  const tag = tagFor(subject);
  const found = await repository.tagged(tag);
  if (found?.manifest.isIndex === false) {
    throw new RegistryError('invalid', `The tag ${repository.name}:${tag} is taken by something that is no index.`);
  }
  return found;
}

function rawEntries(index: Tagged | undefined): unknown[] {
  return index === undefined ? [] : (parseObject(index.manifest.bytes).manifests as unknown[]);
}

function tagFor(digest: string): string {
  return digest.replace(':', '-');
}

/** The refusal of a list without end. */
export function tooMany(repository: Repository, digest: string): RegistryError {
  return new RegistryError('invalid', `More than ${maxEntries} things are attached to ${repository.name}@${digest}.`);
}

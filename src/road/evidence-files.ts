import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEvidence } from '../evidence/read.ts';
import { Repository } from '../registry/client.ts';
import { parseImage } from '../registry/reference.ts';
import { verifierFor } from '../signing/verify.ts';
import type { Workshop } from '../tools/workshop.ts';
import type { ShownEvidence } from './page.ts';

const maxBundleBytes = 32 * 1024 * 1024;

/**
 * Reads everything signed beside an image, verifies it, and keeps it in a folder, with the trusted root: the registry of
 * a local run ends with it.
 * @param image by digest
 * @param trustedRootPath who may have signed
 */
export async function keepEvidence(
  image: string,
  trustedRootPath: string,
  folder: string,
  { http, clock, signal }: Workshop,
): Promise<ShownEvidence[]> {
  const reference = parseImage(image);
  if (typeof reference === 'string') throw new Error(`${image}: ${reference}`);
  const { registry, repository: path, digest } = reference;
  const target = { registry, repository: path, access: 'pull', credentials: undefined } as const;
  const repository = new Repository({ http, clock, signal }, target);
  const trustedRoot = await readFile(trustedRootPath, 'utf8');
  const { verified, rejected } = await readEvidence(repository, digest, await verifierFor(trustedRoot));
  if (rejected.length > 0) throw new Error(`Evidence that proves nothing lies beside ${image}: ${rejected[0]?.reason}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'trusted_root.json'), trustedRoot);
  const inOrder = verified.toSorted((one, other) => one.signedAt.getTime() - other.signedAt.getTime());
  for (const [index, { referrer, predicateType }] of inOrder.entries()) {
    const layer = (await repository.manifest(referrer)).children[0]?.digest ?? '';
    const kind = predicateType
      .split('/')
      .slice(-2)
      .join('-')
      .replace(/[^\w.-]/g, '-');
    const name = `${String(index + 1).padStart(2, '0')}-${kind}.sigstore.json`;
    await writeFile(join(folder, name), await repository.blob(layer, maxBundleBytes));
  }
  return inOrder.map(({ predicateType, identity, signedAt, referrer }) => ({
    predicateType,
    signer: identity.name,
    signedAt: signedAt.toISOString(),
    referrer,
  }));
}

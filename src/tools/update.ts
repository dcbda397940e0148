import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { UsageError } from '../definition/values.ts';
import { ProgramError } from '../effects/effects.ts';
import { checkArchive, unpack } from './archive.ts';
import { sha256OfFile } from './digest.ts';
import { NotServed, save } from './fetch.ts';
import { parseManifest, pinsOf, readManifest, type Pin, type Pinned } from './manifest.ts';
import { rewriteProgram, type Recomputed } from './manifest-text.ts';
import { titleOf } from './release.ts';
import { mustSucceed, type Workshop } from './workshop.ts';

/** Where an update is made. */
export interface UpdateShop extends Workshop {
  /** Path of `tools/manifest.yaml`. */
  readonly manifest: string;
  /** Path of cosign; asked for only when the release has a signature that cosign reads. */
  readonly cosign: () => Promise<string>;
  /** Trusted root to check signatures offline; undefined for the public one, which cosign fetches. */
  readonly trustedRoot: string | undefined;
}

/**
 * Pins a version of a program: downloads its release for every platform, checks what the project publishes about it,
 * and writes version, digests, sizes and what was checked into the manifest. Nothing is written when a check fails.
 * @throws UsageError when the program is unknown or the version is no exact version
 * @throws ProgramError when a file cannot be had, or a digest or signature is wrong
 */
export async function updateProgram(name: string, version: string, shop: UpdateShop): Promise<void> {
  const manifest = await readManifest(shop.manifest);
  const program = manifest.programs[name];
  if (program === undefined) {
    throw new UsageError(`There is no program \`${name}\`. Allowed: ${Object.keys(manifest.programs).join(', ')}.`);
  }
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new UsageError(`\`${version}\` is no version. Allowed: an exact version, such as 1.2.3.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'slipway-update-'));
  try {
    const assets: Recomputed['assets'] = {};
    for (const pin of pinsOf({ programs: { [name]: { ...program, version } } }, name)) {
      shop.say(`${titleOf(pin)}: downloading ${pin.url}`);
      assets[pin.platform] = await recompute(pin, program, await mkdtemp(join(folder, `${pin.platform}-`)), shop);
    }
    const today = shop.clock.now().toISOString().slice(0, 10);
    const basis = `recomputed from the release on ${today}; ${listed(program)}; ${signed(program)}`;
    const text = rewriteProgram(await readFile(shop.manifest, 'utf8'), name, { version, basis, assets });
    parseManifest(text, shop.manifest);
    await writeFile(shop.manifest, text);
    shop.say(`${name} ${version}: ${basis}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function recompute(
  pin: Pin,
  program: Pinned,
  folder: string,
  shop: UpdateShop,
): Promise<{ sha256: string; size: number; binarySha256?: string }> {
  const file = await fetch(pin.url, pin, folder, shop);
  const sha256 = await sha256OfFile(file);
  if (pin.version === program.version && sha256 !== pin.sha256) {
    throw new ProgramError(
      `${titleOf(pin)}: the release has the sha256 ${sha256}, and this very version is pinned as ${pin.sha256}.`,
      'A release does not change. Find out which of the two is false before you pin anything.',
    );
  }
  await checkList(pin, program, sha256, folder, shop);
  await checkSignature(pin, program, file, folder, shop);
  const { size } = await stat(file);
  if (pin.binary === undefined) return { sha256, size };
  await checkArchive(file, pin.binary, titleOf(pin));
  return { sha256, size, binarySha256: await sha256OfFile(await unpack(file, pin.binary, folder, titleOf(pin))) };
}

/** The digest that the project itself publishes must be that of the file. */
async function checkList(
  pin: Pin,
  { checksums }: Pinned,
  sha256: string,
  folder: string,
  shop: UpdateShop,
): Promise<void> {
  if (checksums === undefined) return;
  const url = filled(checksums, pin);
  const published = digestIn(await readFile(await fetch(url, pin, folder, shop), 'utf8'), pin.file);
  if (published === sha256) return;
  throw new ProgramError(
    `${titleOf(pin)}: the file has the sha256 ${sha256}, and ${url} says ${published ?? 'nothing about it'}.`,
    'Do not pin this release. Tell the project that publishes it.',
  );
}

/** The digest of a file in a list as sha256sum(1) writes it, or in a list that is nothing but the digest. */
function digestIn(list: string, file: string): string | undefined {
  if (/^[0-9a-f]{64}\s*$/.test(list)) return list.trim();
  return list
    .split('\n')
    .map((line) => /^([0-9a-f]{64}) [ *](?:\.\/)?(.+?)\s*$/.exec(line))
    .find((match) => match?.[2] === file)?.[1];
}

async function checkSignature(
  pin: Pin,
  { signature }: Pinned,
  file: string,
  folder: string,
  shop: UpdateShop,
): Promise<void> {
  if (signature.kind !== 'sigstore-bundle') return;
  const bundle = await fetch(filled(signature.bundle, pin), pin, folder, shop);
  const identity = ['--certificate-identity', filled(signature.identity, pin)];
  const issuer = ['--certificate-oidc-issuer', signature.issuer];
  const root = shop.trustedRoot === undefined ? [] : ['--trusted-root', shop.trustedRoot];
  const result = await shop.exec(await shop.cosign(), [
    ...['verify-blob', '--bundle', bundle, ...identity, ...issuer, ...root],
    file,
  ]);
  const fix =
    'Do not pin this release, unless the project says that it signs in another way now: then change `signature`.';
  mustSucceed(`${titleOf(pin)}: cosign verify-blob`, result, fix);
}

async function fetch(url: string, pin: Pin, folder: string, shop: UpdateShop): Promise<string> {
  const target = join(folder, basename(new URL(url).pathname));
  try {
    await save({ what: titleOf(pin), url, hosts: pin.hosts }, target, shop);
    return target;
  } catch (error) {
    if (!(error instanceof NotServed)) throw error;
    throw new ProgramError(
      `${titleOf(pin)} cannot be checked. ${error.message}`,
      'Check the version and the network.',
      {
        cause: error,
      },
    );
  }
}

function filled(template: string, { version, url, file }: Pin): string {
  return template.replaceAll('{version}', version).replaceAll('{url}', url).replaceAll('{file}', file);
}

function listed({ checksums }: Pinned): string {
  return checksums === undefined ? 'no list of digests' : "the project's list of digests agrees";
}

function signed({ signature }: Pinned): string {
  return signature.kind === 'sigstore-bundle' ? 'signature verified' : `signature not checked (${signature.kind})`;
}

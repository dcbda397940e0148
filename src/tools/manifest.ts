import { readFile } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import * as z from 'zod';
import { parseChecked } from '../documents/checked.ts';
import { ProgramError } from '../effects/effects.ts';

/** Platforms that releases are pinned for, as Node names them: `process.platform-process.arch`. */
const platforms = ['linux-x64', 'linux-arm64'] as const;
export type Platform = (typeof platforms)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'A sha256 has 64 lower-case hex digits.');
/** `{version}` stands for the program's version; in names of files beside an asset `{url}` and `{file}` for the asset's. */
const template = z.string().min(1);
const secureUrl = template.refine((url) => URL.canParse(url) && new URL(url).protocol === 'https:', {
  message: 'Only https:// is fetched.',
  abort: true,
});

const asset = z
  .strictObject({
    url: secureUrl.describe('Where the release lies.'),
    sha256: sha256.describe('Digest of the file at `url`.'),
    size: z.int().positive().optional().describe('Bytes of the file at `url`, where known.'),
    binary: template
      .optional()
      .describe("Name of the program's entry in the archive; absent when the file is the program."),
    'binary-sha256': sha256.optional().describe('Digest of that entry, where known.'),
  })
  .refine(({ url, binary }) => url.endsWith('.tar.gz') === (binary !== undefined), {
    message: 'A .tar.gz needs `binary`, and any other file is the program itself and has none.',
  });

/** Who signs a release, and where the signature lies. */
const signature = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sigstore-bundle').describe('A Sigstore bundle over the asset, beside it.'),
    bundle: template,
    identity: template,
    issuer: template,
  }),
  z.strictObject({
    kind: z
      .literal('sigstore-certificate')
      .describe('A detached signature and certificate, which cosign 3 no longer reads.'),
    over: template,
    signature: template,
    certificate: template,
    identity: template,
    issuer: template,
  }),
  z.strictObject({ kind: z.literal('pgp'), signature: template, keys: template }),
  z.strictObject({ kind: z.literal('none-seen').describe("No signing step was seen in the project's release files.") }),
]);

const pinned = z
  .strictObject({
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'An exact version such as 1.2.3, in quotes if YAML takes it for a number.'),
    basis: z.string().min(1).describe('Where the digests come from, and what was checked.'),
    hosts: z.array(z.string().min(1)).min(1).describe('The only hosts that a download may touch, redirects included.'),
    checksums: template.optional().describe("The release's own list of digests; `update` compares with it."),
    signature,
    assets: z.partialRecord(z.enum(platforms), asset),
  })
  .refine(({ hosts, assets }) => Object.values(assets).every(({ url }) => hosts.includes(new URL(url).host)), {
    message: 'The host of an asset is not in `hosts`.',
  });
export type Pinned = z.infer<typeof pinned>;

/** Shape of `tools/manifest.yaml`. */
export const manifestSchema = z.strictObject({ programs: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), pinned) });
export type Manifest = z.infer<typeof manifestSchema>;

/** One program for one platform, with the version filled in. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  readonly platform: Platform;
  readonly hosts: readonly string[];
  readonly url: string;
  /** File name of `url`. */
  readonly file: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number | undefined;
  /** Entry of the archive; undefined when the file is the program itself. */
  readonly binary: string | undefined;
  /** Digest of the program itself, where it is known. */
  readonly binarySha256: string | undefined;
}

/** Reads `tools/manifest.yaml`. @throws Error that names every place where the file is not valid */
export async function readManifest(path: string): Promise<Manifest> {
  return parseManifest(await readFile(path, 'utf8'), path);
}

/** The manifest in a text. @param path for errors @throws Error that names every place where it is not valid */
export function parseManifest(text: string, path: string): Manifest {
  const checked = parseChecked(text, manifestSchema);
  if ('value' in checked) return checked.value;
  const problems = checked.problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
  throw new Error(problems.join('\n'));
}

/** Every release of a program that the manifest holds. */
export function pinsOf(manifest: Manifest, name: string): Pin[] {
  const program = manifest.programs[name];
  if (program === undefined) return [];
  const { version, hosts, assets } = program;
  return platforms.flatMap((platform) => {
    const asset = assets[platform];
    if (asset === undefined) return [];
    const url = asset.url.replaceAll('{version}', version);
    return [
      {
        ...{ name, version, platform, hosts, url },
        file: basename(new URL(url).pathname),
        sha256: asset.sha256,
        size: asset.size,
        binary: asset.binary?.replaceAll('{version}', version),
        binarySha256: asset.binary === undefined ? asset.sha256 : asset['binary-sha256'],
      },
    ];
  });
}

/** The release of a program for a platform. @throws ProgramError when the manifest has no digest for it */
export function pinOf(manifest: Manifest, name: string, platform: string): Pin {
  const pins = pinsOf(manifest, name);
  const pin = pins.find((candidate) => candidate.platform === platform);
  if (pin !== undefined) return pin;
  if (pins[0] === undefined) {
    throw new ProgramError(
      `There is no program \`${name}\` in tools/manifest.yaml; it holds ${Object.keys(manifest.programs).join(', ')}.`,
      `Correct the name, or give the path of the program with the input \`${name}-path\`.`,
    );
  }
  throw new ProgramError(
    `tools/manifest.yaml has no digest of ${name} ${pins[0].version} for ${platform}, only for ${pins.map((one) => one.platform).join(' and ')}. What has no digest is not fetched.`,
    `Run on one of these platforms, or give the path of the program with the input \`${name}-path\`.`,
  );
}

/** The platform this process runs on. */
export function thisPlatform(): string {
  return `${process.platform}-${process.arch}`;
}

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { goBuild } from './go-build.ts';
import { goPrograms } from './go-programs.ts';
import { manifestSchema, pinOf, pinsOf, readManifest, type Manifest } from './manifest.ts';

const sha256 = 'a'.repeat(64);
const asset = { url: 'https://example.com/helm-v{version}.tar.gz', sha256, binary: 'linux/helm' };
const program = {
  version: '1.2.3',
  basis: 'made up',
  hosts: ['example.com'],
  signature: { kind: 'none-seen' },
  assets: { 'linux-x64': asset },
} as const;
const manifest: Manifest = {
  programs: { helm: { ...program, hosts: ['example.com'], assets: { 'linux-x64': asset } } },
};

describe('the manifest of this repository', () => {
  it('is valid and pins every program for every platform', async () => {
    const { programs } = await readManifest('tools/manifest.yaml');
    expect(Object.keys(programs)).toEqual(['trivy', 'syft', 'cosign', 'helm', 'kubectl', 'k6']);
    for (const { assets } of Object.values(programs)) expect(Object.keys(assets)).toEqual(['linux-x64', 'linux-arm64']);
  });

  it('pins what is built from source too, but for k6', async () => {
    const { programs } = await readManifest('tools/manifest.yaml');
    const both = Object.keys(programs).filter((name) => name in goPrograms);
    const differing = [];
    for (const name of both) {
      const build = await goBuild(name, 'go', '.');
      if (build.version !== programs[name]?.version) differing.push([name, programs[name]?.version, build.version]);
    }
    expect(differing).toEqual([['k6', '2.3.0', '1.8.1']]);
  });

  it('never pins a Trivy release that was malicious', async () => {
    expect(await readFile('tools/manifest.yaml', 'utf8')).not.toMatch(/^ {4}version: 0\.69\.[456]\b/m);
  });
});

describe('a pin', () => {
  it('has the version filled in', () => {
    expect(pinOf(manifest, 'helm', 'linux-x64')).toMatchObject({
      url: 'https://example.com/helm-v1.2.3.tar.gz',
      file: 'helm-v1.2.3.tar.gz',
      binary: 'linux/helm',
      binarySha256: undefined,
    });
  });

  it('of a file that is the program knows the digest of the program', () => {
    const raw = { url: 'https://example.com/helm', sha256 };
    expect(
      pinsOf({ programs: { helm: { ...manifest.programs.helm!, assets: { 'linux-arm64': raw } } } }, 'helm'),
    ).toEqual([expect.objectContaining({ platform: 'linux-arm64', binarySha256: sha256 })]);
  });

  it.each([
    ['kustomize', 'linux-x64', /no program `kustomize`.*it holds helm/],
    ['helm', 'darwin-arm64', /no digest of helm 1\.2\.3 for darwin-arm64, only for linux-x64/],
  ])('of %s for %s is refused: there is no digest', (name, platform, message) => {
    expect(() => pinOf(manifest, name, platform)).toThrow(message);
  });
});

describe('the schema', () => {
  const problems = (change: object): string[] =>
    manifestSchema
      .safeParse({ programs: { helm: { ...program, ...change } } })
      .error?.issues.map((issue) => issue.message) ?? [];

  it('takes a program as it should be', () => expect(problems({})).toEqual([]));

  it.each([
    [
      'plain http',
      { assets: { 'linux-x64': { ...asset, url: 'http://example.com/a.tar.gz' } } },
      'Only https:// is fetched.',
    ],
    ['no URL', { assets: { 'linux-x64': { ...asset, url: 'https://' } } }, 'Only https:// is fetched.'],
    ['a host that is not listed', { hosts: ['example.org'] }, 'The host of an asset is not in `hosts`.'],
    [
      'a short digest',
      { assets: { 'linux-x64': { ...asset, sha256: 'abc' } } },
      'A sha256 has 64 lower-case hex digits.',
    ],
    [
      'an archive without the name of the program',
      { assets: { 'linux-x64': { url: asset.url, sha256 } } },
      /needs `binary`/,
    ],
    ['a range of versions', { version: '1.2' }, /An exact version/],
    ['an unknown platform', { assets: { 'win32-x64': asset } }, /Unrecognized key|Invalid/],
  ])('refuses %s', (_, change, message) => {
    expect(problems(change)).toEqual([expect.stringMatching(message)]);
  });
});

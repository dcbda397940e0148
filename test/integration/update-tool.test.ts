/** `npm run tools:update` against a project's release on loopback, with real cosign. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { realWorkshop } from '../../src/action/workshop.ts';
import { readManifest } from '../../src/tools/manifest.ts';
import { updateProgram } from '../../src/tools/update.ts';
import { startHttpsServer, type HttpsServer } from '../support/https-server.ts';
import { program } from '../support/programs.ts';
import { startReleaseSigner, type ReleaseSigner } from '../support/release-signer.ts';

const identity = 'https://forge.test/scan/.github/workflows/release.yaml@refs/tags/v1.3.0';
const issuer = 'https://issuer.test';
const zeros = '0'.repeat(64);
const minute = 60_000;

let server: HttpsServer;
let signer: ReleaseSigner;
let folder: string;
beforeAll(async () => {
  server = await startHttpsServer();
  signer = await startReleaseSigner(identity, issuer);
  await program('cosign');
}, 10 * minute);
afterAll(() => Promise.all([server.stop(), signer.stop()]));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-update-test-'));
  server.answers.clear();
});
afterEach(() => rmSync(folder, { recursive: true }));

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** A manifest with comments, another program, and `scan` 1.2.0 whose release lies on the server. */
function writeManifest(
  signature = "{ kind: sigstore-bundle, bundle: '{url}.sigstore.json', identity: 'IDENTITY', issuer: 'ISSUER' }",
): string {
  const base = `https://127.0.0.1:${server.port}/v{version}`;
  const filled = signature.replace('IDENTITY', identity.replace('1.3.0', '{version}')).replace('ISSUER', issuer);
  return `# What is fetched.
programs:
  scan:
    version: 1.2.0 # 1.1.0 was malicious
    basis: made by the test
    hosts: ['127.0.0.1:${server.port}']
    checksums: ${base}/checksums.txt
    signature: ${filled}
    assets:
      linux-x64:
        url: ${base}/scan_{version}_x64.tar.gz
        sha256: '${zeros}'
        size: 7
        binary: scan-{version}/scan
      # The second platform.
      linux-arm64:
        url: ${base}/scan_{version}_arm64
        sha256: '${zeros}'
  other:
    version: 2.0.0
    basis: made by the test
    hosts: [example.com]
    signature: { kind: none-seen }
    assets: { linux-x64: { url: 'https://example.com/other', sha256: '${zeros}' } }
`;
}

const script = '#!/bin/sh\n';

/** Publishes `scan` 1.3.0 and returns its two files. */
async function publish(): Promise<{ archive: Buffer; raw: Buffer }> {
  mkdirSync(join(folder, 'scan-1.3.0'));
  writeFileSync(join(folder, 'scan-1.3.0/scan'), script);
  execFileSync('tar', ['-czf', join(folder, 'scan.tar.gz'), '-C', folder, 'scan-1.3.0/scan']);
  const archive = readFileSync(join(folder, 'scan.tar.gz'));
  const raw = Buffer.from('raw');
  serve('scan_1.3.0_x64.tar.gz', archive);
  serve('scan_1.3.0_arm64', raw);
  serve('scan_1.3.0_x64.tar.gz.sigstore.json', await signer.sign(archive));
  serve('scan_1.3.0_arm64.sigstore.json', await signer.sign(raw));
  serve('checksums.txt', `${sha256(archive)}  scan_1.3.0_x64.tar.gz\n${sha256(raw)} *scan_1.3.0_arm64\n`);
  return { archive, raw };
}

function serve(name: string, content: string | Buffer): void {
  server.answers.set(`/v1.3.0/${name}`, (_, response) => response.end(content));
}

/** Runs the update on a manifest and returns the text it leaves. */
async function update(text: string, version = '1.3.0', name = 'scan'): Promise<string> {
  const manifest = join(folder, 'manifest.yaml');
  const trustedRoot = join(folder, 'trusted_root.json');
  writeFileSync(manifest, text);
  writeFileSync(trustedRoot, signer.trustedRoot);
  const workshop = realWorkshop('.', () => undefined, new AbortController().signal);
  await updateProgram(name, version, {
    ...workshop,
    clock: { ...workshop.clock, now: () => new Date('2026-11-21T12:00:00Z'), sleep: () => Promise.resolve() },
    manifest,
    cosign: () => program('cosign'),
    trustedRoot,
  });
  return readFileSync(manifest, 'utf8');
}

describe('updating a program', () => {
  it(
    'writes version, digests, sizes and what was checked, and leaves everything else',
    async () => {
      const { archive, raw } = await publish();
      const before = writeManifest();
      const after = await update(before);
      const expected = before
        .replace('version: 1.2.0', 'version: 1.3.0')
        .replace(
          'basis: made by the test',
          "basis: recomputed from the release on 2026-11-21; the project's list of digests agrees; signature verified",
        )
        .replace(
          `sha256: '${zeros}'\n        size: 7\n`,
          `sha256: ${sha256(archive)}\n        size: ${archive.length}\n        binary-sha256: ${sha256(script)}\n`,
        )
        .replace(
          `arm64\n        sha256: '${zeros}'\n`,
          `arm64\n        sha256: ${sha256(raw)}\n        size: ${raw.length}\n`,
        );
      expect(after).toBe(expected);
      expect((await readManifest(join(folder, 'manifest.yaml'))).programs.scan?.version).toBe('1.3.0');
      // A second update of the same release changes nothing.
      expect(await update(after)).toBe(after);
    },
    minute,
  );

  it(
    'says so when a signature is of a kind that is not checked',
    async () => {
      await publish();
      const after = await update(writeManifest("{ kind: pgp, signature: '{url}.asc', keys: KEYS }"));
      expect(after).toContain('signature not checked (pgp)');
    },
    minute,
  );
});

describe('nothing is written', () => {
  const refused = async (text: string, message: RegExp, ...more: string[]): Promise<void> => {
    await expect(update(text, ...more)).rejects.toThrow(message);
    expect(readFileSync(join(folder, 'manifest.yaml'), 'utf8')).toBe(text);
  };

  it(
    'when the list of digests says something else',
    async () => {
      await publish();
      serve('checksums.txt', `${zeros}  scan_1.3.0_x64.tar.gz\n`);
      await refused(writeManifest(), /checksums\.txt says 0{64}/);
    },
    minute,
  );

  it(
    'when the list of digests says nothing',
    async () => {
      await publish();
      serve('checksums.txt', `${zeros}  another.tar.gz\n`);
      await refused(writeManifest(), /checksums\.txt says nothing about it/);
    },
    minute,
  );

  it(
    'when the signature is over other bytes',
    async () => {
      await publish();
      serve('scan_1.3.0_x64.tar.gz.sigstore.json', await signer.sign(Buffer.from('other')));
      await refused(writeManifest(), /cosign verify-blob ended with code 1/);
    },
    minute,
  );

  it(
    'when the signature is by somebody else',
    async () => {
      await publish();
      await refused(writeManifest().replace('forge.test/scan', 'forge.test/scam'), /expected SAN value/);
    },
    minute,
  );

  it(
    'when the release lacks a platform',
    async () => {
      await publish();
      server.answers.delete('/v1.3.0/scan_1.3.0_arm64');
      await refused(writeManifest(), /scan 1\.3\.0 for linux-arm64 cannot be checked.*answered 404/);
    },
    minute,
  );

  it(
    'when a version that is pinned already has other bytes now',
    async () => {
      await publish();
      await refused(writeManifest().replace('1.2.0', '1.3.0'), /this very version is pinned as 0{64}/);
    },
    minute,
  );

  it.each([
    ['the program is unknown', '1.3.0', 'unheard-of', /Allowed: scan, other/],
    ['the version is no version', 'latest', 'scan', /`latest` is no version/],
  ])('when %s', (_, version, name, message) => refused(writeManifest(), message, version, name));
});

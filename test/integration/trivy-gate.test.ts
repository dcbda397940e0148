/**
 * The bundled trivy-gate with the real Trivy, on images made here, in a real registry, with the small database of real
 * advisories.
 */
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { debianFiles, nodePackage, updated } from '../support/debian-image.ts';
import { startRegistry, type LoopbackRegistry } from '../support/loopback-registry.ts';
import { program } from '../support/programs.ts';
import { runAction, type ActionRun } from '../support/run-action.ts';
import {
  blobPath,
  pushImage,
  smallImage,
  wrapInIndex,
  writeLayout,
  writeTree,
  type FileTree,
} from '../support/small-image.ts';
import { makeDatabase } from '../support/vulnerability-database.ts';

const oldOpenssl = [{ name: 'libssl3', source: 'openssl', version: '3.0.14-1~deb12u2' }, ...updated.slice(1)];
const clean = smallImage([debianFiles(updated), nodePackage('lodash', '4.17.21')]);

let workspace: string;
let registry: LoopbackRegistry;
let trivy: string;

jest.setTimeout(60_000);
/** A program may have to be built first. */
const timeToBuild = 900_000;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'slipway-trivy-gate-'));
  await makeDatabase(join(workspace, 'cache'));
  registry = await startRegistry();
  trivy = await program('trivy');
}, timeToBuild);

afterAll(async () => {
  registry.stop();
  await rm(workspace, { recursive: true, force: true });
});

function gate(inputs: Record<string, string>, environment: Record<string, string> = {}): Promise<ActionRun> {
  const all = { database: 'cache', 'trivy-path': trivy, ...inputs };
  return runAction('trivy-gate', { inputs: all, workspace, environment });
}

function push(layers: readonly FileTree[]): Promise<string> {
  return pushImage(registry.address, 'octo/shop', smallImage(layers));
}

const found = ({ report }: ActionRun) =>
  (report?.findings ?? []).filter(({ rule }) => rule === 'vulnerabilities/vulnerability-found');

describe('an image in a registry', () => {
  it('passes when everything in it is up to date', async () => {
    const target = await pushImage(registry.address, 'octo/shop', clean);
    const run = await gate({ target });
    expect(run.report?.findings).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.outputs).toMatchObject({ verdict: 'pass', critical: '0', high: '0', fixable: '0' });
    expect(run.report?.sections).toContainEqual({
      title: 'What was scanned',
      columns: ['What', 'As found'],
      rows: [
        ['Target', target],
        ['Platform', 'linux/amd64'],
        ['Distribution', 'debian 12'],
        ['Packages', 4],
        ['Scanner', 'Trivy 0.74.0'],
      ],
    });
  });

  it('leaves evidence that speaks of its digest', async () => {
    const target = await pushImage(registry.address, 'octo/shop', clean);
    const { statements } = await gate({ target });
    const digest = { sha256: clean.digest.slice('sha256:'.length) };
    const subject = [{ name: `${registry.address}/octo/shop`, digest }];
    expect(statements).toMatchObject([
      {
        subject,
        predicateType: 'https://in-toto.io/attestation/svr/v0.2',
        predicate: {
          verifier: { policies: [{ uri: 'slipway:policies/vulnerabilities.yaml' }] },
          properties: ['SLIPWAY_TRIVY_GATE'],
        },
      },
      {
        subject,
        predicateType: 'https://in-toto.io/attestation/vulns/v0.2',
        predicate: { scanner: { version: '0.74.0', db: { version: '2' }, result: [] } },
      },
    ]);
  });

  it("fails on a distribution's package that has a known fix: its bucket is in the database", async () => {
    const run = await gate({ target: await push([debianFiles(oldOpenssl)]) });
    expect(run.code).toBe(1);
    expect(found(run).map(({ message }) => message)).toEqual([
      expect.stringContaining('libssl3 3.0.14-1~deb12u2 has CVE-2024-5535 (critical)'),
      expect.stringContaining('libssl3 3.0.14-1~deb12u2 has CVE-2025-15467 (high)'),
    ]);
    expect(found(run)[0]).toMatchObject({
      place: { resource: 'pkg:deb/debian/libssl3@3.0.14-1~deb12u2?arch=amd64&distro=debian-12' },
      fix: 'Update libssl3 to 3.0.15-1~deb12u1.',
    });
    expect(run.outputs).toMatchObject({ verdict: 'fail', critical: '1', high: '1', fixable: '2' });
  });

  it('fails on a vulnerable package of Node.js in a layer of the application', async () => {
    const run = await gate({ target: await push([debianFiles(updated), nodePackage('lodash', '4.17.4')]) });
    expect(run.code).toBe(1);
    expect(found(run)).toMatchObject([
      {
        message: expect.stringContaining('CVE-2019-10744 (critical)'),
        place: { resource: 'pkg:npm/lodash@4.17.4 in srv/node_modules/lodash/package.json' },
      },
      { message: expect.stringContaining('CVE-2021-23337 (high)') },
    ]);
    expect(run.report?.findings.at(-1)).toMatchObject({
      rule: 'vulnerabilities/vulnerability-tolerated',
      message: '1 vulnerability of severity medium allowed (medium never fails): CVE-2020-28500.',
    });
  });

  it('is judged by the policy that is given', async () => {
    const lenient = ['version: 1', 'fail: {critical: never, high: never, medium: never, low: never, unknown: never}'];
    const rest = ['max-database-age: 48h', 'end-of-life: warn', ''];
    await writeFile(join(workspace, 'policy.yaml'), [...lenient, ...rest].join('\n'));
    const run = await gate({ target: await push([debianFiles(oldOpenssl)]), policy: 'policy.yaml' });
    expect(run.code).toBe(0);
    expect(run.report?.policy?.uri).toBe('policy.yaml');
    expect(run.outputs).toMatchObject({ verdict: 'pass', critical: '1' });
  });

  it('is scanned whatever the workspace and the environment say to Trivy', async () => {
    await writeFile(join(workspace, '.trivyignore'), 'CVE-2024-5535\nCVE-2025-15467\n');
    await writeFile(join(workspace, 'trivy.yaml'), 'severity: [LOW]\nignorefile: .trivyignore\n');
    const run = await gate(
      { target: await push([debianFiles(oldOpenssl)]) },
      { TRIVY_SEVERITY: 'LOW', TRIVY_PKG_TYPES: 'library' },
    );
    await Promise.all(['.trivyignore', 'trivy.yaml'].map((file) => rm(join(workspace, file))));
    expect(found(run)).toHaveLength(2);
  });

  it('gives no verdict when the digest names an index: only one of its images would be scanned', async () => {
    const vulnerable = smallImage([debianFiles(oldOpenssl)], 'arm64');
    const index = wrapInIndex([
      { image: clean, platform: { os: 'linux', architecture: 'amd64' } },
      { image: vulnerable, platform: { os: 'linux', architecture: 'arm64' } },
    ]);
    const run = await gate({ target: await pushImage(registry.address, 'octo/shop', index) });
    expect(run.code).toBe(3);
    expect(run.report?.findings).toMatchObject([{ rule: 'vulnerabilities/index-of-images' }]);
    expect((await gate({ target: `${registry.address}/octo/shop@${vulnerable.digest}` })).code).toBe(1);
  });

  it('gives no verdict when the registry does not have it', async () => {
    const run = await gate({ target: `${registry.address}/octo/shop@sha256:${'0'.repeat(64)}` });
    expect(run.code).toBe(3);
    expect(run.report?.findings).toMatchObject([
      { rule: 'vulnerabilities/scanner-crashed', message: expect.stringMatching(/exit code 1\..*MANIFEST_UNKNOWN/s) },
    ]);
  });
});

describe('a private image', () => {
  const credentials = Buffer.from('ci:hunter,2:x').toString('base64');
  let proxy: Server;
  let target: string;

  beforeAll(async () => {
    const { port } = new URL(`http://${registry.address}`);
    proxy = createServer((asked, answer) => {
      if (asked.headers.authorization !== `Basic ${credentials}`) {
        answer.writeHead(401, { 'www-authenticate': 'Basic realm="private"' }).end();
        return;
      }
      const { method, url, headers } = asked;
      const forwarded = request({ host: '127.0.0.1', port, method, path: url, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      });
      asked.pipe(forwarded);
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    await pushImage(registry.address, 'octo/shop', clean);
    target = `127.0.0.1:${(proxy.address() as AddressInfo).port}/octo/shop@${clean.digest}`;
  });

  afterAll(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  it('is pulled with the user and password given, which are not shown', async () => {
    const run = await gate({ target, 'registry-username': 'ci', 'registry-password': 'hunter,2:x' });
    expect(run.code).toBe(0);
    expect(run.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/hunter/);
  });

  it('is pulled with what docker login left', async () => {
    const config = join(workspace, 'docker');
    await mkdir(config);
    const auths = { [new URL(`http://${target}`).host]: { auth: credentials } };
    await writeFile(join(config, 'config.json'), JSON.stringify({ auths }));
    expect((await gate({ target }, { DOCKER_CONFIG: config })).code).toBe(0);
  });

  it('gives no verdict without a login', async () => {
    const run = await gate({ target });
    expect(run.code).toBe(3);
    expect(run.report?.findings).toMatchObject([{ rule: 'vulnerabilities/scanner-crashed' }]);
  });
});

describe('an OCI layout', () => {
  const vulnerable = smallImage([debianFiles(oldOpenssl)]);

  it('is scanned at the image that the evidence will speak of', async () => {
    await writeLayout(join(workspace, 'layout'), [clean, vulnerable]);
    const run = await gate({ target: 'layout', image: `ghcr.io/octo/shop@${vulnerable.digest}` });
    expect(run.code).toBe(1);
    expect(run.report?.subjects).toEqual([
      { name: 'ghcr.io/octo/shop', digest: { sha256: vulnerable.digest.slice('sha256:'.length) } },
    ]);
    expect((await gate({ target: 'layout', image: `ghcr.io/octo/shop@${clean.digest}` })).code).toBe(0);
  });

  it('may hold an index of one image and its attestations', async () => {
    const attestation = smallImage([{ 'statement.json': '{}' }]);
    const wrapped = wrapInIndex([
      { image: vulnerable, platform: { os: 'linux', architecture: 'amd64' } },
      { image: attestation, platform: { os: 'unknown', architecture: 'unknown' } },
    ]);
    await writeLayout(join(workspace, 'wrapped'), [wrapped]);
    const run = await gate({ target: 'wrapped', image: `ghcr.io/octo/shop@${wrapped.digest}` });
    expect(run.code).toBe(1);
    expect(found(run)).toHaveLength(2);
  });

  it('fails when a layer was changed after it was built', async () => {
    const layout = join(workspace, 'altered');
    await writeLayout(layout, [clean]);
    const layer = [...clean.blobs.keys()].at(-1) ?? '';
    await appendFile(join(layout, blobPath(layer)), 'x');
    const run = await gate({ target: 'altered' });
    expect(run.code).toBe(1);
    expect(run.report?.findings).toMatchObject([{ rule: 'vulnerabilities/invalid-layout' }]);
  });
});

describe('a root file system', () => {
  it('is scanned like an image, and its evidence speaks of the commit', async () => {
    await writeTree(join(workspace, 'rootfs'), { ...debianFiles(updated), ...nodePackage('minimist', '1.2.0') });
    const run = await gate({ target: 'rootfs' });
    expect(run.code).toBe(1);
    expect(found(run).map(({ place }) => place?.resource)).toEqual([
      'pkg:npm/minimist@1.2.0 in srv/node_modules/minimist/package.json',
    ]);
    expect(run.report?.subjects).toEqual([
      { name: 'git+https://github.com/octo/shop', digest: { gitCommit: 'c0ffee'.padEnd(40, '0') } },
    ]);
  });

  const { 'var/lib/dpkg/status': status = '', ...withoutPackages } = debianFiles(updated);
  it.each<[string, FileTree, string, number]>([
    [
      'of a family that Trivy has no advisories for',
      { 'etc/os-release': 'ID=fedora\nVERSION_ID=40\n', 'var/lib/dpkg/status': status },
      'unknown-distribution',
      3,
    ],
    ['of a release that Trivy does not know', debianFiles(updated, 'forky/sid'), 'unknown-distribution', 3],
    ['that does not say what it is', { 'var/lib/dpkg/status': status }, 'unknown-distribution', 3],
    ['without its package database', withoutPackages, 'packages-missing', 3],
    ['of a release without updates', debianFiles(updated, '10'), 'end-of-life', 1],
  ])('%s does not pass', async (name, tree, rule, code) => {
    const folder = name.replaceAll(' ', '-');
    await writeTree(join(workspace, folder), tree);
    const run = await gate({ target: folder });
    expect(run.report?.findings.map((finding) => finding.rule)).toEqual([`vulnerabilities/${rule}`]);
    expect(run.code).toBe(code);
  });

  it('with a package from elsewhere passes with a warning', async () => {
    const foreign = status.replace(/(Package: libc6\n.*\n)Maintainer: .*/, '$1Maintainer: Docker <support@docker.com>');
    await writeTree(join(workspace, 'foreign'), { ...withoutPackages, 'var/lib/dpkg/status': foreign });
    const run = await gate({ target: 'foreign' });
    expect(run.report?.findings).toMatchObject([
      {
        rule: 'vulnerabilities/unmatched-packages',
        message: '1 package from third-party repositories not checked: libc6.',
      },
    ]);
    expect(run.code).toBe(0);
  });

  it('without a package gives no verdict', async () => {
    await writeTree(join(workspace, 'empty'), { 'etc/motd': 'hello' });
    const run = await gate({ target: 'empty' });
    expect(run.code).toBe(3);
    expect(run.report?.findings).toMatchObject([{ rule: 'gate/nothing-examined' }]);
  });
});

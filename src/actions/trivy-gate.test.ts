import { describe, expect, it } from '@jest/globals';
import { fakeProgram, fakeReport, fakeTrivy, type Ending } from '../../test/support/fake-trivy.ts';
import type { Context } from '../definition/context.ts';
import { parseImage } from '../registry/reference.ts';
import type { GivenTarget } from '../registry/target.ts';
import type { VulnerabilityPolicy } from '../vulnerabilities/policy.ts';
import { trivyGate } from './trivy-gate.ts';

const policy: VulnerabilityPolicy = {
  version: 1,
  fail: { critical: 'always', high: 'fixable', medium: 'never', low: 'never', unknown: 'fixable' },
  'max-database-age': '48h',
  'end-of-life': 'fail',
};

function imageOf(digit: string) {
  const image = parseImage(`ghcr.io/o/n@sha256:${digit.repeat(64)}`);
  if (typeof image === 'string') throw new Error(image);
  return image;
}

const image = imageOf('a');
const folder: GivenTarget = { kind: 'folder', path: '/w/root' };
const given = {
  ...{ target: { kind: 'image', image } as GivenTarget, image: undefined, database: '/cache', timeout: 600_000 },
  policy: { value: policy, name: 'slipway:policies/vulnerabilities.yaml', sha256: 'cd' },
  ...{
    'registry-username': undefined,
    'registry-password': undefined,
    'trivy-path': undefined,
    mode: 'enforce' as const,
  },
};

function run(change: object, local: Record<string, string>, ...endings: Ending[]) {
  const fake = fakeTrivy(...endings);
  const context = { ...fake.world, program: () => Promise.resolve(fakeProgram), root: '/w', local, run: undefined };
  const report = trivyGate.run({
    inputs: { ...given, ...change },
    context: context as unknown as Context,
  });
  return { ...fake, report };
}

const imageReport = {
  ...fakeReport,
  ...{ ArtifactName: image.text, ArtifactType: 'container_image' },
  Metadata: {
    ...{ ImageID: 'sha256:cc', RepoDigests: [image.text], ImageConfig: { os: 'linux', architecture: 'amd64' } },
    OS: { Family: 'debian', Name: '12.11' },
  },
  Results: [{ Target: 'n (debian 12.11)', Class: 'os-pkgs', Type: 'debian', Packages: [{ Name: 'libssl3' }] }],
};
const clean: Ending = { report: JSON.stringify(imageReport) };

describe('trivy-gate', () => {
  it('passes an image without vulnerabilities, and says what it knows', async () => {
    const report = await run({}, {}, clean).report;
    expect(report).toMatchObject({
      verdict: 'pass',
      headline: '1 package checked; the policy allows what was found.',
      measurements: [{ name: 'age of the vulnerability database', value: 6, limit: { atMost: 48 } }],
      subjects: [{ name: 'ghcr.io/o/n', digest: { sha256: 'a'.repeat(64) } }],
      policy: { uri: 'slipway:policies/vulnerabilities.yaml', sha256: 'cd' },
      predicates: [{ type: 'https://in-toto.io/attestation/vulns/v0.2' }],
      outputs: { critical: 0, fixable: 0, 'database-updated-at': '2026-11-21T06:00:00.000Z', 'database-age-hours': 6 },
    });
    expect(report.programs).toEqual([{ name: 'trivy', version: '0.74.0', sha256: 'ab', origin: 'release' }]);
  });

  it('does not pass a target in which no package was found', async () => {
    const report = await run({ target: folder }, {}).report;
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings.map(({ rule }) => rule.id)).toEqual(['gate/nothing-examined']);
  });

  it('without a scan says only why, and leaves no scan in its evidence', async () => {
    const report = await run({}, {}, { code: 1 }).report;
    expect(report.findings.map(({ rule }) => rule.id)).toEqual(['vulnerabilities/scanner-crashed']);
    expect(report).toMatchObject({ verdict: 'inconclusive', predicates: [], sections: [] });
    expect(report.outputs).not.toHaveProperty('critical');
  });

  it('takes the database of the local run when none is given, relative to the workspace', async () => {
    const { report, calls, files } = run({ database: undefined }, { 'vulnerability-database': 'cache' }, clean);
    files.content['/w/cache/db/trivy.db'] = '';
    files.content['/w/cache/db/metadata.json'] = '{"Version":2,"UpdatedAt":"2026-11-21T06:00:00Z"}';
    await report;
    expect(calls[0]?.args.join(' ')).toContain('--cache-dir /w/cache ');
  });

  it('speaks of the commit when a folder was scanned: it proves no image', async () => {
    expect((await run({ target: folder }, {}).report).subjects).toEqual([]);
  });

  it.each([
    ['a folder as proof of an image', { target: folder, image }, /a folder does not prove which image/],
    ['two different images', { image: imageOf('b') }, /it is sha256:b+, but `target` is sha256:a+/],
    ['a user without a password', { 'registry-username': 'ci' }, /must be given together/],
    ['a password without a user', { 'registry-password': 'secret' }, /must be given together/],
  ])('refuses %s', async (_, change, message) => {
    await expect(run(change, {}).report).rejects.toThrow(message);
  });

  it('logs in to the registry of the image', async () => {
    const { report, docker } = run({ 'registry-username': 'ci', 'registry-password': 'secret' }, {}, clean);
    await report;
    expect(docker.config).toContain('"ghcr.io"');
  });
});

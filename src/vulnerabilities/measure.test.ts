import { describe, expect, it } from '@jest/globals';
import { fakeProgram, fakeReport, fakeTrivy, type Ending } from '../../test/support/fake-trivy.ts';
import { layoutFiles, smallImage, wrapInIndex } from '../../test/support/small-image.ts';
import { UsageError } from '../definition/values.ts';
import { ProgramError } from '../effects/effects.ts';
import { measure, type ScanRequest } from './measure.ts';
import type { VulnerabilityPolicy } from './policy.ts';

const policy: VulnerabilityPolicy = {
  version: 1,
  fail: { critical: 'always', high: 'fixable', medium: 'never', low: 'never', unknown: 'fixable' },
  'max-database-age': '48h',
  'end-of-life': 'fail',
};
const request: ScanRequest = {
  target: { kind: 'folder', path: '/w/root' },
  ...{ digest: undefined, policy, database: '/cache', login: undefined, timeout: 600_000, trivyPath: undefined },
};
const find = () => Promise.resolve(fakeProgram);
const fedora = { ...fakeReport, Metadata: { OS: { Family: 'fedora', Name: '40' } } };

function run(change: Partial<ScanRequest> = {}, ...endings: Ending[]) {
  return measure({ ...request, ...change }, find, fakeTrivy(...endings).world);
}

const rulesOf = ({ findings }: Awaited<ReturnType<typeof measure>>) => findings.map(({ rule }) => rule.id);

describe('a measurement', () => {
  it('ends with a scan, its database and its program', async () => {
    const measured = await run();
    expect(measured).toMatchObject({
      findings: [],
      program: fakeProgram,
      database: { cache: '/cache' },
      scan: { report: { artifact: '/w/root' } },
    });
  });

  it('takes the public database when none is given', async () => {
    const { database } = await run({ database: undefined });
    expect(database?.source).toBe('pkg:github/aquasecurity/trivy-db');
  });

  it('is still done with a database that is too old: what it finds counts', async () => {
    const measured = await run({ policy: { ...policy, 'max-database-age': '1h' } });
    expect(rulesOf(measured)).toEqual(['vulnerabilities/database-stale']);
    expect(measured.scan).toBeDefined();
  });

  it('tells everything that keeps it from being complete', async () => {
    const change = { policy: { ...policy, 'max-database-age': '1h' } };
    const measured = await run(change, { report: JSON.stringify(fedora) });
    expect(rulesOf(measured)).toEqual(['vulnerabilities/database-stale', 'vulnerabilities/unknown-distribution']);
  });

  it.each<[string, Partial<ScanRequest>, Ending, string]>([
    ['the database is missing', { database: '/nowhere' }, {}, 'database-missing'],
    ['Trivy crashes', {}, { code: 1 }, 'scanner-crashed'],
    ['the report speaks of something else', { target: { kind: 'folder', path: '/w/b' } }, {}, 'report-of-other-image'],
  ])('has no scan when %s', async (_, change, ending, rule) => {
    const measured = await run(change, ending);
    expect(rulesOf(measured)).toEqual([`vulnerabilities/${rule}`]);
    expect(measured).not.toHaveProperty('scan');
    expect(measured.program).toBe(fakeProgram);
  });

  it('keeps what it knew of the database when Trivy crashes', async () => {
    const measured = await run({ policy: { ...policy, 'max-database-age': '1h' } }, { code: 1 });
    expect(rulesOf(measured)).toEqual(['vulnerabilities/database-stale', 'vulnerabilities/scanner-crashed']);
    expect(measured.database).toBeDefined();
  });

  it('hides neither that Trivy cannot be had, nor wrong use, nor a bug of ours', async () => {
    const world = fakeTrivy().world;
    for (const error of [new ProgramError('no network', 'try again'), new UsageError('no such file')])
      await expect(measure(request, () => Promise.reject(error), world)).rejects.toBe(error);
    const broken = { ...world, files: { ...world.files, kind: () => Promise.reject(new Error('a bug')) } };
    await expect(measure(request, find, broken)).rejects.toThrow('a bug');
  });
});

describe('an OCI layout', () => {
  const image = smallImage([{ 'etc/a': '1' }]);
  const config = (JSON.parse(image.manifest.toString()) as { config: { digest: string } }).config.digest;
  const target = { kind: 'layout', path: '/w/oci' } as const;

  function runOn(files: Map<string, Buffer>, change: Partial<ScanRequest>, imageId: string) {
    const report = { ...fakeReport, ArtifactType: 'container_image', Metadata: { ImageID: imageId } };
    const fake = fakeTrivy({ report: JSON.stringify(report) });
    files.forEach((content, path) => (fake.files.content[`/w/oci/${path}`] = content.toString()));
    return { ...fake, measured: measure({ ...request, target, ...change }, find, fake.world) };
  }

  it('is scanned at the digest that was asked for', async () => {
    const { measured, calls } = runOn(layoutFiles([image]), { digest: image.digest }, config);
    expect(rulesOf(await measured)).toEqual([]);
    expect(calls[0]?.args).toContain(`/w/oci@${image.digest}`);
  });

  it('gives no scan when Trivy read another image of it', async () => {
    const { measured } = runOn(layoutFiles([image]), { digest: image.digest }, 'sha256:other');
    expect(rulesOf(await measured)).toEqual(['vulnerabilities/report-of-other-image']);
  });

  it('is not scanned when it does not hold the image', async () => {
    const { measured, calls } = runOn(layoutFiles([image]), { digest: `sha256:${'0'.repeat(64)}` }, config);
    expect(rulesOf(await measured)).toEqual(['vulnerabilities/invalid-layout']);
    expect(calls).toEqual([]);
  });

  it('is not scanned when the digest names several platforms', async () => {
    const other = smallImage([{ 'etc/a': '2' }], 'arm64');
    const both = wrapInIndex([
      { image, platform: { os: 'linux', architecture: 'amd64' } },
      { image: other, platform: { os: 'linux', architecture: 'arm64' } },
    ]);
    const { measured } = runOn(layoutFiles([both]), { digest: both.digest }, config);
    expect(rulesOf(await measured)).toEqual(['vulnerabilities/index-of-images']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { NotMeasured } from './not-measured.ts';
import { readTrivyReport } from './trivy-report.ts';

/** As Trivy 0.74 writes it for an image, cut down to one package of each kind. */
const image = {
  SchemaVersion: 2,
  Trivy: { Version: '0.74.0' },
  ReportID: '01a1fe74-9bc1-7bb6-a239-1c55e204c991',
  ArtifactName: 'ghcr.io/o/n@sha256:aa',
  ArtifactType: 'container_image',
  Metadata: {
    Size: 6144,
    OS: { Family: 'debian', Name: '12.11' },
    ImageID: 'sha256:5c',
    RepoDigests: ['ghcr.io/o/n@sha256:aa'],
    ImageConfig: { architecture: 'amd64', os: 'linux' },
  },
  Results: [
    {
      Target: 'ghcr.io/o/n@sha256:aa (debian 12.11)',
      Class: 'os-pkgs',
      Type: 'debian',
      Packages: [
        { Name: 'libssl3', Repository: { Class: 'official' } },
        { Name: 'nginx', Repository: { Class: 'third-party' } },
      ],
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2024-5535',
          PkgName: 'libssl3',
          PkgIdentifier: { PURL: 'pkg:deb/debian/libssl3@3.0.14', UID: 'e9' },
          InstalledVersion: '3.0.14',
          FixedVersion: '3.0.15',
          Status: 'fixed',
          PrimaryURL: 'https://avd.aquasec.com/nvd/cve-2024-5535',
          Title: 'SSL_select_next_proto buffer overread',
          Severity: 'CRITICAL',
        },
      ],
    },
    {
      Target: 'Node.js',
      Class: 'lang-pkgs',
      Type: 'node-pkg',
      Packages: [{ Name: 'lodash' }],
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2020-28500',
          VendorIDs: ['GHSA-29mw-wpgm-hmr9'],
          PkgName: 'lodash',
          PkgPath: 'app/node_modules/lodash/package.json',
          InstalledVersion: '4.17.4',
          FixedVersion: '4.17.21',
          Status: 'will_not_fix',
          SeveritySource: 'ghsa',
          Severity: 'UNKNOWN',
        },
      ],
    },
  ],
};

const read = (report: unknown) => readTrivyReport(JSON.stringify(report));

function refusal(text: string): { rule: string; message: string } {
  try {
    readTrivyReport(text);
  } catch (error) {
    if (error instanceof NotMeasured) return { rule: error.finding.rule.id, message: error.message };
    throw error;
  }
  throw new Error('it was read');
}

describe("Trivy's report", () => {
  it('is read in our own words', () => {
    expect(read(image)).toEqual({
      scannerVersion: '0.74.0',
      artifact: 'ghcr.io/o/n@sha256:aa',
      image: { id: 'sha256:5c', repositoryDigests: ['ghcr.io/o/n@sha256:aa'], platform: 'linux/amd64' },
      distribution: { family: 'debian', version: '12.11', endOfLife: false },
      packageSets: [
        { target: 'ghcr.io/o/n@sha256:aa (debian 12.11)', ofDistribution: true, packages: 2, unmatched: ['nginx'] },
        { target: 'Node.js', ofDistribution: false, packages: 1, unmatched: [] },
      ],
      vulnerabilities: [
        {
          id: 'CVE-2024-5535',
          aliases: [],
          severity: 'critical',
          ratedBy: '',
          title: 'SSL_select_next_proto buffer overread',
          url: 'https://avd.aquasec.com/nvd/cve-2024-5535',
          package: 'libssl3',
          purl: 'pkg:deb/debian/libssl3@3.0.14',
          path: '',
          installed: '3.0.14',
          fixed: '3.0.15',
          fixable: true,
        },
        {
          id: 'CVE-2020-28500',
          aliases: ['GHSA-29mw-wpgm-hmr9'],
          severity: 'unknown',
          ratedBy: 'ghsa',
          title: '',
          url: '',
          package: 'lodash',
          purl: '',
          path: 'app/node_modules/lodash/package.json',
          installed: '4.17.4',
          fixed: '4.17.21',
          fixable: false,
        },
      ],
    });
  });

  it('may hold no result: Go leaves out what is empty', () => {
    expect(read({ ...image, Results: undefined })).toMatchObject({ packageSets: [], vulnerabilities: [] });
  });

  it('of a folder speaks of no image, and may have no metadata at all', () => {
    const report = read({ ...image, ArtifactType: 'filesystem', Metadata: undefined, Results: undefined });
    expect(report).not.toHaveProperty('image');
    expect(report).not.toHaveProperty('distribution');
  });

  it('counts what somebody told Trivy to leave out', () => {
    const [, node] = image.Results;
    const suppressed = { Type: 'vulnerability', Status: 'ignored', Finding: node?.Vulnerabilities[0] };
    const secret = { Type: 'secret', Status: 'ignored', Finding: { Match: 'password=hunter2' } };
    const report = read({
      ...image,
      Results: [{ Target: 'Node.js', ExperimentalModifiedFindings: [suppressed, secret] }],
    });
    expect(report.vulnerabilities.map(({ id }) => id)).toEqual(['CVE-2020-28500']);
  });

  it.each([
    ['nothing', '', 'empty report'],
    ['white space', ' \n', 'empty report'],
    ['half of itself', JSON.stringify(image).slice(0, 700), 'no JSON'],
    ['a log line', '2026-11-21T14:13:37Z FATAL', 'no JSON'],
  ])('is truncated when it is %s', (_, text, message) => {
    const found = refusal(text);
    expect(found.rule).toBe('vulnerabilities/report-truncated');
    expect(found.message).toContain(message);
  });

  it.each([
    ['a list', [], ''],
    ['null', null, ''],
    ['of the old schema', { ...image, SchemaVersion: 1 }, 'SchemaVersion'],
    ['of a newer schema', { ...image, SchemaVersion: 3 }, 'SchemaVersion'],
    ['without the name of what was scanned', { ...image, ArtifactName: '' }, 'ArtifactName'],
    ['without the version of the scanner', { ...image, Trivy: {} }, 'Trivy.Version'],
    ['with results that are no list', { ...image, Results: {} }, 'Results'],
    ['with a severity that nobody knows', withVulnerability({ Severity: 'SEVERE' }), 'Severity'],
    ['with a severity left out', withVulnerability({ Severity: undefined }), 'Severity'],
    ['with a vulnerability without an id', withVulnerability({ VulnerabilityID: undefined }), 'VulnerabilityID'],
    [
      'with a suppressed finding that cannot be read',
      { ...image, Results: [{ Target: 't', ExperimentalModifiedFindings: [{ Type: 'vulnerability', Finding: {} }] }] },
      'VulnerabilityID',
    ],
  ])('is not of the form known when it is %s', (_, report, where) => {
    const found = refusal(JSON.stringify(report));
    expect(found.rule).toBe('vulnerabilities/report-unknown');
    expect(found.message).toContain(where);
  });
});

function withVulnerability(change: object): object {
  const vulnerability = { VulnerabilityID: 'CVE-1', PkgName: 'a', Severity: 'LOW', ...change };
  return { ...image, Results: [{ Target: 't', Vulnerabilities: [vulnerability] }] };
}

import { describe, expect, it } from '@jest/globals';
import { checkCoverage } from './coverage.ts';
import type { VulnerabilityPolicy } from './policy.ts';
import type { Distribution, PackageSet, ScanReport } from './scan-report.ts';

const policy: VulnerabilityPolicy = {
  version: 1,
  fail: { critical: 'always', high: 'fixable', medium: 'never', low: 'never', unknown: 'fixable' },
  'max-database-age': '48h',
  'end-of-life': 'fail',
};
const debian: Distribution = { family: 'debian', version: '12.11', endOfLife: false };
const osPackages: PackageSet = { target: 't (debian 12.11)', ofDistribution: true, packages: 90, unmatched: [] };
const nodePackages: PackageSet = { target: 'Node.js', ofDistribution: false, packages: 3, unmatched: [] };

function check(distribution: Distribution | undefined, packageSets: PackageSet[], releaseUnknown = false) {
  const report: ScanReport = {
    scannerVersion: '0.74.0',
    artifact: 't',
    ...(distribution && { distribution }),
    packageSets,
    vulnerabilities: [],
  };
  return checkCoverage(report, releaseUnknown, policy).map(({ rule, message }) => [rule.id, rule.outcome, message]);
}

/* Each case as Trivy 0.74 was seen to report it; test/integration/trivy-gate.test.ts runs the real one. */
describe('what Trivy can find is known', () => {
  it('in a distribution that it covers', () => {
    expect(check(debian, [osPackages, nodePackages])).toEqual([]);
  });

  it('in a target without any distribution, such as a static binary', () => {
    expect(check(undefined, [nodePackages])).toEqual([]);
  });
});

describe('what Trivy cannot find is told', () => {
  it.each([
    ['a family it has no advisories for', { ...debian, family: 'fedora', version: '40' }, [], false, 'fedora 40'],
    ['a family without a version', { ...debian, family: 'arch', version: '' }, [nodePackages], false, 'for arch;'],
    ['packages but no /etc/os-release', { ...debian, family: 'none', version: '' }, [], false, 'nothing says which'],
    ['a release that it does not know', { ...debian, version: 'forky/sid' }, [osPackages], true, 'debian forky/sid'],
  ])('of %s', (_, distribution, sets, releaseUnknown, words) => {
    expect(check(distribution, sets, releaseUnknown)).toEqual([
      ['vulnerabilities/unknown-distribution', 'inconclusive', expect.stringContaining(words)],
    ]);
  });

  it('of a distribution whose package database was deleted', () => {
    expect(check(debian, [{ ...osPackages, packages: 0 }])).toEqual([
      [
        'vulnerabilities/packages-missing',
        'inconclusive',
        'The target is debian 12.11, but no package of it was found.',
      ],
    ]);
  });

  it('of packages from third-party repositories', () => {
    expect(check(debian, [{ ...osPackages, unmatched: ['nodejs', 'docker-ce'] }])).toEqual([
      [
        'vulnerabilities/unmatched-packages',
        'warning',
        '2 packages from third-party repositories not checked: docker-ce, nodejs.',
      ],
    ]);
  });
});

describe('a distribution without security updates', () => {
  const old = { ...debian, version: '10.1', endOfLife: true };
  const report: ScanReport = {
    ...{ scannerVersion: '0.74.0', artifact: 't', distribution: old, packageSets: [osPackages], vulnerabilities: [] },
  };

  it.each([
    ['fail', 'vulnerabilities/end-of-life', 'fail'],
    ['warn', 'vulnerabilities/end-of-life-tolerated', 'warning'],
  ] as const)('under `end-of-life: %s` is a finding of %s', (endOfLife, id, outcome) => {
    const findings = checkCoverage(report, false, { ...policy, 'end-of-life': endOfLife });
    expect(findings).toMatchObject([{ rule: { id, outcome }, message: 'debian 10.1 gets no more security updates.' }]);
  });
});

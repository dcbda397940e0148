import { describe, expect, it } from '@jest/globals';
import type { Scan } from './measure.ts';
import { vulnerabilityPredicate } from './predicate.ts';
import type { Vulnerability } from './scan-report.ts';

const vulnerability: Vulnerability = {
  ...{ id: 'CVE-2024-5535', aliases: [], severity: 'critical', ratedBy: 'nvd', title: '', url: '', package: 'libssl3' },
  ...{ purl: 'pkg:deb/debian/libssl3@3.0.14', path: '', installed: '3.0.14', fixed: '3.0.15', fixable: true },
};
const scan = (vulnerabilities: Vulnerability[]): Scan => ({
  report: { scannerVersion: '0.74.0', artifact: 't', packageSets: [], vulnerabilities },
  startedOn: new Date('2026-11-21T12:00:00Z'),
  finishedOn: new Date('2026-11-21T12:00:05Z'),
});
const updatedAt = new Date('2026-11-21T06:00:00Z');

describe('the predicate of a scan', () => {
  it('says with what, when, and what was found (in-toto vulns 0.2)', () => {
    const unrated = { ...vulnerability, id: 'GHSA-1', ratedBy: '', purl: '', path: 'app/x', installed: '', fixed: '' };
    const source = 'pkg:github/aquasecurity/trivy-db';
    expect(vulnerabilityPredicate(scan([vulnerability, unrated]), { cache: '/c', updatedAt, source })).toEqual({
      type: 'https://in-toto.io/attestation/vulns/v0.2',
      body: {
        scanner: {
          uri: 'https://github.com/aquasecurity/trivy',
          version: '0.74.0',
          db: { uri: 'pkg:github/aquasecurity/trivy-db', version: '2', lastUpdate: '2026-11-21T06:00:00.000Z' },
          result: [
            {
              id: 'CVE-2024-5535',
              severity: [{ method: 'nvd', score: 'critical' }],
              annotations: [{ package: 'pkg:deb/debian/libssl3@3.0.14', installed: '3.0.14', fixed: '3.0.15' }],
            },
            {
              id: 'GHSA-1',
              severity: [{ method: 'trivy', score: 'critical' }],
              annotations: [{ package: 'libssl3', path: 'app/x' }],
            },
          ],
        },
        metadata: { scanStartedOn: '2026-11-21T12:00:00.000Z', scanFinishedOn: '2026-11-21T12:00:05.000Z' },
      },
    });
  });

  it('names no source for a database that the user gave, and an empty list for nothing found', () => {
    const { body } = vulnerabilityPredicate(scan([]), { cache: '/c', updatedAt });
    expect(body).toMatchObject({ scanner: { db: { version: '2' }, result: [] } });
    expect(body).not.toHaveProperty('scanner.db.uri');
  });
});

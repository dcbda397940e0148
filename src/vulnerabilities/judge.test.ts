import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../report/report.ts';
import { countTable, countVulnerabilities, judge } from './judge.ts';
import type { VulnerabilityPolicy } from './policy.ts';
import type { Vulnerability } from './scan-report.ts';
import { severities, type Severity } from './severity.ts';

const policy: VulnerabilityPolicy = {
  version: 1,
  fail: { critical: 'always', high: 'fixable', medium: 'never', low: 'never', unknown: 'fixable' },
  'max-database-age': '48h',
  'end-of-life': 'fail',
};

function vulnerability(change: Partial<Vulnerability> = {}): Vulnerability {
  return {
    ...{ id: 'CVE-2024-5535', aliases: [], severity: 'critical', ratedBy: 'nvd', title: 'Overread', url: '' },
    ...{ package: 'libssl3', purl: 'pkg:deb/debian/libssl3@3.0.14', path: '', installed: '3.0.14' },
    ...{ fixed: '3.0.15', fixable: true },
    ...change,
  };
}

describe('a vulnerability', () => {
  it.each<[Severity, boolean, string]>([
    ['critical', true, 'fail'],
    ['critical', false, 'fail'],
    ['high', true, 'fail'],
    ['high', false, 'pass'],
    ['medium', true, 'pass'],
    ['medium', false, 'pass'],
    ['low', true, 'pass'],
    ['unknown', true, 'fail'],
    ['unknown', false, 'pass'],
  ])('of severity %s, fixable: %s, makes the verdict %s', (severity, fixable, verdict) => {
    expect(decide(judge([vulnerability({ severity, fixable })], policy))).toBe(verdict);
  });

  it('that fails names the package, the versions and the place', () => {
    const [finding] = judge(
      [vulnerability({ title: 'Overread.', path: 'app/x', url: 'https://example.org/c' })],
      policy,
    );
    expect(finding).toMatchObject({
      rule: { id: 'vulnerabilities/vulnerability-found' },
      message: 'libssl3 3.0.14 has CVE-2024-5535 (critical). Overread. See https://example.org/c',
      place: { resource: 'pkg:deb/debian/libssl3@3.0.14 in app/x' },
      fix: 'Update libssl3 to 3.0.15.',
    });
  });

  it('without a fix gets the general advice, even when a vendor names a version that it will not ship', () => {
    const [finding] = judge([vulnerability({ fixable: false })], policy);
    expect(finding).not.toHaveProperty('fix');
  });

  it('may come with hardly anything known about it', () => {
    const bare = vulnerability({ title: '', purl: '', installed: '', fixable: false, fixed: '' });
    expect(judge([bare], policy)[0]).toMatchObject({
      message: 'libssl3 has CVE-2024-5535 (critical).',
      place: { resource: 'libssl3' },
    });
  });

  it('that is allowed is told once for its severity, with the reason', () => {
    const allowed = [
      vulnerability({ severity: 'low', id: 'CVE-2' }),
      vulnerability({ severity: 'low', id: 'CVE-1' }),
      vulnerability({ severity: 'low', id: 'CVE-1', package: 'openssl' }),
      vulnerability({ severity: 'high', fixable: false }),
    ];
    const findings = judge(allowed, policy);
    expect(findings.map(({ rule }) => rule.id)).toEqual(Array(2).fill('vulnerabilities/vulnerability-tolerated'));
    expect(findings.map(({ message }) => message)).toEqual([
      '1 vulnerability of severity high allowed (no fixed version exists): CVE-2024-5535.',
      '3 vulnerabilities of severity low allowed (low never fails): CVE-1, CVE-2.',
    ]);
  });

  it('is not named when there are too many to read', () => {
    const many = Array.from({ length: 21 }, (_, index) => vulnerability({ severity: 'low', id: `CVE-${100 + index}` }));
    expect(judge(many, policy)[0]?.message).toMatch(/^21 .*CVE-119, …\.$/);
  });
});

describe('the counts', () => {
  it('say for each severity how many there are, how many can be fixed, and how many fail', () => {
    const counts = countVulnerabilities(
      [vulnerability(), vulnerability({ severity: 'high', fixable: false }), vulnerability({ severity: 'high' })],
      policy,
    );
    expect(countTable(counts, policy).rows).toEqual([
      ['critical', 1, 1, 1, 'always'],
      ['high', 2, 1, 1, 'fixable'],
      ['medium', 0, 0, 0, 'never'],
      ['low', 0, 0, 0, 'never'],
      ['unknown', 0, 0, 0, 'fixable'],
    ]);
  });
});

describe('the judgement of any vulnerabilities under any policy', () => {
  const when = fc.constantFrom('always' as const, 'fixable' as const, 'never' as const);
  const anyPolicy = fc
    .record({ critical: when, high: when, medium: when, low: when, unknown: when })
    .map((fail) => ({ ...policy, fail }));
  const word = fc.constantFrom('a', 'b', '');
  const anyVulnerability = fc
    .record({
      ...{ id: fc.constantFrom('CVE-1', 'CVE-2'), severity: fc.constantFrom(...severities), title: word, url: word },
      ...{ package: fc.constantFrom('p', 'q'), purl: word, path: word, installed: word, fixed: word, ratedBy: word },
      fixable: fc.boolean(),
    })
    .map((parts) => vulnerability(parts));
  const any = fc.array(anyVulnerability, { maxLength: 30 });

  it('never gets better by one more vulnerability', () => {
    fc.assert(
      fc.property(any, anyVulnerability, anyPolicy, (found, more, rules) => {
        fc.pre(decide(judge(found, rules)) === 'fail');
        expect(decide(judge([...found, more], rules))).toBe('fail');
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(
        any.chain((found) => fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length }))),
        anyPolicy,
        ([found, shuffled], rules) => {
          expect(judge(shuffled, rules)).toEqual(judge(found, rules));
        },
      ),
    );
  });

  it('accounts for every one, as failing or as allowed', () => {
    fc.assert(
      fc.property(any, anyPolicy, (found, rules) => {
        const findings = judge(found, rules);
        const failing = findings.filter(({ rule }) => rule.outcome === 'fail').length;
        const allowed = findings.filter(({ rule }) => rule.outcome === 'note');
        const counted = allowed.reduce((sum, { message }) => sum + Number.parseInt(message), 0);
        expect(failing + counted).toBe(found.length);
        const failingCounts = countVulnerabilities(found, rules).reduce((sum, count) => sum + count.failing, 0);
        expect(failingCounts).toBe(failing);
      }),
    );
  });
});

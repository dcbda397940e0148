import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { ageInHours, ageMeasurement, checkAge, readDatabase, type Database } from './database.ts';
import { NotMeasured } from './not-measured.ts';
import type { VulnerabilityPolicy } from './policy.ts';

const now = new Date('2026-11-21T12:00:00Z');
const good = '{"Version":2,"NextUpdate":"2026-11-22T06:00:00Z","UpdatedAt":"2026-11-21T06:00:00.123456789Z"}';

function filesWith(metadata: string) {
  return memoryFiles({ '/cache/db/trivy.db': 'bolt', '/cache/db/metadata.json': metadata });
}

describe('a vulnerability database', () => {
  it('says when it was made', async () => {
    const database = await readDatabase('/cache', filesWith(good), now);
    expect(database).toEqual({ cache: '/cache', updatedAt: new Date('2026-11-21T06:00:00.123Z') });
  });

  it.each([
    ['without metadata.json', memoryFiles({ '/cache/db/trivy.db': 'bolt' }), 'database-missing', 'db/metadata.json'],
    ['without trivy.db', memoryFiles({ '/cache/db/metadata.json': good }), 'database-missing', 'db/trivy.db'],
    ['in a folder that is empty', memoryFiles({}), 'database-missing', 'db/trivy.db'],
    ['of another schema', filesWith(good.replace('2', '1')), 'database-unreadable', 'schema version 2'],
    ['with half its metadata', filesWith(good.slice(0, 40)), 'database-unreadable', 'schema version 2'],
    ['with metadata that is null', filesWith('null'), 'database-unreadable', 'schema version 2'],
    ['with too much metadata', filesWith(good.padEnd(70_000)), 'database-unreadable', 'schema version 2'],
    ['without a date', filesWith('{"Version":2}'), 'database-unreadable', 'when the database was made'],
    ['with a number as date', filesWith('{"Version":2,"UpdatedAt":1}'), 'database-unreadable', 'when'],
    ['with no date at all', filesWith('{"Version":2,"UpdatedAt":"soon"}'), 'database-unreadable', 'when'],
    ['from the future', filesWith(good.replace('2026-11-21T06', '2026-11-21T14')), 'database-unreadable', 'future'],
  ])('%s is refused', async (_, files, rule, words) => {
    const refused = await readDatabase('/cache', files, now).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotMeasured);
    expect((refused as NotMeasured).finding.rule.id).toBe(`vulnerabilities/${rule}`);
    expect((refused as NotMeasured).message).toContain(words);
  });

  it('may be a few minutes ahead: clocks differ', async () => {
    const ahead = filesWith(good.replace('2026-11-21T06:00', '2026-11-21T12:30'));
    const database = await readDatabase('/cache', ahead, now);
    expect(ageInHours(database, now)).toBe(0);
  });
});

describe('the age of a database', () => {
  const policy = { 'max-database-age': '48h' } as VulnerabilityPolicy;
  const made = (date: string): Database => ({ cache: '/cache', updatedAt: new Date(date) });

  it.each([
    ['2026-11-21T11:59:59Z', 0.1, []],
    ['2026-11-19T12:00:00Z', 48, []],
    ['2026-11-19T11:59:59Z', 48.1, ['vulnerabilities/database-stale']],
    ['0001-01-01T00:00:00Z', 17_758_572, ['vulnerabilities/database-stale']],
  ])('made on %s is %d hours', (date, hours, rules) => {
    const database = made(date);
    expect(ageInHours(database, now)).toBe(hours);
    expect(checkAge(database, now, policy).map(({ rule }) => rule.id)).toEqual(rules);
  });

  it('is shown with its limit', () => {
    expect(ageMeasurement(made('2026-11-21T06:00:00Z'), now, policy)).toEqual({
      name: 'age of the vulnerability database',
      value: 6,
      unit: 'h',
      limit: { atMost: 48 },
    });
  });
});

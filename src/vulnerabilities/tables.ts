import type { Section } from '../report/report.ts';
import { distributionName } from './coverage.ts';
import { ageInHours, type Database } from './database.ts';
import type { Count } from './judge.ts';
import { packageCount, type ScanReport } from './scan-report.ts';

/** What was scanned, as the scanner tells it. */
export function scanTable(report: ScanReport): Section {
  return {
    title: 'What was scanned',
    columns: ['What', 'As found'],
    rows: [
      ['Target', report.artifact],
      ...(report.image ? [['Platform', report.image.platform]] : []),
      ['Distribution', report.distribution ? distributionName(report.distribution) : 'none'],
      ['Packages', packageCount(report)],
      ['Scanner', `Trivy ${report.scannerVersion}`],
    ],
  };
}

/** The action's outputs, as far as the measurement came. */
export function gateOutputs(
  counts: readonly Count[] | undefined,
  database: Database | undefined,
  now: Date,
): Record<string, string | number> {
  return {
    ...(counts && {
      ...Object.fromEntries(counts.map(({ severity, found }) => [severity, found])),
      fixable: counts.reduce((sum, { fixable }) => sum + fixable, 0),
    }),
    ...(database && {
      'database-updated-at': database.updatedAt.toISOString(),
      'database-age-hours': ageInHours(database, now),
    }),
  };
}

import type { Predicate } from '../report/report.ts';
import { databaseVersion, type Database } from './database.ts';
import type { Scan } from './measure.ts';
import type { Vulnerability } from './scan-report.ts';

/** A result in the predicate; each annotation speaks of one installed package. */
interface Result {
  readonly id: string;
  readonly severity: readonly { readonly method: string; readonly score: string }[];
  readonly annotations: readonly Readonly<Record<string, string>>[];
}

/**
 * Everything that was found, whatever the policy says of it (in-toto/attestation, spec/predicates/vulns_02.md). Times are
 * RFC 3339.
 */
export function vulnerabilityPredicate({ report, startedOn, finishedOn }: Scan, database: Database): Predicate {
  return {
    type: 'https://in-toto.io/attestation/vulns/v0.2',
    body: {
      scanner: {
        uri: 'https://github.com/aquasecurity/trivy',
        version: report.scannerVersion,
        db: {
          ...(database.source !== undefined && { uri: database.source }),
          version: String(databaseVersion),
          lastUpdate: database.updatedAt.toISOString(),
        },
        result: report.vulnerabilities.map(resultOf),
      },
      metadata: { scanStartedOn: startedOn.toISOString(), scanFinishedOn: finishedOn.toISOString() },
    },
  };
}

function resultOf(one: Vulnerability): Result {
  const about = { package: one.purl || one.package, installed: one.installed, fixed: one.fixed, path: one.path };
  return {
    id: one.id,
    severity: [{ method: one.ratedBy || 'trivy', score: one.severity }],
    annotations: [Object.fromEntries(Object.entries(about).filter(([, value]) => value !== ''))],
  };
}

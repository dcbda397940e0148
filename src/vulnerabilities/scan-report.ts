import type { Severity } from './severity.ts';

/** What a scanner found, in our own words. Texts come from the image and the database: nothing in them is trusted. */
export interface ScanReport {
  readonly scannerVersion: string;
  /** What the scanner says it scanned. */
  readonly artifact: string;
  /** Absent when no image was scanned. */
  readonly image?: {
    /** Digest of the image's configuration. */
    readonly id: string;
    /** `<repository>@<digest>` of each name it was found under. */
    readonly repositoryDigests: readonly string[];
    /** `linux/amd64`. */
    readonly platform: string;
  };
  /** Absent when nothing in the target tells of one. */
  readonly distribution?: Distribution;
  readonly packageSets: readonly PackageSet[];
  readonly vulnerabilities: readonly Vulnerability[];
}

export interface Distribution {
  /** `debian`, `alpine`, …; `none` when packages of a distribution were found and no name of one. */
  readonly family: string;
  readonly version: string;
  readonly endOfLife: boolean;
}

/** The packages of the distribution, or of one ecosystem or file. */
export interface PackageSet {
  readonly target: string;
  readonly ofDistribution: boolean;
  readonly packages: number;
  /** Names of those that no source of advisories covers. */
  readonly unmatched: readonly string[];
}

/** A vulnerability in an installed package. Empty text: the scanner did not say. */
export interface Vulnerability {
  /** `CVE-…`, else `GHSA-…` or the id of another database. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly ratedBy: string;
  readonly title: string;
  readonly url: string;
  readonly package: string;
  readonly purl: string;
  /** File in the target that tells of the package. */
  readonly path: string;
  readonly installed: string;
  /** Versions that fix it, separated by commas. */
  readonly fixed: string;
  readonly fixable: boolean;
}

export function packageCount({ packageSets }: ScanReport): number {
  return packageSets.reduce((sum, { packages }) => sum + packages, 0);
}

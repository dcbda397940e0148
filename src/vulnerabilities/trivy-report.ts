import * as z from 'zod';
import { NotMeasured } from './not-measured.ts';
import { vulnerabilityRules } from './rules.ts';
import type { Distribution, PackageSet, ScanReport, Vulnerability } from './scan-report.ts';
import type { Severity } from './severity.ts';

/*
 * The parts of Trivy's JSON report that the gate needs (aquasecurity/trivy v0.74, pkg/types/report.go). Go leaves out
 * every empty field, so most are optional; what is there must have its type.
 */
const name = z.string().min(1);
const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']);

const vulnerabilitySchema = z.object({
  VulnerabilityID: name,
  VendorIDs: z.array(z.string()).optional(),
  PkgName: name,
  PkgPath: z.string().optional(),
  PkgIdentifier: z.object({ PURL: z.string().optional() }).optional(),
  InstalledVersion: z.string().optional(),
  FixedVersion: z.string().optional(),
  Status: z.string().optional(),
  SeveritySource: z.string().optional(),
  PrimaryURL: z.string().optional(),
  Title: z.string().optional(),
  Severity: severity,
});

const packageSchema = z.object({
  Name: z.string().optional(),
  Repository: z.object({ Class: z.string().optional() }).optional(),
});

const resultSchema = z.object({
  Target: z.string(),
  Class: z.string().optional(),
  Type: z.string().optional(),
  Packages: z.array(packageSchema).optional(),
  Vulnerabilities: z.array(vulnerabilitySchema).optional(),
  ExperimentalModifiedFindings: z.array(z.object({ Type: z.string(), Finding: z.unknown() })).optional(),
});

const reportSchema = z.object({
  SchemaVersion: z.literal(2),
  Trivy: z.object({ Version: name }),
  ArtifactName: name,
  ArtifactType: name,
  Metadata: z
    .object({
      OS: z.object({ Family: name, Name: z.string().optional(), EOSL: z.boolean().optional() }).optional(),
      ImageID: z.string().optional(),
      RepoDigests: z.array(z.string()).optional(),
      ImageConfig: z.object({ os: z.string().optional(), architecture: z.string().optional() }).optional(),
    })
    .optional(),
  Results: z.array(resultSchema).optional(),
});

type RawVulnerability = z.infer<typeof vulnerabilitySchema>;
type RawReport = z.infer<typeof reportSchema>;
type RawResult = z.infer<typeof resultSchema>;

/**
 * Reads Trivy's JSON report.
 * @throws NotMeasured when it is not whole, or not of the form known
 */
export function readTrivyReport(text: string): ScanReport {
  const read = reportSchema.safeParse(parse(text));
  if (!read.success) throw unknownForm(read.error);
  const raw = read.data;
  const distribution = distributionOf(raw);
  return {
    scannerVersion: raw.Trivy.Version,
    artifact: raw.ArtifactName,
    ...(raw.ArtifactType === 'container_image' && { image: imageOf(raw) }),
    ...(distribution && { distribution }),
    packageSets: (raw.Results ?? []).map(packageSetOf),
    vulnerabilities: (raw.Results ?? []).flatMap(vulnerabilitiesOf),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotMeasured(
      vulnerabilityRules.reportTruncated,
      text.trim() === '' ? 'Trivy wrote an empty report.' : `Trivy's report is no JSON: ${(error as Error).message}.`,
    );
  }
}

function unknownForm({ issues }: z.ZodError): NotMeasured {
  const [first] = issues;
  const where = first?.path.map(String).join('.') ?? '';
  return new NotMeasured(
    vulnerabilityRules.reportUnknown,
    `Trivy's report is not of the form known${where && `, at ${where}`}: ${first?.message ?? 'no reason'}.`,
  );
}

function distributionOf({ Metadata }: RawReport): Distribution | undefined {
  const found = Metadata?.OS;
  return found && { family: found.Family, version: found.Name ?? '', endOfLife: found.EOSL ?? false };
}

function imageOf({ Metadata }: RawReport): NonNullable<ScanReport['image']> {
  const { os = '', architecture = '' } = Metadata?.ImageConfig ?? {};
  return {
    id: Metadata?.ImageID ?? '',
    repositoryDigests: Metadata?.RepoDigests ?? [],
    platform: `${os}/${architecture}`,
  };
}

function packageSetOf({ Target, Class, Packages = [] }: RawResult): PackageSet {
  return {
    target: Target,
    ofDistribution: Class === 'os-pkgs',
    packages: Packages.length,
    unmatched: Packages.filter(({ Repository }) => Repository?.Class === 'third-party').map(({ Name }) => Name ?? '?'),
  };
}

/** What Trivy was told to leave out counts as well: the gate gives it nothing to leave out, and its policy decides. */
function vulnerabilitiesOf(result: RawResult): Vulnerability[] {
  const suppressed = (result.ExperimentalModifiedFindings ?? []).flatMap(({ Type, Finding }) => {
    if (Type !== 'vulnerability') return [];
    const read = vulnerabilitySchema.safeParse(Finding);
    if (!read.success) throw unknownForm(read.error);
    return [read.data];
  });
  return [...(result.Vulnerabilities ?? []), ...suppressed].map(vulnerabilityOf);
}

function vulnerabilityOf(raw: RawVulnerability): Vulnerability {
  return {
    id: raw.VulnerabilityID,
    aliases: raw.VendorIDs ?? [],
    severity: raw.Severity.toLowerCase() as Severity,
    ratedBy: raw.SeveritySource ?? '',
    title: raw.Title ?? '',
    url: raw.PrimaryURL ?? '',
    package: raw.PkgName,
    purl: raw.PkgIdentifier?.PURL ?? '',
    path: raw.PkgPath ?? '',
    installed: raw.InstalledVersion ?? '',
    fixed: raw.FixedVersion ?? '',
    // Not the fixed version: some vendors name one that they will not ship (trivy.dev, "Filtering", status).
    fixable: raw.Status === 'fixed',
  };
}

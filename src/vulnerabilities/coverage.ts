import type { Finding } from '../report/report.ts';
import { count, listed } from '../report/text.ts';
import type { VulnerabilityPolicy } from './policy.ts';
import { vulnerabilityRules } from './rules.ts';
import type { Distribution, ScanReport } from './scan-report.ts';

/**
 * What the scanner could not have found: packages of a distribution or release that it has no advisories for, of a
 * distribution that is not maintained any more, or of no distribution at all.
 * @param releaseUnknown whether the scanner warned that it does not know this release
 */
export function checkCoverage(report: ScanReport, releaseUnknown: boolean, policy: VulnerabilityPolicy): Finding[] {
  const unmatched = report.packageSets.flatMap((set) => set.unmatched);
  return [
    ...(report.distribution ? checkDistribution(report.distribution, report, releaseUnknown, policy) : []),
    ...(unmatched.length > 0 ? [unmatchedPackages(unmatched)] : []),
  ];
}

function checkDistribution(
  distribution: Distribution,
  { packageSets }: ScanReport,
  releaseUnknown: boolean,
  policy: VulnerabilityPolicy,
): Finding[] {
  const ofDistribution = packageSets.filter((set) => set.ofDistribution);
  const name = distributionName(distribution);
  const findings: Finding[] = [];
  if (ofDistribution.length === 0 || releaseUnknown) {
    const message =
      distribution.family === 'none'
        ? 'Packages of a distribution are installed, but nothing says which distribution it is.'
        : `Trivy has no advisories for ${name}; its packages were not checked.`;
    findings.push({ rule: vulnerabilityRules.unknownDistribution, message });
  } else if (ofDistribution.every(({ packages }) => packages === 0)) {
    findings.push({
      rule: vulnerabilityRules.packagesMissing,
      message: `The target is ${name}, but no package of it was found.`,
    });
  }
  if (distribution.endOfLife) {
    const rule =
      policy['end-of-life'] === 'fail' ? vulnerabilityRules.endOfLife : vulnerabilityRules.endOfLifeTolerated;
    findings.push({ rule, message: `${name} gets no more security updates.` });
  }
  return findings;
}

function unmatchedPackages(names: readonly string[]): Finding {
  const named = listed([...names].sort());
  return {
    rule: vulnerabilityRules.unmatchedPackages,
    message: `${count(names.length, 'package')} from third-party repositories not checked: ${named}.`,
  };
}

/** `debian 12.11`. */
export function distributionName({ family, version }: Distribution): string {
  return version === '' ? family : `${family} ${version}`;
}

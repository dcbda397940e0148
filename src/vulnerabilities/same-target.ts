import type { ScanTarget } from '../registry/target.ts';
import { NotMeasured } from './not-measured.ts';
import { vulnerabilityRules } from './rules.ts';
import type { ScanReport } from './scan-report.ts';

/**
 * Makes sure that a report speaks of what was asked for: of an image by its digest, never by a name that could move.
 * @throws NotMeasured when it speaks of something else, or does not say
 */
export function checkSameTarget(report: ScanReport, target: ScanTarget): void {
  const asked = nameOf(target);
  if (isSame(report, target)) return;
  const said = [report.artifact, ...(report.image?.repositoryDigests ?? []), report.image?.id ?? ''];
  const about = [...new Set(said.filter((name) => name !== ''))].join(', ');
  throw new NotMeasured(
    vulnerabilityRules.reportOfOtherImage,
    `Trivy was asked for ${asked}, and its report speaks of ${about}.`,
  );
}

function isSame({ artifact, image }: ScanReport, target: ScanTarget): boolean {
  switch (target.kind) {
    case 'image':
      return image?.repositoryDigests.some((name) => name.endsWith(`@${target.image.digest}`)) ?? false;
    case 'layout':
      return image?.id === target.configDigest;
    case 'folder':
      return image === undefined && artifact === target.path;
  }
}

function nameOf(target: ScanTarget): string {
  switch (target.kind) {
    case 'image':
      return target.image.text;
    case 'layout':
      return `${target.digest} with the configuration ${target.configDigest}`;
    case 'folder':
      return target.path;
  }
}

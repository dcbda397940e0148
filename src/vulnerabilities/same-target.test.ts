import { describe, expect, it } from '@jest/globals';
import type { ScanTarget } from '../registry/target.ts';
import { NotMeasured } from './not-measured.ts';
import { checkSameTarget } from './same-target.ts';
import type { ScanReport } from './scan-report.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const image: ScanTarget = {
  kind: 'image',
  image: { registry: 'ghcr.io', repository: 'o/n', digest, text: `ghcr.io/o/n@${digest}` },
};
const layout: ScanTarget = { kind: 'layout', path: '/w/oci', digest, configDigest: 'sha256:cc' };
const folder: ScanTarget = { kind: 'folder', path: '/w/root' };

function report(artifact: string, found?: Partial<NonNullable<ScanReport['image']>>): ScanReport {
  return {
    ...{ scannerVersion: '0.74.0', artifact, packageSets: [], vulnerabilities: [] },
    ...(found && { image: { id: '', repositoryDigests: [], platform: 'linux/amd64', ...found } }),
  };
}

describe('a report speaks of what was asked for', () => {
  it.each([
    ['an image by its digest', image, report('x', { repositoryDigests: [`ghcr.io/o/n@${digest}`] })],
    ['the same image under another name', image, report('x', { repositoryDigests: [`mirror:5000/n@${digest}`] })],
    ['an image of a layout by its configuration', layout, report('x', { id: 'sha256:cc' })],
    ['a folder by its path', folder, report('/w/root')],
  ])('when it is %s', (_, target, found) => {
    expect(() => checkSameTarget(found, target)).not.toThrow();
  });

  it.each([
    ['another digest', image, report('x', { repositoryDigests: [`ghcr.io/o/n@${other}`] })],
    ['a digest that only ends alike', image, report('x', { repositoryDigests: [`ghcr.io/o/n@x${digest}`] })],
    ['the right name and no digest', image, report(`ghcr.io/o/n@${digest}`, {})],
    ['no image at all', image, report(`ghcr.io/o/n@${digest}`)],
    ['another configuration', layout, report('x', { id: 'sha256:dd' })],
    ['no configuration', layout, report('x', {})],
    ['another folder', folder, report('/w/other')],
    ['an image in place of a folder', folder, report('/w/root', { id: 'sha256:cc' })],
  ])('but not when it speaks of %s', (_, target, found) => {
    let thrown: unknown;
    try {
      checkSameTarget(found, target);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(NotMeasured);
    expect((thrown as NotMeasured).finding.rule.id).toBe('vulnerabilities/report-of-other-image');
  });
});

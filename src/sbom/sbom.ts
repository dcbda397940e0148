import { relative } from 'node:path';
import { TooLargeError, type Files, type Program } from '../effects/effects.ts';
import type { Finding } from '../report/report.ts';
import { sbomRules } from './rules.ts';
import { checkSpdx, maxSbomBytes, type Sbom } from './spdx.ts';
import { runSyft, type SyftRun } from './syft.ts';

/** An SBOM that was checked, where it lies, and the programs that made it. */
export interface SbomFile extends Sbom {
  readonly path: string;
  readonly programs: readonly Program[];
}

/**
 * Reads the SBOM that the user gives.
 * @param path absolute
 * @param digest of the image: `sha256:` and hex
 * @param root paths are shown relative to it
 */
export async function givenSbom(path: string, digest: string, files: Files, root: string): Promise<SbomFile | Finding> {
  const file = relative(root, path);
  const unreadable = (message: string): Finding => ({ rule: sbomRules.unreadable, message, place: { file } });
  if ((await files.kind(path)) !== 'file') return unreadable('There is no SBOM at this path.');
  try {
    const checked = checkSpdx(await files.readBytes(path, maxSbomBytes), digest, file);
    return 'rule' in checked ? checked : { ...checked, path, programs: [] };
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    return { rule: sbomRules.tooLarge, message: `The SBOM is larger than ${maxSbomBytes} bytes.`, place: { file } };
  }
}

/**
 * Has Syft write an SBOM, and checks it like any other.
 * @param image reference by digest
 */
export async function madeSbom(
  image: string,
  digest: string,
  syft: Program,
  run: SyftRun,
): Promise<SbomFile | Finding> {
  const made = await runSyft(image, syft, run);
  if ('rule' in made) return made;
  const checked = checkSpdx(made.bytes, digest, made.path);
  // Half a document is the program's failure here, not the user's.
  if ('rule' in checked && checked.rule === sbomRules.unreadable) return { ...checked, rule: sbomRules.programFailed };
  return 'rule' in checked ? checked : { ...checked, path: made.path, programs: [syft] };
}

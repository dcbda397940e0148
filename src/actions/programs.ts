import type { Program } from '../effects/effects.ts';
import type { ProgramUsed } from '../report/report.ts';

/** A program as evidence names it: without the place where it lies on this machine. */
export function programUsed({ name, version, sha256, origin }: Program): ProgramUsed {
  return { name, version, sha256, origin };
}

import type { Document } from '../definition/document.ts';
import type { PolicyUsed } from '../report/report.ts';

/** A policy as evidence names it. */
export function policyUsed({ name, sha256 }: Document<unknown>): PolicyUsed {
  return { uri: name, sha256 };
}

import type { Section } from '../report/report.ts';
import { cut } from '../report/text.ts';

/** One revision of a release, as `helm history --output json` tells it. */
export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly updated: string;
  /** Name and version. */
  readonly chart: string;
  readonly description: string;
}

/** An operation that is not finished: it runs, or whoever ran it was killed (helm, pkg/release/common/status.go). */
const unfinished = ['pending-install', 'pending-upgrade', 'pending-rollback', 'uninstalling'];
/** A revision that was good when it was released. Helm keeps no better record of "was healthy". */
const good = ['deployed', 'superseded'];

/** The last revision when an operation on the release is not finished. */
export function lockOf(history: readonly Revision[]): Revision | undefined {
  const last = history.at(-1);
  return last !== undefined && unfinished.includes(last.status) ? last : undefined;
}

/** What a failed upgrade goes back to: the revision that was deployed, else the last that ever was. */
export function lastGood(history: readonly Revision[]): Revision | undefined {
  const alive = sinceUninstall(history);
  return alive.findLast(({ status }) => status === 'deployed') ?? alive.findLast(({ status }) => good.includes(status));
}

/**
 * What a wanted rollback goes back to: the last good revision before the content that is deployed now. After a
 * rollback from 3 to 2, which is revision 4, that is 1, and not the 3 that somebody has just fled from.
 */
export function goodBefore(history: readonly Revision[]): Revision | undefined {
  return goodOnesBefore(history)[0];
}

/** All the good revisions before the content that is deployed now, newest first. */
export function goodOnesBefore(history: readonly Revision[]): Revision[] {
  const current = lastGood(history);
  if (current === undefined) return [];
  const origin = originOf(current, history);
  return sinceUninstall(history)
    .filter(({ revision, status }) => revision < origin && good.includes(status))
    .reverse();
}

/**
 * The revision whose content a revision has. Helm writes `Rollback to 2` into the description of a rollback, and keeps
 * only the latest revisions.
 */
function originOf({ revision, description }: Revision, history: readonly Revision[]): number {
  const target = Number(/^Rollback to (\d{1,9})$/.exec(description)?.[1] ?? NaN);
  if (!(target < revision)) return revision;
  const source = history.find((one) => one.revision === target);
  return source === undefined ? target : originOf(source, history);
}

function sinceUninstall(history: readonly Revision[]): readonly Revision[] {
  return history.slice(history.findLastIndex(({ status }) => status === 'uninstalled') + 1);
}

const shown = 8;

/** The latest revisions, newest first. */
export function revisionTable(history: readonly Revision[]): Section {
  return {
    title: 'Revisions',
    columns: ['Revision', 'Status', 'Chart', 'Updated', 'Description'],
    rows: history
      .slice(-shown)
      .reverse()
      .map(({ revision, status, chart, updated, description }) => [
        revision,
        status,
        chart,
        updated,
        cut(description, 200),
      ]),
  };
}

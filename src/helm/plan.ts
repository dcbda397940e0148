import { workloadName } from '../kubernetes/workload.ts';
import type { Finding } from '../report/report.ts';
import { count } from '../report/text.ts';
import type { Chart, Helm, Release } from './helm.ts';
import { goodBefore, goodOnesBefore, lastGood, lockOf, type Revision } from './history.ts';
import { helmFinding } from './problem.ts';
import { isImage, unpinned, type Rendered, type RenderedContainer } from './rendered.ts';
import { helmRules } from './rules.ts';
import { contentOf, missingFrom, replacements, startedBy } from './serving.ts';
import type { Tools } from './tools.ts';
import type { ReleasedImage, Track } from './values.ts';

/** An upgrade that may be carried out: the chart renders, and starts only images that are named by digest. */
export interface Plan {
  readonly chart: Chart;
  readonly image: ReleasedImage;
  /** `stable` also for a canary that has nothing to stand beside. */
  readonly track: Track;
  /** The revisions before it. */
  readonly history: readonly Revision[];
  /** What the upgrade will apply. */
  readonly release: Release;
}

/** What is to be released. */
export interface Wanted {
  readonly image: ReleasedImage;
  readonly track: Track;
  /** The chart with the values that put the image on a track. */
  readonly chartFor: (track: Track) => Promise<Chart>;
}

/** Looks at release and chart without changing anything. */
export async function planUpgrade(
  { image, track: wanted, chartFor }: Wanted,
  { helm, namespace }: Tools,
): Promise<{ plan: Plan } | { findings: Finding[] }> {
  const free = await freeRelease(helm);
  if ('findings' in free) return free;
  const before = lastGood(free.history);
  const track = before === undefined ? 'stable' : wanted;
  const chart = await chartFor(track);
  const release = await helm.render(chart);
  if ('problem' in release) return { findings: [helmFinding(release.problem, helmRules.chartInvalid)] };
  const { rendered } = release.value;
  const findings = [...imageFindings(rendered, image), ...namespaceFindings(rendered, namespace)];
  if (findings.length > 0) return { findings };
  if (before !== undefined && track === 'canary') {
    const serving = await contentOf(before, helm);
    if ('problem' in serving) return { findings: [helmFinding(serving.problem, helmRules.clusterUnreachable)] };
    const replaced = replacements(serving.value, startedBy(rendered), image);
    if (replaced.length > 0) return { findings: replaced };
  }
  return { plan: { chart, image, track, history: free.history, release: release.value } };
}

/** The revisions of a release that nobody is changing. */
async function freeRelease(helm: Helm): Promise<{ history: readonly Revision[] } | { findings: Finding[] }> {
  const history = await helm.history();
  if ('problem' in history) return { findings: [helmFinding(history.problem, helmRules.clusterUnreachable)] };
  const lock = lockOf(history.value);
  if (lock === undefined) return { history: history.value };
  const message = `Revision ${lock.revision} is \`${lock.status}\` since ${lock.updated}.`;
  return { findings: [{ rule: helmRules.releaseLocked, message }] };
}

function imageFindings({ containers, workloads }: Rendered, image: ReleasedImage): Finding[] {
  const findings: Finding[] = unpinned(containers).map(({ resource, name, image: given }) => ({
    rule: helmRules.imageNotPinned,
    message: `Container ${name} starts ${given === '' ? 'an image without a name' : given}.`,
    place: { resource },
  }));
  if (!startedBy({ workloads }).some((container) => isImage(container.image, image))) {
    const message = `No Deployment, StatefulSet or DaemonSet of the chart starts ${image.name}@${image.digest}.`;
    findings.push({ rule: helmRules.imageNotUsed, message });
  }
  return findings;
}

function namespaceFindings({ workloads }: Rendered, own: string): Finding[] {
  return workloads
    .filter(({ namespace }) => namespace !== '' && namespace !== own)
    .map((workload) => ({
      rule: helmRules.otherNamespace,
      message: `It is in namespace ${workload.namespace}, the release is in ${own}.`,
      place: { resource: workloadName(workload) },
    }));
}

/** A way back that may be taken. */
export interface RollbackPlan {
  readonly history: readonly Revision[];
  readonly target: Revision;
}

/** Looks where a wanted rollback goes. */
export async function planRollback({ helm }: Tools): Promise<{ plan: RollbackPlan } | { findings: Finding[] }> {
  const free = await freeRelease(helm);
  if ('findings' in free) return free;
  const { history } = free;
  const target = goodBefore(history);
  return target === undefined ? nothingBefore(history) : { plan: { history, target } };
}

function nothingBefore(history: readonly Revision[]): { findings: Finding[] } {
  const message = `None of the ${count(history.length, 'known revision')} is an earlier good one.`;
  return { findings: [{ rule: helmRules.nothingToRollBackTo, message }] };
}

/**
 * Looks where a release goes that loses its candidate: to the latest good revision without one that starts what serves
 * now. An earlier candidate that nobody removed does not stand in the way.
 */
export async function planRemoval({ helm }: Tools): Promise<{ plan: RollbackPlan } | { findings: Finding[] }> {
  const free = await freeRelease(helm);
  if ('findings' in free) return free;
  const { history } = free;
  const current = lastGood(history);
  const targets = goodOnesBefore(history);
  if (current === undefined || targets.length === 0) return nothingBefore(history);
  const now = await contentOf(current, helm);
  if ('problem' in now) return { findings: [helmFinding(now.problem, helmRules.rollbackFailed)] };
  if (now.value.candidate === undefined)
    return noCandidate(`Revision ${current.revision}, which is deployed, has none.`);
  const refusals: Finding[][] = [];
  for (const target of targets) {
    const then = await contentOf(target, helm);
    if ('problem' in then) return { findings: [helmFinding(then.problem, helmRules.rollbackFailed)] };
    if (then.value.candidate !== undefined) continue;
    const missing = missingFrom(now.value, then.value);
    if (missing.length === 0) return { plan: { history, target } };
    refusals.push(missing.map((container) => notServing(container, target)));
  }
  const [latest] = refusals;
  return latest === undefined
    ? noCandidate('Every earlier good revision that is known has a candidate too.')
    : { findings: latest };
}

function noCandidate(message: string): { findings: Finding[] } {
  return { findings: [{ rule: helmRules.noCandidate, message }] };
}

function notServing({ resource, name, image }: RenderedContainer, { revision }: Revision): Finding {
  return {
    rule: helmRules.noCandidate,
    message: `Revision ${revision} starts ${image} in container ${name}, and the release does not do so now.`,
    place: { resource },
  };
}

import { workloadName } from '../kubernetes/workload.ts';
import type { Finding } from '../report/report.ts';
import { count } from '../report/text.ts';
import type { Chart, Helm, Release } from './helm.ts';
import { goodBefore, lastGood, lockOf, type Revision } from './history.ts';
import { helmFinding } from './problem.ts';
import { isImage, unpinned, type Rendered, type RenderedContainer } from './rendered.ts';
import { helmRules } from './rules.ts';
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
  const track = lastGood(free.history) === undefined ? 'stable' : wanted;
  const chart = await chartFor(track);
  const release = await helm.render(chart);
  if ('problem' in release) return { findings: [helmFinding(release.problem, helmRules.chartInvalid)] };
  const { rendered } = release.value;
  const findings = [...imageFindings(rendered, image), ...namespaceFindings(rendered, namespace)];
  if (findings.length > 0) return { findings };
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

/** Containers of what keeps running, unlike a Job. */
function startedBy({ workloads }: Pick<Rendered, 'workloads'>): readonly RenderedContainer[] {
  return workloads.flatMap((workload) => workload.containers);
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
  if (target !== undefined) return { plan: { history, target } };
  const message = `None of the ${count(history.length, 'known revision')} is an earlier good one.`;
  return { findings: [{ rule: helmRules.nothingToRollBackTo, message }] };
}

/**
 * Looks where a release goes that loses its candidate. The way back must leave alone what serves: where it would start
 * another image, or one that does not run now, the release is no canary.
 */
export async function planRemoval(tools: Tools): Promise<{ plan: RollbackPlan } | { findings: Finding[] }> {
  const { helm } = tools;
  const planned = await planRollback(tools);
  if ('findings' in planned) return planned;
  const { history, target } = planned.plan;
  const then = await helm.rendered(target.revision);
  const now = await helm.rendered(lastGood(history)?.revision ?? 0);
  if ('problem' in then) return { findings: [helmFinding(then.problem, helmRules.rollbackFailed)] };
  if ('problem' in now) return { findings: [helmFinding(now.problem, helmRules.rollbackFailed)] };
  const same = (one: RenderedContainer, other: RenderedContainer): boolean =>
    one.resource === other.resource && one.name === other.name && one.image === other.image;
  const serving = startedBy(now.value);
  const others = startedBy(then.value).filter((one) => !serving.some((other) => same(one, other)));
  if (others.length === 0) return planned;
  return {
    findings: others.map(({ resource, name, image }) => ({
      rule: helmRules.noCandidate,
      message: `Revision ${target.revision} starts ${image} in container ${name}, and the release does not do so now.`,
      place: { resource },
    })),
  };
}

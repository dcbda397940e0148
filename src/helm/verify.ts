import type { KubectlProblem } from '../kubernetes/kubectl.ts';
import type { Pod } from '../kubernetes/objects.ts';
import { isReady, readWorkloads, workloadName, type Workload } from '../kubernetes/workload.ts';
import type { Finding, Section } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';
import { kubectlFinding } from './problem.ts';
import type { RenderedContainer, RenderedWorkload } from './rendered.ts';
import type { Tools } from './tools.ts';

/** What the pods of a release were seen to run. */
export interface Verification {
  /** Nothing when every pod runs what it should. */
  readonly findings: readonly Finding[];
  /** Ready pods with the right images. */
  readonly pods: readonly Pod[];
  readonly table: Section;
}

const pollInterval = 500;

/**
 * Holds the pods of a release against its manifest: every workload has the pods it should have, each is ready, and each
 * of its containers has the very image of the manifest. Helm's word is not enough: it waits for readiness only.
 * Controllers lag behind, so it looks again until all is right or the time is over.
 * @param within milliseconds
 */
export function verifyPods(
  wanted: readonly RenderedWorkload[],
  rule: Rule,
  tools: Tools,
  within: number,
): Promise<Verification> {
  return settled((live) => compare(wanted, live, rule), tools, within);
}

/**
 * Makes sure that nothing is left of the workloads of a release.
 * @param within milliseconds
 */
export function verifyGone(
  removed: readonly RenderedWorkload[],
  rule: Rule,
  tools: Tools,
  within: number,
): Promise<Verification> {
  const left = (live: readonly Workload[]): Finding[] =>
    removed
      .filter((one) => find(one, live) !== undefined)
      .map((one) => ({ rule, message: 'The workload is still there.', place: { resource: workloadName(one) } }));
  return settled((live) => ({ findings: left(live), pods: [], table: podTable([]) }), tools, within);
}

async function settled(
  judge: (live: readonly Workload[]) => Verification,
  { kubectl, clock, signal }: Tools,
  within: number,
): Promise<Verification> {
  const deadline = clock.now().getTime() + within;
  for (;;) {
    const result = await readWorkloads(kubectl);
    const seen = 'problem' in result ? unreadable(result.problem) : judge(result.value);
    if (seen.findings.length === 0 || signal.aborted || clock.now().getTime() >= deadline) return seen;
    await clock.sleep(pollInterval);
  }
}

/**
 * Holds live workloads against wanted ones.
 * @param rule what a difference is
 */
export function compare(wanted: readonly RenderedWorkload[], live: readonly Workload[], rule: Rule): Verification {
  const pairs = wanted.map((one) => ({ one, found: find(one, live) }));
  const rows = pairs.flatMap(({ one, found }) => (found?.pods ?? []).map((pod) => podRow(one, pod)));
  return {
    findings: pairs.flatMap(({ one, found }) => mismatches(one, found, rule)),
    pods: pairs.flatMap(({ one, found }) => (found?.pods ?? []).filter((pod) => runs(pod, one))),
    table: podTable(rows),
  };
}

function find(wanted: RenderedWorkload, live: readonly Workload[]): Workload | undefined {
  return live.find(({ kind, name }) => kind === wanted.kind && name === wanted.name);
}

function mismatches(wanted: RenderedWorkload, live: Workload | undefined, rule: Rule): Finding[] {
  const place = { resource: workloadName(wanted) };
  if (live === undefined) return [{ rule, message: 'The workload does not exist in the cluster.', place }];
  const other = live.pods.flatMap((pod) => strangers(pod, wanted.containers));
  const ready = live.pods.filter((pod) => runs(pod, wanted)).length;
  return [
    ...other.map((message) => ({ rule, message, place })),
    ...(ready < live.desired
      ? [
          {
            rule,
            message: `${ready} of ${live.desired} pods are ready with the images of the release.`,
            place,
          },
        ]
      : []),
  ];
}

/** Containers of a pod that run another image than wanted. Containers that others have added are not the release's. */
function strangers(pod: Pod, wanted: readonly RenderedContainer[]): string[] {
  const running = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  return wanted.flatMap(({ name, image }) => {
    const found = running.find((container) => container.name === name)?.image;
    return found === image ? [] : [`Pod ${pod.metadata.name} runs ${found ?? 'nothing'} as ${name}, not ${image}.`];
  });
}

function runs(pod: Pod, { containers }: RenderedWorkload): boolean {
  return isReady(pod) && strangers(pod, containers).length === 0;
}

type Row = readonly [pod: string, workload: string, ready: string, images: string];

function podRow(workload: RenderedWorkload, pod: Pod): Row {
  const images = (pod.spec?.containers ?? []).map(({ image }) => image).join(', ');
  return [pod.metadata.name, workloadName(workload), isReady(pod) ? 'yes' : 'no', images];
}

function podTable(rows: readonly Row[]): Section {
  return { title: 'Pods', columns: ['Pod', 'Workload', 'Ready', 'Images'], rows: rows.slice(0, 50) };
}

function unreadable(problem: KubectlProblem): Verification {
  return { findings: [kubectlFinding(problem)], pods: [], table: podTable([]) };
}

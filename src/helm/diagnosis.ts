import { causesOf, type Cause, type CauseClass } from '../kubernetes/cause.ts';
import type { Kubectl } from '../kubernetes/kubectl.ts';
import type { ClusterEvent } from '../kubernetes/objects.ts';
import { readWarnings, readWorkloads, timeOf } from '../kubernetes/workload.ts';
import type { Finding, Section } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';
import { cut } from '../report/text.ts';
import { kubectlFinding } from './problem.ts';
import type { RenderedWorkload } from './rendered.ts';
import { helmRules } from './rules.ts';

/** Why a release did not become ready. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly sections: readonly Section[];
}

const maxEvents = 15;
const maxMessage = 500;

const ruleOf: Readonly<Record<CauseClass, Rule>> = {
  'out-of-memory': helmRules.outOfMemory,
  'crash-loop': helmRules.crashLoop,
  'image-pull': helmRules.imagePull,
  'container-config': helmRules.containerConfig,
  unschedulable: helmRules.unschedulable,
  'pods-not-created': helmRules.podsNotCreated,
  'never-ready': helmRules.neverReady,
};

/** Looks at the workloads of a release that failed, before anything is taken back: afterwards the pods are gone. */
export async function diagnose(wanted: readonly RenderedWorkload[], kubectl: Kubectl): Promise<Diagnosis> {
  const result = await readWorkloads(kubectl);
  if ('problem' in result) return { findings: [kubectlFinding(result.problem)], sections: [] };
  const own = result.value.filter(({ kind, name }) => wanted.some((one) => one.kind === kind && one.name === name));
  const warnings = await readWarnings(kubectl, new Set(own.flatMap(({ uids }) => [...uids])), maxEvents);
  const events = 'problem' in warnings ? [] : warnings.value;
  const causes = own.flatMap((workload) =>
    causesOf(
      workload,
      events.filter(({ involvedObject }) => workload.uids.has(involvedObject?.uid ?? '')),
    ),
  );
  return {
    findings: causes.map(causeFinding),
    sections: events.length > 0 ? [eventTable(events)] : [],
  };
}

function causeFinding({ class: kind, workload, pod, container, message, pods }: Cause): Finding {
  const who = pod === undefined ? 'No pod is created' : `Pod ${pod}${container ? `, container ${container}` : ''}`;
  const more = pods > 1 ? ` (and ${pods - 1} more pods)` : '';
  return { rule: ruleOf[kind], message: `${who}: ${cut(message, maxMessage)}${more}`, place: { resource: workload } };
}

function eventTable(events: readonly ClusterEvent[]): Section {
  return {
    title: 'Last warnings of Kubernetes',
    columns: ['Time', 'Object', 'Reason', 'Message'],
    rows: events.map((event) => [
      timeOf(event),
      `${(event.involvedObject?.kind ?? '').toLowerCase()}/${event.involvedObject?.name ?? ''}`,
      event.reason ?? '',
      cut(event.message ?? '', maxMessage),
    ]),
  };
}

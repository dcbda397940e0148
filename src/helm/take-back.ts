import type { Finding } from '../report/report.ts';
import { count } from '../report/text.ts';
import type { Revision } from './history.ts';
import type { Outcome } from './outcome.ts';
import { helmFinding } from './problem.ts';
import type { RenderedWorkload } from './rendered.ts';
import { helmRules } from './rules.ts';
import { secondsSince, type Tools } from './tools.ts';
import { verifyGone, verifyPods, type Verification } from './verify.ts';

/** Helm must not use up all the time: the pods are looked at afterwards. */
const leastForVerification = 5000;

/**
 * Goes back to a revision, or removes a release that has none to go back to, and looks whether the pods followed.
 * @param target undefined: the release had never been installed
 * @param installed workloads of what is taken back
 * @param budget milliseconds for all of it
 * @param since when it was known that it must go back
 */
export async function takeBack(
  target: Revision | undefined,
  installed: readonly RenderedWorkload[],
  tools: Tools,
  budget: number,
  since: Date = tools.clock.now(),
): Promise<Outcome> {
  const { helm, clock } = tools;
  const started = clock.now().getTime();
  const ended = (findings: readonly Finding[], seen?: Verification): Outcome => ({
    findings,
    measurements: [{ name: 'rollback', value: secondsSince(since, clock), unit: 's', limit: { atMost: 120 } }],
    sections: seen && seen.pods.length > 0 ? [{ ...seen.table, title: 'Pods after the rollback' }] : [],
    pods: seen?.pods.length ?? 0,
    rolledBack: findings.every(({ rule }) => rule === helmRules.rolledBack),
  });
  const verified = (seen: Verification, message: string): Outcome =>
    ended(seen.findings.length > 0 ? seen.findings : [{ rule: helmRules.rolledBack, message }], seen);

  const forHelm = Math.max(budget - leastForVerification, 1000);
  const done = await (target === undefined ? helm.uninstall(forHelm) : helm.rollback(target.revision, forHelm));
  if ('problem' in done) {
    const { reason, message } = done.problem;
    const rule = reason === 'cancelled' ? helmRules.cancelled : helmRules.rollbackFailed;
    return ended([{ rule, message: `Helm says: ${message}` }]);
  }
  const left = Math.max(budget - (clock.now().getTime() - started), leastForVerification);
  if (target === undefined) {
    const gone = await verifyGone(installed, helmRules.rollbackFailed, tools, left);
    return verified(gone, 'The first install was removed; no workload of it is left.');
  }
  const wanted = await helm.rendered(target.revision);
  if ('problem' in wanted) return ended([helmFinding(wanted.problem, helmRules.rollbackFailed)]);
  const seen = await verifyPods(wanted.value.workloads, helmRules.rollbackFailed, tools, left);
  return verified(seen, `Revision ${target.revision} runs again: ${count(seen.pods.length, 'pod')} with its images.`);
}

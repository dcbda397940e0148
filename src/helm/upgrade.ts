import type { Finding } from '../report/report.ts';
import { diagnose } from './diagnosis.ts';
import { lastGood } from './history.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import { helmFinding, type HelmProblem } from './problem.ts';
import { isImage } from './rendered.ts';
import { helmRules } from './rules.ts';
import { takeBack } from './take-back.ts';
import { secondsSince, type Tools } from './tools.ts';
import { verifyPods } from './verify.ts';

/** Milliseconds that an upgrade and, when it fails, the way back may take. */
export interface Budgets {
  readonly upgrade: number;
  readonly rollback: number;
}

/** Controllers need moments, not minutes, after Helm has seen everything ready. */
const verificationTime = 15_000;

/**
 * Upgrades a release and looks whether the pods followed. When it fails, says why and takes it back within a budget of
 * its own: Helm's own rollback would use the upgrade's budget a second time.
 */
export async function carryOut(plan: Plan, budgets: Budgets, tools: Tools): Promise<Outcome> {
  const started = tools.clock.now();
  const applied = await tools.helm.upgrade(plan.chart, budgets.upgrade);
  if ('problem' in applied) {
    const { reason } = applied.problem;
    const ended = { ...ending(started, tools), findings: [problemFinding(applied.problem, budgets)] };
    return reason === 'cancelled' || reason === 'locked' ? ended : unwind(plan, ended, budgets, tools);
  }
  const { workloads } = applied.value.rendered;
  const seen = await verifyPods(workloads, helmRules.digestNotRunning, tools, verificationTime);
  const pods = seen.pods.filter(({ spec }) => spec?.containers?.some(({ image = '' }) => isImage(image, plan.image)));
  const ended = { ...ending(started, tools), findings: seen.findings, pods: pods.length, sections: [seen.table] };
  if (tools.signal.aborted) return { ...ended, findings: [cancelledFinding] };
  const wrong = seen.findings.some(({ rule }) => rule === helmRules.digestNotRunning);
  return wrong ? unwind(plan, ended, budgets, tools) : ended;
}

/** An upgrade that has just ended, with nothing seen yet. The limit is that of a deployment, from start to traffic. */
function ending(started: Date, { clock }: Tools): Outcome {
  const deploy = { name: 'deploy', value: secondsSince(started, clock), unit: 's', limit: { atMost: 300 } };
  return { findings: [], measurements: [deploy], sections: [], pods: 0, rolledBack: false };
}

const cancelledFinding: Finding = {
  rule: helmRules.cancelled,
  message: 'The step was cancelled before the pods were looked at.',
};

function problemFinding(problem: HelmProblem, { upgrade }: Budgets): Finding {
  if (problem.reason !== 'timeout') return helmFinding(problem, helmRules.upgradeFailed);
  const message = `It was not ready within ${upgrade / 1000} s. ${helmFinding(problem, helmRules.upgradeTimeout).message}`;
  return { rule: helmRules.upgradeTimeout, message };
}

/** Says why an upgrade failed, then takes back what it has changed. */
async function unwind(plan: Plan, failed: Outcome, { rollback }: Budgets, tools: Tools): Promise<Outcome> {
  const started = tools.clock.now();
  const { workloads } = plan.release.rendered;
  const { findings, sections } = await diagnose(workloads, tools.kubectl);
  const told = { ...failed, findings: [...findings, ...failed.findings], sections: [...failed.sections, ...sections] };
  if (await unchanged(plan, tools)) return told;
  const back = await takeBack(lastGood(plan.history), workloads, tools, rollback, started);
  return {
    findings: [...told.findings, ...back.findings],
    measurements: [...told.measurements, ...back.measurements],
    sections: [...told.sections, ...back.sections],
    pods: 0,
    rolledBack: back.rolledBack,
  };
}

/** Whether Helm gave up before it recorded a revision: then there is nothing to take back. */
async function unchanged({ history }: Plan, { helm }: Tools): Promise<boolean> {
  const now = await helm.history();
  return 'value' in now && now.value.at(-1)?.revision === history.at(-1)?.revision;
}

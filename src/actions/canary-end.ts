import { canaryRules } from '../canary/rules.ts';
import { stopTraffic, type TrafficSetup } from '../canary/traffic.ts';
import type { CanaryRun } from '../canary/walk.ts';
import type { Context } from '../definition/context.ts';
import type { Outcome } from '../helm/outcome.ts';
import { planRemoval } from '../helm/plan.ts';
import { recover } from '../helm/recover.ts';
import { takeBack } from '../helm/take-back.ts';
import type { Tools } from '../helm/tools.ts';
import type { Finding, Measurement, Section } from '../report/report.ts';

/** The release that holds the candidate, and how many milliseconds its way back may take. */
export interface CandidateRelease {
  readonly tools: Tools;
  readonly budget: number;
}

/** What became of a candidate when its canary ended. */
export interface CandidateEnd {
  readonly findings: readonly Finding[];
  readonly measurements: readonly Measurement[];
  readonly sections: readonly Section[];
  /** The candidate had traffic and has none any more. */
  readonly trafficTakenBack: boolean;
  /** The candidate is gone from its release. */
  readonly removed: boolean;
}

/** Value of a state that `run` leaves for `post` while there is something to take back. */
const onTrial = 'on trial';
const settled = 'settled';

/** Leaves for the clean-up that the candidate may have traffic. */
export function trafficMoves({ saveState }: Context): void {
  saveState('traffic', onTrial);
}

/** Leaves for the clean-up that the release holds a candidate. */
export function candidateStands({ saveState }: Context): void {
  saveState('candidate', onTrial);
}

/**
 * Ends a canary: takes the traffic from a candidate that did not pass, then the candidate out of its release. Both are
 * left alone when somebody else has taken the route over. The way back of the release restores the weights of its chart,
 * so it is tried also when the traffic could not be taken back.
 */
export async function endCanary(
  { moved, finding }: CanaryRun,
  traffic: TrafficSetup,
  release: CandidateRelease | undefined,
  context: Context,
): Promise<CandidateEnd> {
  const earned = finding === undefined || finding.rule === canaryRules.routeChanged;
  const stopped = moved && !earned ? await stopTraffic(traffic) : undefined;
  const kept =
    stopped !== undefined && 'problem' in stopped ? notRestored(stopped.problem.message, traffic) : undefined;
  // What was cancelled is left to the clean-up: Helm is stopped with the step.
  const out = release && !earned && !context.signal.aborted ? await removeCandidate(release, context) : undefined;
  const removed = out?.rolledBack ?? false;
  if (kept === undefined || removed) context.saveState('traffic', settled);
  if (earned || !context.signal.aborted) context.saveState('candidate', settled);
  return {
    findings: [...(kept === undefined || removed ? [] : [kept]), ...(out?.findings ?? [])],
    measurements: out?.measurements ?? [],
    sections: out?.sections ?? [],
    trafficTakenBack: stopped !== undefined && (kept === undefined || removed),
    removed,
  };
}

/**
 * The same for a step that was killed or cancelled before it could.
 * @throws when the candidate may still have traffic
 */
export async function endCanaryLate(
  traffic: TrafficSetup,
  release: CandidateRelease | undefined,
  context: Context,
): Promise<void> {
  const { state, log } = context;
  const stopped = state.traffic === onTrial ? await stopTraffic(traffic) : undefined;
  if (stopped !== undefined && !('problem' in stopped)) log.warning('The candidate has no traffic any more.');
  if (release && state.candidate === onTrial)
    for (const sentence of await removeLate(release, context)) log.warning(sentence);
  if (stopped !== undefined && 'problem' in stopped)
    throw new Error(notRestored(stopped.problem.message, traffic).message);
}

/** Whether a step left something to {@link endCanaryLate}. */
export function isUnfinished({ state }: Context): boolean {
  return state.traffic === onTrial || state.candidate === onTrial;
}

function notRestored(why: string, { route }: TrafficSetup): Finding {
  const place = { resource: `httproute/${route}` };
  return { rule: canaryRules.weightsNotRestored, message: `The candidate may still have traffic: ${why}.`, place };
}

/** The last good revision before the candidate runs again. What a clean-up needs is left before anything is changed. */
async function removeCandidate({ tools, budget }: CandidateRelease, { log, saveState }: Context): Promise<Outcome> {
  const planned = await planRemoval(tools);
  if ('findings' in planned)
    return { findings: planned.findings, measurements: [], sections: [], pods: 0, rolledBack: false };
  const { history, target } = planned.plan;
  log.info(`The release goes back to revision ${target.revision}, which has no candidate.`);
  saveState('target', String(target.revision));
  saveState('before', String(history.at(-1)?.revision ?? 0));
  return takeBack(target, [], tools, budget);
}

async function removeLate(release: CandidateRelease, context: Context): Promise<string[]> {
  const { before, target } = context.state;
  if (before) return recover({ before: Number(before), target: Number(target) }, release.tools, release.budget);
  const { findings } = await removeCandidate(release, context);
  return findings.map(({ message }) => message);
}

import type { Clock, Log } from '../effects/effects.ts';
import type { Finding } from '../report/report.ts';
import { since } from './counter.ts';
import { dueLook, takeLook, type LookResult, type StageCounts } from './judge.ts';
import type { StagePlan } from './plan.ts';
import { harmFinding, tooFewFinding, trafficFinding } from './findings.ts';
import { canaryRules } from './rules.ts';
import { moveTraffic, readWeights, weightsText, type TrafficSetup } from './traffic.ts';
import type { MetricsWatch } from './watch.ts';

export interface CanarySetup {
  readonly plans: readonly StagePlan[];
  readonly errorObjective: number;
  /** Milliseconds between two polls of the metrics. */
  readonly pollInterval: number;
  readonly traffic: TrafficSetup;
  readonly watch: MetricsWatch;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called before the traffic is moved for the first time. */
  readonly beforeMoving: () => void;
}

/** A stage that was begun. */
export interface StageRecord {
  readonly plan: StagePlan;
  counts: StageCounts;
  /** The last look that was taken. */
  look?: LookResult;
}

/** How a canary went. */
export interface CanaryRun {
  readonly stages: readonly StageRecord[];
  /** Whether the candidate may have got traffic from this run. */
  readonly moved: boolean;
  /** Why it ended before its end; undefined when every stage passed and the candidate has all the traffic. */
  readonly finding: Finding | undefined;
}

const nobody = { requests: 0, bad: 0 };

/**
 * Walks a candidate through the stages of its plan: gives it traffic, counts, looks, and goes on or ends. It never takes
 * traffic back: the caller does when there is a finding.
 */
export async function walk(canary: CanarySetup): Promise<CanaryRun> {
  const stages: StageRecord[] = [];
  let moved = false;
  const beforeMoving = (): void => {
    canary.beforeMoving();
    moved = true;
  };
  try {
    const finding = await walkStages({ ...canary, beforeMoving }, stages);
    return { stages, moved, finding };
  } catch (error) {
    if (!canary.signal.aborted) throw error;
    return { stages, moved, finding: { rule: canaryRules.cancelled, message: 'The canary was cancelled.' } };
  }
}

/** Asks for metrics before any traffic moves: a query that cannot work is found while nobody is hurt. */
async function untilMetricsFlow({ watch, clock, pollInterval, signal }: CanarySetup): Promise<Finding | undefined> {
  for (;;) {
    const finding = await watch.poll();
    if (finding !== undefined || watch.hasStartingPoint) return finding;
    await clock.sleep(pollInterval, signal);
  }
}

async function walkStages(canary: CanarySetup, stages: StageRecord[]): Promise<Finding | undefined> {
  const { traffic, watch, log } = canary;
  const start = await readWeights(traffic);
  if ('problem' in start) return trafficFinding(start.problem, traffic);
  log.info(`Weights before: ${weightsText(start.weights, traffic.backends)}.`);
  const silence = await untilMetricsFlow(canary);
  if (silence !== undefined) return silence;
  let { weights } = start;
  watch.start();
  canary.beforeMoving();
  for (const plan of canary.plans) {
    const moved = await moveTraffic(traffic, plan.weight, weights);
    if ('problem' in moved) return trafficFinding(moved.problem, traffic);
    weights = moved.weights;
    log.info(`The candidate gets ${plan.weight} % of the traffic.`);
    const stage: StageRecord = { plan, counts: { candidate: nobody, baseline: nobody } };
    stages.push(stage);
    const finding = await walkStage(canary, stage);
    if (finding !== undefined) return finding;
  }
  // The last weight once more: it changes nothing, and fails when somebody took the traffic back meanwhile.
  const end = await moveTraffic(traffic, weights.candidate, weights);
  return 'problem' in end ? trafficFinding(end.problem, traffic) : undefined;
}

/** Polls until the stage passes, or there is a reason to end the canary. */
async function walkStage(canary: CanarySetup, stage: StageRecord): Promise<Finding | undefined> {
  const { watch, clock, signal, pollInterval, errorObjective, log } = canary;
  const { plan } = stage;
  const before = watch.counts;
  const deadline = clock.now().getTime() + plan.maxDuration;
  for (;;) {
    await clock.sleep(pollInterval, signal);
    const finding = await watch.poll();
    stage.counts = stageCounts(plan, before, watch.counts);
    if (finding !== undefined) return finding;
    const due = dueLook(plan, stage.counts, stage.look?.look ?? -1);
    if (due !== undefined) {
      stage.look = takeLook(plan, due, stage.counts, errorObjective);
      log.info(lookText(stage));
      if (stage.look.verdict === 'passed') return undefined;
      if (stage.look.verdict !== 'harmless') return harmFinding(stage, stage.look, errorObjective);
    }
    if (clock.now().getTime() >= deadline) return tooFewFinding(stage);
  }
}

/** At weight 100 there is no baseline beside the candidate: its requests of all stages before count. */
function stageCounts({ weight }: StagePlan, before: StageCounts, now: StageCounts): StageCounts {
  return {
    candidate: since(before.candidate, now.candidate),
    baseline: weight === 100 ? now.baseline : since(before.baseline, now.baseline),
  };
}

/** What a stage needs, for those who wait for it. */
export function planText({ weight, needed, maxDuration }: StagePlan): string {
  const baseline = weight === 100 ? 'is compared with the stages before' : `${needed.baseline} of the baseline`;
  return `Stage ${weight} %: needs ${needed.candidate} requests of the candidate, ${baseline}, within ${maxDuration / 1000} s.`;
}

function lookText({ plan, counts, look }: StageRecord): string {
  const { candidate, baseline } = counts;
  return `Stage ${plan.weight} %: ${candidate.bad} of ${candidate.requests} bad, baseline ${baseline.bad} of ${baseline.requests}: ${look?.verdict}.`;
}

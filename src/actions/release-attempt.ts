import type { Context } from '../definition/context.ts';
import type { DeploymentState } from '../effects/forge.ts';
import type { Release } from '../helm/helm.ts';
import { lastGood, revisionTable, type Revision } from '../helm/history.ts';
import type { Outcome } from '../helm/outcome.ts';
import type { Track } from '../helm/values.ts';
import type { ImageReference } from '../registry/reference.ts';
import { conclude, type Draft, type Report, type Verdict } from '../report/report.ts';
import { recordDeployment } from './deployment-record.ts';
import type { ReleaseTools } from './release-tools.ts';

interface AttemptInputs {
  readonly command: 'upgrade' | 'rollback';
  readonly image: ImageReference;
  readonly stage: string;
  readonly release: string;
  readonly namespace: string;
  readonly 'github-token': string;
  readonly 'environment-url': string | undefined;
}

/** A change of a release that has begun. */
export interface Attempt {
  /** Tells GitHub and the clean-up that it ended, and makes the report. */
  end(draft: Draft, outcome: Outcome): Promise<Report>;
}

/** What is about to happen: the revisions before it, where a failure goes back to, and what an upgrade will apply. */
interface Change {
  readonly history: readonly Revision[];
  readonly target: Revision | undefined;
  readonly release?: Release;
  readonly track?: Track;
}

/** Records the deployment on GitHub and leaves for the clean-up what it needs, before anything is changed. */
export async function begin(
  inputs: AttemptInputs,
  context: Context,
  tools: ReleaseTools,
  { history, target, release, track }: Change,
): Promise<Attempt> {
  const { stage, image } = inputs;
  const before = history.at(-1)?.revision ?? 0;
  const chart = release && { chart: `${release.chart} ${release.chartVersion}` };
  const record = await recordDeployment(
    inputs['github-token'],
    {
      ref: context.run?.sha ?? '',
      environment: stage,
      description: `helm ${inputs.command} of ${inputs.release}`,
      production: stage === 'production',
      payload: {
        command: inputs.command,
        image: image.text,
        release: inputs.release,
        namespace: inputs.namespace,
        revision: String(before + 1),
        ...(track && { track }),
        ...chart,
      },
    },
    context,
  );
  context.log.info(
    `Helm ${inputs.command} of ${inputs.release} in ${inputs.namespace}: revision ${before + 1} begins.`,
  );
  context.saveState('deployment', String(record.id ?? ''));
  context.saveState('target', String(target?.revision ?? 0));
  context.saveState('before', String(before));
  return {
    end: async (draft, outcome) => {
      const after = await tools.helm.history();
      const known = 'value' in after ? after.value : [];
      const whole: Draft = {
        ...draft,
        examined: { ...draft.examined, count: outcome.pods },
        findings: [...draft.findings, ...outcome.findings],
        measurements: outcome.measurements,
        sections: [...(draft.sections ?? []), ...outcome.sections, ...(known.length > 0 ? [revisionTable(known)] : [])],
        programs: tools.programs,
        outputs: { ...(track && { track }), ...outputsOf(outcome, history, known) },
      };
      const report = conclude(whole);
      // What was cancelled is left to the clean-up, which tells GitHub too.
      if (context.signal.aborted) return report;
      context.saveState('finished', 'true');
      await record.setState(stateOf(report.verdict, track), descriptionOf(report), inputs['environment-url']);
      return conclude({ ...whole, findings: [...whole.findings, ...record.findings] });
    },
  };
}

/** A canary that stands beside what serves is not what GitHub calls an active deployment: it has no traffic. */
function stateOf(verdict: Verdict, track: Track | undefined): DeploymentState {
  if (verdict === 'pass') return track === 'canary' ? 'inactive' : 'success';
  return verdict === 'fail' ? 'failure' : 'error';
}

/** Rules only: a message may hold text of the cluster. */
function descriptionOf({ verdict, findings }: Report): string {
  const rules = findings.filter(({ rule }) => rule.outcome !== 'warning').map(({ rule }) => rule.id);
  return [verdict, ...new Set(rules)].join(' ');
}

function outputsOf(
  { measurements, rolledBack }: Outcome,
  before: readonly Revision[],
  after: readonly Revision[],
): Record<string, string | number | boolean> {
  const deploy = measurements.find(({ name }) => name === 'deploy');
  return {
    revision: after.findLast(({ status }) => status === 'deployed')?.revision ?? '',
    'previous-revision': lastGood(before)?.revision ?? '',
    'first-install': before.length === 0,
    'rolled-back': rolledBack,
    ...(deploy && { 'deploy-seconds': deploy.value }),
  };
}

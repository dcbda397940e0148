import { join } from 'node:path';
import type { Context } from '../definition/context.ts';
import { defineAction } from '../definition/define.ts';
import { document } from '../definition/document.ts';
import {
  choice,
  duration,
  image,
  path,
  paths,
  resourceName,
  secret,
  stageName,
  text,
  url,
  type ValuesOf,
} from '../definition/inputs.ts';
import type { Chart } from '../helm/helm.ts';
import { lastGood } from '../helm/history.ts';
import { planRollback, planUpgrade, type Wanted } from '../helm/plan.ts';
import { recover } from '../helm/recover.ts';
import { helmRules } from '../helm/rules.ts';
import { takeBack } from '../helm/take-back.ts';
import { carryOut } from '../helm/upgrade.ts';
import { trackValues, type Track } from '../helm/values.ts';
import { propertyOf } from '../report/evidence.ts';
import { conclude, decide, type Draft, type Finding, type Report } from '../report/report.ts';
import { count } from '../report/text.ts';
import { registryInputs } from './registry.ts';
import { begin } from './release-attempt.ts';
import { withReleaseTools, type ReleaseTools } from './release-tools.ts';
import { subjectsOf } from './subjects.ts';
import { trustInputs } from './trust.ts';

const inputs = {
  command: choice(['upgrade', 'rollback'])({
    default: 'upgrade',
    doc: 'Release the image, or go back to the last good revision before the one that is deployed.',
  }),
  image: image({ doc: 'The image to release; with `rollback` the one to get rid of.' }),
  stage: stageName({ doc: 'Stage that the image enters; also the environment of the GitHub deployment.' }),
  chart: path({ default: 'chart', doc: 'Folder of the Helm chart, or the packaged chart.' }),
  release: resourceName({ doc: 'Name of the Helm release.' }),
  namespace: resourceName({ default: 'default', doc: 'Namespace of the release; it must exist.' }),
  values: paths({ optional: true, doc: 'Values files of the chart; a later one wins, and the image wins over all.' }),
  track: choice(['stable', 'canary'])({
    default: 'stable',
    doc: 'Where the image goes: `stable` sets `image` and ends a canary, `canary` sets `canary.image` beside what serves.',
  }),
  promotion: choice(['enforce', 'off'])({
    default: 'enforce',
    doc: 'Hold the image against the promotion policy of the stage first. `off` is shown in summary and evidence.',
  }),
  'promotion-policy': document(async () => (await import('../promotion/policy.ts')).promotionPolicySchema)({
    default: 'built-in:policies/promotion.yaml',
    doc: 'What each stage requires (`schemas/promotion.json`).',
  }),
  kubeconfig: secret({
    optional: true,
    doc: 'Content of a kubeconfig. Without it `KUBECONFIG` counts, as a login step of a cloud leaves it.',
  }),
  timeout: duration({ default: '240s', doc: 'How long the release may take to become ready.' }),
  'rollback-timeout': duration({
    default: '110s',
    doc: 'How long it may take to go back when the release fails.',
  }),
  'github-token': secret({
    default: '${{ github.token }}',
    doc: 'Token that records the deployment on GitHub.',
  }),
  'environment-url': url({ optional: true, doc: 'Where the service answers; GitHub links it.' }),
  ...registryInputs,
  ...trustInputs,
  'helm-path': text({ optional: true, doc: 'A Helm 4 that is already on the runner, in place of the pinned one.' }),
  'kubectl-path': text({ optional: true, doc: 'The same for kubectl.' }),
};

type Inputs = ValuesOf<typeof inputs>;

export const helmRelease = defineAction({
  name: 'helm-release',
  title: 'Release',
  description:
    'Release an image by digest with Helm, prove that its pods run, and take it back in time when they do not.',
  icon: 'anchor',
  inputs,
  outputs: {
    track: 'Track that the image went to: `stable` also for a canary that has nothing to stand beside.',
    revision: 'Revision of the release that is deployed now; empty when there is none.',
    'previous-revision': 'Revision that was deployed before; empty when there was none.',
    'first-install': '`true` when the release did not exist before.',
    'rolled-back': '`true` when an earlier revision was seen to run again.',
    'deploy-seconds': 'Seconds from the start of the upgrade until its pods were seen to run, or it had failed.',
  },
  permissions: [
    { scope: 'contents', access: 'read', why: 'to check out chart, values and policy' },
    { scope: 'deployments', access: 'write', why: 'to record the deployment and its states' },
    { scope: 'packages', access: 'read', why: 'to read the evidence of the image from ghcr.io' },
  ],
  async run({ inputs: given, context }) {
    return given.command === 'rollback' ? rollBack(given, context) : upgrade(given, context);
  },
  async post({ inputs: given, context }) {
    const { state, files, log } = context;
    if (state.kubeconfig) await files.remove(state.kubeconfig);
    if (state.finished === 'true') return;
    if (state.before) {
      log.warning('The run was cut off while it changed the release.');
      const unfinished = { before: Number(state.before), target: Number(state.target) };
      const budget = given['rollback-timeout'];
      const done = await withReleaseTools(given, context, (tools) => recover(unfinished, tools, budget));
      for (const sentence of done) log.warning(sentence);
    }
    if (state.deployment) {
      const api = await context.forge(given['github-token']);
      await api.setDeploymentState(Number(state.deployment), 'error', 'The run was cut off before its end.');
    }
  },
});

/** Promotion, plan, upgrade: each only when the one before allows it. */
async function upgrade(given: Inputs, context: Context): Promise<Report> {
  const draft = await promotionDraft(given, context);
  if (decide(draft.findings) !== 'pass') return conclude(draft);
  return withReleaseTools(given, context, async (tools) => {
    const planned = await planUpgrade(wantedBy(given, context), tools);
    if ('findings' in planned) return refused(draft, planned.findings, tools);
    const { release, history, track } = planned.plan;
    const attempt = await begin(given, context, tools, { history, target: lastGood(history), release, track });
    const budgets = { upgrade: given.timeout, rollback: given['rollback-timeout'] };
    const outcome = await carryOut(planned.plan, budgets, tools);
    const pods = `${count(outcome.pods, 'pod')} of revision ${release.revision}`;
    const passed = `${given.image.text} runs in ${given.stage}: ${pods}.`;
    const findings = [...draft.findings, ...(track === given.track ? [] : [noBaseline(given)])];
    return attempt.end({ ...draft, findings, passed, properties: propertiesOf(track, given.stage) }, outcome);
  });
}

function noBaseline({ release }: Inputs): Finding {
  return { rule: helmRules.noBaseline, message: `${release} has no version that serves; the image serves at once.` };
}

/**
 * Going back is always allowed: no promotion is asked. However it goes, its evidence says fail of the image that one
 * wants to get rid of: what it proved in this stage counts no more.
 */
async function rollBack(given: Inputs, context: Context): Promise<Report> {
  const draft: Draft = {
    examined: { count: 0, what: 'pod of the release' },
    findings: [],
    passed: '',
    subjects: subjectsOf(given.image, context),
    subjectsFail: true,
  };
  return withReleaseTools(given, context, async (tools) => {
    const planned = await planRollback(tools);
    if ('findings' in planned) return refused(draft, planned.findings, tools);
    const { target } = planned.plan;
    const attempt = await begin(given, context, tools, planned.plan);
    const outcome = await takeBack(target, [], tools, given['rollback-timeout']);
    const runs = `Revision ${target.revision} runs again in ${given.stage}: ${count(outcome.pods, 'pod')}.`;
    const passed = `${runs} The evidence says fail of ${given.image.text}.`;
    return attempt.end({ ...draft, passed }, outcome);
  });
}

function refused(draft: Draft, findings: readonly Finding[], { programs }: ReleaseTools): Report {
  return conclude({ ...draft, programs, findings: [...draft.findings, ...findings] });
}

/** The report as far as the promotion makes it. */
async function promotionDraft(given: Inputs, context: Context): Promise<Draft> {
  const draft = {
    examined: { count: 0, what: 'pod that starts the image' },
    passed: '',
    subjects: subjectsOf(given.image, context),
  };
  if (given.promotion === 'off') {
    const message = `${given.image.text} was not held against the policy of ${given.stage}.`;
    return { ...draft, findings: [{ rule: helmRules.promotionOff, message }] };
  }
  const { promote } = await import('./promotion.ts');
  const question = { ...given, policy: given['promotion-policy'] };
  const { verdict, findings, table, policy, summary } = await promote(question, context);
  return {
    ...draft,
    findings: [...findings, ...(verdict === 'pass' ? [] : [refusal(verdict, given)])],
    sections: [table],
    policy,
    predicates: [summary],
  };
}

function refusal(verdict: 'fail' | 'inconclusive', { image: { text: name }, stage }: Inputs): Finding {
  return verdict === 'fail'
    ? { rule: helmRules.promotionRefused, message: `${name} may not enter ${stage}.` }
    : { rule: helmRules.promotionUndecided, message: `Whether ${name} may enter ${stage} could not be decided.` };
}

/** The values that name the image lie in a file: no text of an input becomes part of a command. */
function wantedBy(given: Inputs, { files, temp }: Context): Wanted {
  const { registry, repository, digest } = given.image;
  const image = { name: `${registry}/${repository}`, digest };
  const chartFor = async (track: Track): Promise<Chart> => {
    const file = join(temp, 'values.json');
    await files.write(file, JSON.stringify(trackValues(track, image)));
    return { path: given.chart, values: [...(given.values ?? []), file] };
  };
  return { image, track: given.track, chartFor };
}

/** What a bake time in the next stage counts from. A canary has no traffic yet, so it is not deployed in this sense. */
function propertiesOf(track: Track, stage: string): string[] {
  return track === 'stable' ? [propertyOf(`deployed-${stage}`)] : [];
}

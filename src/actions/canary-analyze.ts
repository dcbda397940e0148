import { planStages } from '../canary/plan.ts';
import { canaryRules } from '../canary/rules.ts';
import { canaryMeasurements, stageTable, totals } from '../canary/summary.ts';
import { stopTraffic, type TrafficSetup } from '../canary/traffic.ts';
import { planText, walk, type CanaryRun } from '../canary/walk.ts';
import { fillSelector, MetricsWatch } from '../canary/watch.ts';
import type { Context } from '../definition/context.ts';
import { defineAction } from '../definition/define.ts';
import { document } from '../definition/document.ts';
import { image, path, resourceName, secret, text, url, type ValuesOf } from '../definition/inputs.ts';
import { milliseconds } from '../documents/duration.ts';
import { kubectl } from '../kubernetes/kubectl.ts';
import { conclude, type Finding } from '../report/report.ts';
import { programUsed } from './programs.ts';
import { subjectsOf } from './subjects.ts';

const inputs = {
  route: resourceName({ doc: 'The HTTPRoute that splits the traffic.' }),
  namespace: resourceName({ default: 'default', doc: 'Namespace of the route and both Services.' }),
  baseline: resourceName({ doc: 'The Service of the release that runs now, in `backendRefs` of the route.' }),
  candidate: resourceName({ doc: 'The Service of the new release, in `backendRefs` of the route.' }),
  policy: document(async () => (await import('../canary/policy-schema.ts')).canaryPolicySchema)({
    default: 'built-in:policies/canary.yaml',
    doc: 'Stages, what must be seen, how often it may be wrong, and which counter is read.',
  }),
  'prometheus-url': url({ doc: 'Address of the Prometheus HTTP API, as the runner sees it.' }),
  'prometheus-token': secret({ optional: true, doc: 'Bearer token for it.' }),
  image: image({
    optional: true,
    doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
  }),
  kubeconfig: path({ optional: true, doc: 'File that says where the cluster is; without it `KUBECONFIG` counts.' }),
  'kubectl-path': text({ optional: true, doc: 'A kubectl program to use instead of the pinned one.' }),
};

/** What `run` leaves for `post` while the candidate may have traffic that it did not earn yet. */
const onTrial = 'on trial';

export const canaryAnalyze = defineAction({
  name: 'canary-analyze',
  title: 'Canary analysis',
  description:
    'Give a release its traffic in stages, compare counted requests with the baseline, and take it back on harm.',
  icon: 'git-branch',
  inputs,
  outputs: {
    'stages-passed': 'Number of stages that passed.',
    'weights-restored': '`true` when the candidate had traffic from this step and has none any more.',
  },
  permissions: [{ scope: 'contents', access: 'read', why: 'to check out the policy' }],
  isTest: true,
  async run({ inputs, context }) {
    const program = await context.program('kubectl', inputs['kubectl-path']);
    const traffic = trafficOf(inputs, program.path, context);
    const policy = inputs.policy.value;
    const plans = planStages(policy);
    plans.forEach((plan) => context.log.info(planText(plan)));
    const canary = await walk({
      plans,
      errorObjective: policy['error-objective'],
      pollInterval: milliseconds(policy['poll-interval']),
      traffic,
      watch: watchOf(inputs, context),
      clock: context.clock,
      log: context.log,
      signal: context.signal,
      beforeMoving: () => context.saveState('traffic', onTrial),
    });
    const takenBack = await takeBack(canary, traffic);
    if (takenBack.finding === undefined) context.saveState('traffic', 'settled');
    const passed = canary.stages.filter(({ look }) => look?.verdict === 'passed').length;
    const counted = totals(canary.stages).candidate;
    return conclude({
      examined: { count: counted.requests, what: 'request of the candidate' },
      findings: [canary.finding, takenBack.finding].filter((finding) => finding !== undefined),
      passed: `The candidate has all the traffic: ${counted.bad} of ${counted.requests} requests were bad.`,
      measurements: canaryMeasurements(plans, canary.stages, policy['error-objective']),
      sections: [stageTable(plans, canary.stages)],
      subjects: subjectsOf(inputs.image, context),
      policy: { uri: inputs.policy.name, sha256: inputs.policy.sha256 },
      programs: [programUsed(program)],
      outputs: { 'stages-passed': passed, 'weights-restored': takenBack.done },
    });
  },
  /** Takes the traffic back when `run` was killed before it could. */
  async post({ inputs, context }) {
    if (context.state.traffic !== onTrial) return;
    const program = await context.program('kubectl', inputs['kubectl-path']);
    const stopped = await stopTraffic(trafficOf(inputs, program.path, context));
    if ('problem' in stopped) throw new Error(`The candidate may still have traffic: ${stopped.problem.message}.`);
    context.log.info('The step did not finish: the candidate has no traffic any more.');
  },
});

type Values = ValuesOf<typeof inputs>;

function trafficOf(
  { route, namespace, baseline, candidate, kubeconfig }: Values,
  program: string,
  context: Context,
): TrafficSetup {
  const { exec, clock, environment } = context;
  return {
    kubectl: kubectl({ exec, program, namespace, kubeconfig, environment }),
    route,
    backends: { baseline, candidate },
    clock,
  };
}

function watchOf(values: Values, { http, clock, signal }: Context): MetricsWatch {
  const { metrics, 'hold-limit': holdLimit } = values.policy.value;
  const selector = (backend: string): string => fillSelector(metrics.selector, { ...values, backend });
  return new MetricsWatch({
    source: { http, url: values['prometheus-url'], token: values['prometheus-token'], signal },
    selectors: { baseline: selector(values.baseline), candidate: selector(values.candidate) },
    codeLabel: metrics['code-label'],
    holdLimit: milliseconds(holdLimit),
    clock,
  });
}

/** Takes the traffic back from a candidate that did not earn it, unless somebody else has taken the route over. */
async function takeBack(
  { moved, finding }: CanaryRun,
  traffic: TrafficSetup,
): Promise<{ done: boolean; finding: Finding | undefined }> {
  if (!moved || finding === undefined || finding.rule === canaryRules.routeChanged)
    return { done: false, finding: undefined };
  const stopped = await stopTraffic(traffic);
  if (!('problem' in stopped)) return { done: true, finding: undefined };
  const message = `The candidate may still have traffic: ${stopped.problem.message}.`;
  const place = { resource: `httproute/${traffic.route}` };
  return { done: false, finding: { rule: canaryRules.weightsNotRestored, message, place } };
}

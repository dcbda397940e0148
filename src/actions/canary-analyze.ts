import { planStages } from '../canary/plan.ts';
import type { Backends } from '../canary/route.ts';
import { canaryMeasurements, stagesPassed, stageTable, totals } from '../canary/summary.ts';
import type { TrafficSetup } from '../canary/traffic.ts';
import { planText, walk } from '../canary/walk.ts';
import { fillSelector, MetricsWatch } from '../canary/watch.ts';
import type { Context } from '../definition/context.ts';
import { defineAction } from '../definition/define.ts';
import { document } from '../definition/document.ts';
import { duration, image, resourceName, secret, text, url, type ValuesOf } from '../definition/inputs.ts';
import { milliseconds } from '../documents/duration.ts';
import type { Kubectl } from '../kubernetes/kubectl.ts';
import { conclude, type ProgramUsed, type Report } from '../report/report.ts';
import {
  candidateStands,
  endCanary,
  endCanaryLate,
  isUnfinished,
  trafficMoves,
  type CandidateRelease,
} from './canary-end.ts';
import { withKubectl, withReleaseTools } from './release-tools.ts';
import { policyUsed } from './policy-used.ts';
import { subjectsOf } from './subjects.ts';

const inputs = {
  route: resourceName({ doc: 'The HTTPRoute that splits the traffic.' }),
  namespace: resourceName({ default: 'default', doc: 'Namespace of the route and both Services.' }),
  baseline: resourceName({
    optional: true,
    doc: 'The Service of what serves now, in `backendRefs` of the route. Without it `<route>-stable`.',
  }),
  candidate: resourceName({
    optional: true,
    doc: 'The Service of the candidate, in `backendRefs` of the route. Without it `<route>-canary`.',
  }),
  release: resourceName({
    optional: true,
    doc: 'The Helm release that holds both. With it a candidate that does not pass is removed: the revision before runs again.',
  }),
  'rollback-timeout': duration({ default: '110s', doc: 'How long that may take.' }),
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
  kubeconfig: secret({
    optional: true,
    doc: 'Content of a kubeconfig. Without it `KUBECONFIG` counts, as a login step of a cloud leaves it.',
  }),
  'kubectl-path': text({ optional: true, doc: 'A kubectl that is already on the runner, in place of the pinned one.' }),
  'helm-path': text({ optional: true, doc: 'The same for Helm 4, which is needed with `release` only.' }),
};

type Values = ValuesOf<typeof inputs>;

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
    'rolled-back': '`true` when the candidate is gone: the revision before was seen to run again.',
  },
  permissions: [{ scope: 'contents', access: 'read', why: 'to check out the policy' }],
  isTest: true,
  async run({ inputs: given, context }) {
    return withCanary(given, context, (canary) => analyze(given, context, canary));
  },
  /** Takes back what `run` could not, because it was killed or cancelled. */
  async post({ inputs: given, context }) {
    const { state, files, log } = context;
    if (state.kubeconfig) await files.remove(state.kubeconfig);
    if (!isUnfinished(context)) return;
    log.warning('The step did not finish.');
    await withCanary(given, context, ({ traffic, release }) => endCanaryLate(traffic, release, context));
  },
});

/** What a canary moves: the traffic of the route and, when the release is given, the release that holds the candidate. */
interface Canary {
  readonly traffic: TrafficSetup;
  readonly release?: CandidateRelease;
  readonly programs: readonly ProgramUsed[];
}

/** Finds the programs, also those for the way back: that one cannot be had is told before anything moves. */
async function withCanary<T>(given: Values, context: Context, work: (canary: Canary) => Promise<T>): Promise<T> {
  const { route, release, baseline = `${route}-stable`, candidate = `${route}-canary` } = given;
  const trafficBy = (kubectl: Kubectl): TrafficSetup => ({
    kubectl,
    route,
    backends: { baseline, candidate },
    clock: context.clock,
  });
  if (release === undefined)
    return withKubectl(given, context, ({ kubectl, programs }) => work({ traffic: trafficBy(kubectl), programs }));
  return withReleaseTools({ ...given, release }, context, (tools) =>
    work({
      traffic: trafficBy(tools.kubectl),
      release: { tools, budget: given['rollback-timeout'] },
      programs: tools.programs,
    }),
  );
}

async function analyze(given: Values, context: Context, { traffic, release, programs }: Canary): Promise<Report> {
  const policy = given.policy.value;
  const plans = planStages(policy);
  plans.forEach((plan) => context.log.info(planText(plan)));
  if (release) candidateStands(context);
  const canary = await walk({
    plans,
    errorObjective: policy['error-objective'],
    pollInterval: milliseconds(policy['poll-interval']),
    traffic,
    watch: watchOf(given, traffic.backends, context),
    clock: context.clock,
    log: context.log,
    signal: context.signal,
    beforeMoving: () => trafficMoves(context),
  });
  const end = await endCanary(canary, traffic, release, context);
  const counted = totals(canary.stages).candidate;
  return conclude({
    examined: { count: counted.requests, what: 'request of the candidate' },
    findings: [...(canary.finding ? [canary.finding] : []), ...end.findings],
    passed: `The candidate has all the traffic: ${counted.bad} of ${counted.requests} requests were bad.`,
    measurements: [...canaryMeasurements(plans, canary.stages, policy['error-objective']), ...end.measurements],
    sections: [stageTable(plans, canary.stages), ...end.sections],
    subjects: subjectsOf(given.image, context),
    policy: policyUsed(given.policy),
    programs,
    outputs: {
      'stages-passed': stagesPassed(canary.stages),
      'weights-restored': end.trafficTakenBack,
      'rolled-back': end.removed,
    },
  });
}

function watchOf(given: Values, { baseline, candidate }: Backends, { http, clock, signal }: Context): MetricsWatch {
  const { metrics, 'hold-limit': holdLimit } = given.policy.value;
  const selector = (backend: string): string => fillSelector(metrics.selector, { ...given, backend });
  return new MetricsWatch({
    source: { http, url: given['prometheus-url'], token: given['prometheus-token'], signal },
    selectors: { baseline: selector(baseline), candidate: selector(candidate) },
    codeLabel: metrics['code-label'],
    holdLimit: milliseconds(holdLimit),
    clock,
  });
}

import { defineAction } from '../definition/define.ts';
import { document } from '../definition/document.ts';
import { duration, image, rate, text, url } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { judge } from '../load/judge.ts';
import { runK6 } from '../load/k6.ts';
import { loadPlan, planProblem } from '../load/plan.ts';
import { objectivesOf } from '../load/slo.ts';
import { conclude } from '../report/report.ts';
import { policyUsed } from './policy-used.ts';
import { programUsed } from './programs.ts';
import { subjectsOf } from './subjects.ts';

export const loadTest = defineAction({
  name: 'load-test',
  title: 'Load test',
  description: 'Send requests at a constant rate and hold latency and errors against an OpenSLO objective.',
  icon: 'activity',
  inputs: {
    url: url({ doc: 'Address of the service; the paths of the endpoint list are put behind it.' }),
    endpoints: document(async () => (await import('../load/endpoints-schema.ts')).endpointsSchema)({
      default: 'load-test.yaml',
      doc: 'The endpoint list: which requests are sent, how often, and what a good answer is.',
    }),
    slo: document(async () => (await import('../load/slo-schema.ts')).sloSchema)({
      default: 'slo.yaml',
      doc: 'OpenSLO v1 file with one latency and one error objective.',
    }),
    rate: rate({ default: '50/s', doc: 'Requests a second or a minute, however fast the service answers.' }),
    duration: duration({ default: '20s', doc: 'How long requests are counted.' }),
    'warm-up': duration({ default: '0s', doc: 'How long requests are sent before that, and not counted.' }),
    image: image({
      optional: true,
      doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
    }),
    'k6-path': text({ optional: true, doc: 'A k6 program to use instead of the pinned one.' }),
  },
  outputs: { requests: 'Number of requests that were counted.' },
  permissions: [{ scope: 'contents', access: 'read', why: 'to check out the endpoint list and the objective' }],
  isTest: true,
  async run({ inputs, context }) {
    const plan = loadPlan(inputs.endpoints.value, {
      url: inputs.url,
      objectives: objectivesOf(inputs.slo.value),
      rate: inputs.rate,
      duration: inputs.duration,
      warmUp: inputs['warm-up'],
    });
    const problem = planProblem(plan);
    if (problem !== undefined) throw new UsageError(`These inputs make no load test: ${problem}.`);
    const k6 = await context.program('k6', inputs['k6-path']);
    const { findings, measurements, sections, requests } = judge(plan, await runK6(plan, k6.path, context));
    return conclude({
      examined: { count: requests, what: 'request' },
      findings,
      passed: `${requests} requests kept both objectives of ${plan.objectives.service}.`,
      measurements,
      sections,
      subjects: subjectsOf(inputs.image, context),
      policy: policyUsed(inputs.slo),
      programs: [programUsed(k6)],
      outputs: { requests },
    });
  },
});

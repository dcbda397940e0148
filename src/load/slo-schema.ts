import * as z from 'zod';

const text = z.string();

/** A message for what OpenSLO allows and a load test cannot use. */
function refused(why: string): z.ZodOptional<z.ZodNever> {
  return z.never({ error: why }).optional();
}

/** A metric that k6 has measured itself: only those can be judged at the end of a load test. */
function k6Metric(name: string): z.ZodType<{ metricSource: unknown }> {
  const error = `load-test measures with k6: write \`metricSource: { type: k6, spec: { metric: ${name} } }\`.`;
  return z.strictObject({
    metricSource: z.strictObject(
      { type: z.literal('k6', { error }), spec: z.strictObject({ metric: z.literal(name, { error }) }, { error }) },
      { error },
    ),
  });
}

const indicator = z.strictObject({
  metadata: z.looseObject({ name: text }),
  spec: z.strictObject({
    description: text.optional(),
    thresholdMetric: k6Metric('http_req_duration').optional(),
    ratioMetric: z
      .strictObject({
        counter: z.boolean().optional(),
        bad: k6Metric('http_req_failed'),
        total: k6Metric('http_reqs'),
        good: refused('k6 counts bad requests; use `bad` and `total`.'),
        raw: refused('A load test counts requests itself; use `bad` and `total`.'),
        rawType: refused('A load test counts requests itself; use `bad` and `total`.'),
      })
      .optional(),
  }),
});

const objective = z.strictObject({
  displayName: text.optional(),
  op: z
    .literal('lte', { error: 'load-test knows only `lte`: an answer is fast when it took at most `value`.' })
    .optional(),
  value: z.number().positive().optional(),
  target: z.number().gt(0).lt(1).optional(),
  targetPercent: z.number().gt(0).lt(100).optional(),
  indicator: indicator.optional(),
  indicatorRef: refused('load-test reads no other file: write the indicator here.'),
  timeSliceTarget: refused('Time slices are not for a load test; use `Occurrences`.'),
  timeSliceWindow: refused('Time slices are not for a load test; use `Occurrences`.'),
  compositeWeight: refused('A load test holds every objective by itself; weights have no meaning.'),
});

type Objective = z.output<typeof objective>;

const ownIndicator = 'Give each objective an `indicator` of its own: one for latency, one for errors.';

/**
 * The part of an OpenSLO v1 service level objective that a load test can judge: a composite of one latency and one
 * error objective (OpenSLO/OpenSLO, README, sections "SLO" and "Objectives"). Everything else is refused, not skipped.
 */
export const sloSchema = z.strictObject({
  apiVersion: z.literal('openslo/v1', { error: 'load-test reads OpenSLO v1: `apiVersion: openslo/v1`.' }),
  kind: z.literal('SLO', { error: 'load-test reads one object of `kind: SLO`.' }),
  metadata: z.looseObject({ name: text }),
  spec: z.strictObject({
    description: text.optional(),
    service: text,
    budgetingMethod: z.literal('Occurrences', {
      error: 'load-test counts requests, which OpenSLO calls `budgetingMethod: Occurrences`.',
    }),
    // The window of the objective in production and its alerts are no part of a load test.
    timeWindow: z.array(z.unknown()).optional(),
    alertPolicies: z.array(z.unknown()).optional(),
    indicator: refused(ownIndicator),
    indicatorRef: refused(ownIndicator),
    objectives: z.array(objective).superRefine(checkObjectives),
  }),
});

export type Slo = z.output<typeof sloSchema>;

function checkObjectives(objectives: readonly Objective[], context: z.RefinementCtx): void {
  const problem = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  objectives.forEach((one, index) => {
    const spec = one.indicator?.spec;
    if ((one.target === undefined) === (one.targetPercent === undefined))
      problem([index], 'Give either `target` or `targetPercent`.');
    if (spec === undefined) problem([index], ownIndicator);
    else if ((spec.thresholdMetric === undefined) === (spec.ratioMetric === undefined))
      problem([index, 'indicator', 'spec'], 'Give either `thresholdMetric` (latency) or `ratioMetric` (errors).');
    else if (spec.thresholdMetric !== undefined && (one.op === undefined || one.value === undefined))
      problem([index], 'A latency objective needs `op: lte` and `value`, in milliseconds.');
    else if (spec.ratioMetric !== undefined && (one.op !== undefined || one.value !== undefined))
      problem([index], 'An error objective has a target only, no `op` and no `value`.');
  });
  const latency = objectives.filter((one) => one.indicator?.spec.thresholdMetric !== undefined).length;
  const errors = objectives.filter((one) => one.indicator?.spec.ratioMetric !== undefined).length;
  if (latency !== 1 || errors !== 1)
    problem([], `A load test needs one latency and one error objective; there are ${latency} and ${errors}.`);
}

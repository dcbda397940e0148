import * as z from 'zod';
import { milliseconds } from '../documents/duration.ts';
import { durationText } from '../documents/duration-schema.ts';

const duration = durationText('5m');
const share = z.number().gt(0).lt(1);

const stage = z.strictObject({
  weight: z.int().min(1).max(100).describe('Percent of the traffic that the candidate gets.'),
  'max-duration': duration.describe('A stage that has not got the requests it needs by then is inconclusive.'),
});

const metrics = z.strictObject({
  selector: z
    .string()
    .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*\{.*\}$/s, { error: 'A selector is a metric name with labels in braces.' })
    .includes('{backend}', { error: 'A selector needs `{backend}`: without it both sides are the same requests.' })
    .describe('Series selector of a request counter; {namespace}, {route} and {backend} stand for their names.'),
  'code-label': z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
    .describe('Label with the status code. Bad is every code but 100 to 498: errors, and no answer (499, 0).'),
});

/** The policy file of canary-analyze. */
export const canaryPolicySchema = z
  .strictObject({
    version: z.literal(1),
    stages: z.array(stage).min(2).max(10),
    'baseline-errors': share.max(0.5).describe('Share of bad requests that a healthy baseline has at most.'),
    'detect-ratio': z
      .number()
      .min(1.5)
      .max(1000)
      .describe('How many times as many bad requests the canary must be able to see.'),
    'error-objective': share.describe('Share of bad requests that the candidate may have, whatever the baseline has.'),
    'false-alarm-rate': z
      .number()
      .min(0.0001)
      .max(0.2)
      .describe('How often a healthy candidate may be sent back, over the whole canary.'),
    power: z
      .number()
      .min(0.5)
      .max(0.99)
      .describe('How often a candidate as bad as detect-ratio says must be seen, in each stage.'),
    'hold-limit': duration.describe('How long the candidate keeps its traffic while no new metrics arrive.'),
    'poll-interval': duration.describe('How often the metrics are read.'),
    metrics,
  })
  .superRefine((policy, context) => {
    const problem = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    const weights = policy.stages.map(({ weight }) => weight);
    if (weights.some((weight, index) => index > 0 && weight <= (weights[index - 1] ?? 0)))
      problem('stages', 'Each stage gives the candidate more traffic than the one before.');
    if (weights.at(-1) !== 100)
      problem('stages', 'The last stage has weight 100: only then the candidate is released.');
    if (policy['baseline-errors'] * policy['detect-ratio'] > 1)
      problem('detect-ratio', 'That many times `baseline-errors` are more bad requests than requests.');
    if (milliseconds(policy['poll-interval']) < 100)
      problem('poll-interval', 'At least 100ms: the source must bear it.');
    if (policy['error-objective'] < policy['baseline-errors'])
      problem('error-objective', 'It is below `baseline-errors`: the baseline itself may miss it.');
  });

export type CanaryPolicy = z.output<typeof canaryPolicySchema>;

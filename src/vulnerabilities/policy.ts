import * as z from 'zod';
import { durationText } from '../documents/duration-schema.ts';

const failing = z.enum(['always', 'fixable', 'never']);

/** A policy for vulnerabilities. Every key must be written: nothing that counts is hidden in a default. */
export const vulnerabilityPolicySchema = z.strictObject({
  version: z.literal(1),
  fail: z
    .strictObject({ critical: failing, high: failing, medium: failing, low: failing, unknown: failing })
    .describe('When a vulnerability fails the gate, by severity. `fixable`: when a fixed version exists.'),
  'max-database-age': durationText('48h').describe('How long ago the vulnerability database may have been made.'),
  'end-of-life': z.enum(['fail', 'warn']).describe('What a distribution without security updates does.'),
});

export type VulnerabilityPolicy = z.infer<typeof vulnerabilityPolicySchema>;

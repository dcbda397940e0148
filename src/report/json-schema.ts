import * as z from 'zod';

const text = z.string();
const outcome = z.enum(['fail', 'inconclusive', 'warning', 'note']);
const limit = z.union([z.strictObject({ atMost: z.number() }), z.strictObject({ atLeast: z.number() })]);
const place = z.strictObject({
  file: text.optional(),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  resource: text.optional(),
});

/** The JSON report (`renderJson`), for `schemas/report.json` and for tests; no gate loads it. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  gate: text,
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  headline: text,
  findings: z.array(
    z.strictObject({
      rule: text,
      outcome,
      message: text,
      place: place.optional(),
      subject: text.optional(),
      why: text,
      fix: text,
    }),
  ),
  measurements: z.array(z.strictObject({ name: text, value: z.number(), unit: text, limit: limit.optional() })),
  sections: z.array(
    z.strictObject({ title: text, columns: z.array(text), rows: z.array(z.array(z.union([text, z.number()]))) }),
  ),
  subjects: z.array(z.strictObject({ name: text, digest: z.record(text, text) })),
  policy: z.strictObject({ uri: text, sha256: text }).optional(),
  programs: z.array(z.strictObject({ name: text, version: text, sha256: text, origin: text })),
  outputs: z.record(text, z.union([text, z.number(), z.boolean()])),
});

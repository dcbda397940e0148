import * as z from 'zod';
import { durationText } from '../documents/duration-schema.ts';

const duration = durationText('24h');
const commit = /^[0-9a-f]{40}$/;
const ref = /^refs\/(?:heads|tags)\/[\w./-]+$/;

const signer = z
  .strictObject({
    workflow: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/, {
        error: 'Write owner/name/.github/workflows/file.yml.',
      })
      .describe('The workflow file whose job signs: for a reusable workflow that file, not the one that calls it.'),
    at: z
      .array(
        z.string().refine((text) => commit.test(text) || ref.test(text), {
          error: 'Write a commit of 40 hex digits, or a whole ref such as refs/tags/v1.0.0.',
        }),
      )
      .min(1)
      .describe('Commits and refs of that file that are trusted. Name the next one before you move to it.'),
  })
  .describe('Whose signature counts.');

const clause = z
  .strictObject({
    evidence: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe('`signature`, `sbom`, or the name of a gate, such as `trivy-gate`.'),
    by: z.string().describe('Name of the signer.'),
    'maximum-age': duration.optional().describe('How long ago it may have been signed.'),
    policy: z
      .string()
      .optional()
      .describe('The policy that the gate must have used: a file, or `built-in:policies/<name>.yaml`.'),
  })
  .refine(({ evidence, policy }) => policy === undefined || !['signature', 'sbom'].includes(evidence), {
    error: 'Only a gate has a policy.',
    path: ['policy'],
  });

const stage = z.strictObject({
  after: z
    .strictObject({
      stage: z.string().describe('The stage before. Its clauses hold here too.'),
      by: z.string().describe('Name of the signer that deploys.'),
      'bake-time': duration.describe('How long the digest must have run there.'),
    })
    .optional(),
  require: z.array(clause).min(1),
});

/** What each stage asks of a digest. */
export const promotionPolicySchema = z
  .strictObject({
    version: z.literal(1),
    issuer: z.url().default('https://token.actions.githubusercontent.com').describe('Issuer of the identity tokens.'),
    source: z
      .strictObject({
        repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, { error: 'Write owner/name.' }),
        id: z
          .string()
          .regex(/^\d+$/, { error: 'Write the number in quotes.' })
          .describe(
            'Number of the repository: `gh api repos/<owner>/<name> --jq .id`. A name can change hands, a number cannot.',
          ),
        refs: z.array(z.string().regex(ref, { error: 'Write a whole ref such as refs/heads/main.' })).min(1),
      })
      .describe('Where the code must come from.'),
    signers: z.record(z.string(), signer),
    programs: z
      .array(z.enum(['release', 'source', 'unverified']))
      .default(['release', 'source'])
      .describe(
        'How well the programs that gates ran must be known: a published digest, a build from committed sums, or nothing.',
      ),
    stages: z.record(z.string(), stage),
  })
  .superRefine((policy, context) => {
    for (const [name, { after, require }] of Object.entries(policy.stages)) {
      for (const [index, { by }] of require.entries()) {
        if (!Object.hasOwn(policy.signers, by))
          context.addIssue({
            code: 'custom',
            path: ['stages', name, 'require', index, 'by'],
            message: `There is no signer \`${by}\`.`,
          });
      }
      if (after === undefined) continue;
      const path = ['stages', name, 'after'];
      if (!Object.hasOwn(policy.signers, after.by))
        context.addIssue({ code: 'custom', path: [...path, 'by'], message: `There is no signer \`${after.by}\`.` });
      if (!Object.hasOwn(policy.stages, after.stage))
        context.addIssue({
          code: 'custom',
          path: [...path, 'stage'],
          message: `There is no stage \`${after.stage}\`.`,
        });
      else if (comesAfterItself(policy.stages, name))
        context.addIssue({ code: 'custom', path: [...path, 'stage'], message: 'The stages go round in a circle.' });
    }
  });

export type PromotionPolicy = z.output<typeof promotionPolicySchema>;
export type Clause = PromotionPolicy['stages'][string]['require'][number];
export type Signer = PromotionPolicy['signers'][string];

function comesAfterItself(stages: Readonly<Record<string, z.output<typeof stage>>>, name: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined; at = stages[at]?.after?.stage) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

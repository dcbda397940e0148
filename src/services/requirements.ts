import * as z from 'zod';

/** What a service must have. What is left out is not asked for. */
export const requirementsSchema = z.strictObject({
  profile: z
    .string()
    .optional()
    .describe(
      '`any` profile that is asked for by name, RuntimeDefault included; one of its `own`; `runtime-default`, which Compose services have without asking, or one of its own; or the path of the profile that it must use: from the workspace, in a cluster from the kubelet’s folder of profiles.',
    ),
  privileged: z.literal('forbidden').optional(),
  'user-above': z.int().min(0).optional().describe('The user id must be a number above this one.'),
  'group-above': z.int().min(0).optional().describe('The group id must be a number above this one.'),
  'no-new-privileges': z.boolean().optional(),
  'read-only-root': z.boolean().optional(),
  'drop-all-capabilities': z.boolean().optional(),
  'added-capabilities': z.array(z.string()).optional().describe('Capabilities that may be added, without `CAP_`.'),
  'engine-socket': z.literal('forbidden').optional().describe('No socket of a container engine is mounted.'),
  limits: z.array(z.enum(['cpu', 'memory'])).optional(),
  'health-check': z.boolean().optional(),
});
export type Requirements = z.infer<typeof requirementsSchema>;

/** Requirements of the services that match; each key replaces that of the entries before. */
export const servicesPolicySchema = z.array(
  z.strictObject({
    match: z
      .strictObject({
        name: z.string().optional().describe('Name of the service or container; `*` stands for any text.'),
        image: z.string().optional().describe('Image as written; `*` stands for any text.'),
        label: z.string().optional().describe('`name` or `name=value` of a label.'),
      })
      .optional()
      .describe('All of it must match; without it every service does.'),
    require: requirementsSchema,
  }),
);
export type ServicesPolicy = z.infer<typeof servicesPolicySchema>;

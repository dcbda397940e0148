import * as z from 'zod';
import { servicesPolicySchema } from '../services/requirements.ts';
import { waiverSchema } from '../waivers/waiver.ts';
import { startSchema } from './start-schema.ts';
import { targetNames } from './targets.ts';

const outcome = z.enum(['fail', 'warn']);

/** A policy for seccomp profiles and the services that use them. */
export const seccompPolicySchema = z.strictObject({
  version: z.literal(1),
  targets: z
    .array(z.enum(targetNames))
    .min(1)
    .describe('Engines that put the profiles to use. What a profile means is worked out for each of them.'),
  hosts: z
    .array(z.enum(['x86_64', 'aarch64']))
    .min(1)
    .describe('Machines that they run on.'),
  kernel: z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}$/, { error: 'Write the two first numbers, such as "6.8".' })
    .describe('Oldest kernel that they run on.'),
  profiles: z.strictObject({
    'dangerous-calls': z.array(z.string()).describe('System calls that no profile may make possible.'),
    'forbidden-families': z
      .array(z.enum(['AF_ALG', 'AF_VSOCK']))
      .describe('Families of sockets that no profile may make reachable.'),
    starts: z
      .array(z.enum(['glibc', 'musl', 'go', 'node']))
      .describe('Kinds of programs that a profile must let start.'),
    'looser-than-default': outcome.describe("What a call does that Docker's default profile denies."),
    loosening: outcome.describe('What a call does that the profile of the base branch denied.'),
  }),
  services: servicesPolicySchema,
  starts: z.array(startSchema).describe('Services to start under their profiles.'),
  waivers: z.array(waiverSchema),
});

export type SeccompPolicy = z.infer<typeof seccompPolicySchema>;

import * as z from 'zod';
import { durationText } from '../documents/duration-schema.ts';

const words = z.array(z.string()).min(1);

const ready = z.union([
  z.strictObject({ exit: z.int().min(0).max(255) }).describe('It ends by itself with this exit code.'),
  z.strictObject({ port: z.int().min(1).max(65_535) }).describe('It listens on this TCP port.'),
  z
    .strictObject({ http: z.url(), status: z.int().min(100).max(599).default(200) })
    .describe('It answers a GET with this status.'),
  z.strictObject({ command: words }).describe('This command ends with 0, in the container and under the profile.'),
]);

/** How a service is started under its profile. What is left out is taken from the service. */
export const startSchema = z
  .strictObject({
    service: z.string().optional().describe('Name of the service or container.'),
    profile: z.string().optional().describe('Path of a profile that no service names.'),
    command: words.optional().describe('Program and arguments.'),
    root: z
      .string()
      .default('host')
      .describe(
        '`host` for the programs of this machine, or a folder with the files of an image. It is read-only to the program.',
      ),
    'working-folder': z
      .string()
      .default('.')
      .describe(
        'Where it starts: a path from the workspace for programs of this machine, which see it at /workspace; a path in the image otherwise.',
      ),
    environment: z.record(z.string(), z.string()).default({}),
    user: z
      .string()
      .regex(/^\d+:\d+$/, { error: 'Write user and group as numbers, such as 10001:10001.' })
      .optional(),
    writable: z
      .array(z.string().regex(/^\//, { error: 'Write paths from the root, such as /tmp.' }))
      .default(['/tmp'])
      .describe('Folders that are empty and writable.'),
    ready,
    'ready-within': durationText('30s').default('30s'),
    'steady-for': durationText('3s').default('3s').describe('How long it must stay ready before it is stopped.'),
    'stop-signal': z
      .string()
      .regex(/^SIG[A-Z0-9]+$/, { error: 'Write a signal by its name, such as SIGTERM.' })
      .default('SIGTERM'),
    'stop-within': durationText('10s').default('10s'),
  })
  .refine(({ service, profile }) => (service === undefined) !== (profile === undefined), {
    error: 'Name either a `service` or a `profile`.',
  })
  .refine(({ service, command }) => service !== undefined || command !== undefined, {
    error: 'A profile alone does not say what to start: give a `command`.',
    path: ['command'],
  });

export type StartEntry = z.infer<typeof startSchema>;

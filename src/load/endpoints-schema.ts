import * as z from 'zod';
import { durationText } from '../documents/duration-schema.ts';

const endpoint = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  path: z
    .string()
    .regex(/^\/[^\s#]*$/, { error: 'A path starts with `/` and has no white space and no `#`.' })
    .describe('Path and query, put behind the address of the service.'),
  weight: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('How often the endpoint is asked, beside the weights of the others.'),
  status: z.int().min(100).max(599).default(200).describe('Status of a good answer; redirects are not followed.'),
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string().regex(/^[^\r\n]*$/)).default({}),
  body: z.string().optional(),
});

/** The file `load-test.yaml`: which requests a load test sends. */
export const endpointsSchema = z.strictObject({
  version: z.literal(1),
  timeout: durationText('5s').default('5s').describe('A request that was not answered within this time is bad.'),
  endpoints: z.array(endpoint).min(1).max(100),
});

export type Endpoints = z.output<typeof endpointsSchema>;

import * as z from 'zod';

const date = z.iso.date({ error: 'Write a date such as 2026-12-31.' });

/** An exception that somebody answers for, until a day. */
export const waiverSchema = z.strictObject({
  rule: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9-]+$/)
    .describe('Id of the rule that is waived.'),
  where: z
    .string()
    .min(1)
    .describe('The file or the resource of the finding, as reports name it; `*` stands for any text.'),
  subject: z
    .string()
    .optional()
    .describe(
      'What the finding is about, such as a system call. Without it every finding of the rule there is waived.',
    ),
  owner: z.string().min(1).describe('Who answers for it.'),
  reason: z.string().min(10),
  expires: date.describe('Last day on which it counts.'),
});

export type Waiver = z.infer<typeof waiverSchema>;

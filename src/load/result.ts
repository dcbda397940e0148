import * as z from 'zod';

const count = z.int().min(0);
const time = z.number().min(0).nullable();

/** What the script of {@link k6Script} writes at its end. Times are milliseconds; null where nothing was measured. */
const resultSchema = z.strictObject({
  complete: z.literal(true),
  milliseconds: z.number().positive(),
  /** Requests that were due and not sent, because k6 had no virtual user free. */
  dropped: count,
  latency: time,
  endpoints: z.array(
    z
      .strictObject({ requests: count, bad: count, unanswered: count, latency: time })
      .refine(({ requests, bad, unanswered }) => unanswered <= bad && bad <= requests)
      .refine(({ requests, latency }) => (requests === 0) === (latency === null)),
  ),
});

export type LoadResult = z.output<typeof resultSchema>;

/** The result in the text of the file, or undefined when it is not whole. */
export function readResult(text: string, endpoints: number): LoadResult | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = resultSchema.safeParse(value);
  return result.success && result.data.endpoints.length === endpoints ? result.data : undefined;
}

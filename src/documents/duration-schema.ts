import * as z from 'zod';
import { durationPattern } from './duration.ts';

/** A duration in a document. `example` is one that makes sense at this place; an error shows it. */
export function durationText(example: string): z.ZodString {
  return z.string().regex(durationPattern, { error: `A duration is a number with a unit, such as \`${example}\`.` });
}

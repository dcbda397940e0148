import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../effects/effects.ts';

/** The clock of this machine. */
export const realClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal && { signal }),
};

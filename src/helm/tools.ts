import type { Clock } from '../effects/effects.ts';
import type { Kubectl } from '../kubernetes/kubectl.ts';
import type { Helm } from './helm.ts';

/** What is needed to change one release and to look at its pods. */
export interface Tools {
  readonly helm: Helm;
  readonly kubectl: Kubectl;
  /** Namespace of the release. */
  readonly namespace: string;
  readonly clock: Clock;
  /** Aborted when the step is cancelled. */
  readonly signal: AbortSignal;
}

/** Seconds since a moment, to a tenth. */
export function secondsSince(started: Date, clock: Clock): number {
  return Math.round((clock.now().getTime() - started.getTime()) / 100) / 10;
}

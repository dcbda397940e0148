import { effectOf, type Effect } from '../bpf/action.ts';
import { decisionOf } from '../filter/decision.ts';
import { entryOf, type Filter } from '../filter/filter.ts';
import { architectures, type Architecture } from '../syscalls/architectures.ts';
import { Diagram } from './diagram.ts';

/** What a call can meet, and the smallest arguments that meet it; none where every argument does. */
export interface ReachedEffect {
  readonly effect: Effect;
  readonly args: readonly bigint[];
}

/**
 * Every effect that some arguments of a call meet, each once.
 * @param number with the bit of x32 there
 */
export function effectsOf(filter: Filter, architecture: Architecture, number: number): ReachedEffect[] {
  const entry = entryOf(filter, architectures[architecture].audit, number);
  if (typeof entry === 'number') return [{ effect: effectOf(entry), args: [] }];
  const diagram = new Diagram();
  const place = diagram.of(decisionOf(entry, 'exact'), filter.defaultAction);
  return diagram.pairs(place, place).map(({ values: [value], args }) => ({ effect: effectOf(value), args }));
}

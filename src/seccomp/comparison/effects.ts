import { effectOf, type Effect } from '../bpf/action.ts';
import { decisionOf, type Question } from '../filter/decision.ts';
import { entryOf, type Filter } from '../filter/filter.ts';
import { certaintyOf } from '../filter/certainty.ts';
import type { Level } from '../filter/tree.ts';
import { architectures, type Architecture } from '../syscalls/architectures.ts';
import { Diagram } from './diagram.ts';
import { idOf, Memory } from './memory.ts';

/** What a call can meet, and the smallest arguments that meet it; none where every argument does. */
export interface ReachedEffect {
  readonly effect: Effect;
  readonly args: readonly bigint[];
}

/** Bits of the lower half of the first argument, and what they must be. */
export type FirstArgument = Pick<Question, 'mask' | 'value'>;

const reached = new Memory<readonly ReachedEffect[]>();

/**
 * Every effect that some arguments of a call meet, each once.
 * @param number with the bit of x32 there
 * @param first only calls with such a first argument, of which the upper half can be anything: where the kernel takes an `int`, it does not look at that half
 */
export function effectsOf(
  filter: Filter,
  architecture: Architecture,
  number: number,
  first?: FirstArgument,
): readonly ReachedEffect[] {
  const entry = entryOf(filter, architectures[architecture].audit, number);
  if (typeof entry === 'number')
    return first === undefined ? onlyEffect(entry) : [{ effect: effectOf(entry), args: [BigInt(first.value)] }];
  const question = `${idOf(entry)} ${filter.defaultAction} ${first?.mask ?? ''} ${first?.value ?? ''}`;
  return reached.get(question, () => effectsOfLevel(entry, filter.defaultAction, first));
}

const only = new Map<number, readonly ReachedEffect[]>();

/** Of a call that nobody looks at the arguments of; most calls of a filter share a few of these. */
function onlyEffect(value: number): readonly ReachedEffect[] {
  const effects = only.get(value) ?? [{ effect: effectOf(value), args: [] }];
  only.set(value, effects);
  return effects;
}

/** Stands for calls that were not asked about. */
const elsewhere = -1;

function effectsOfLevel(level: Level, defaultAction: number, first: FirstArgument | undefined): ReachedEffect[] {
  const decision = decisionOf(level, 'exact');
  const diagram = new Diagram();
  const asked =
    first === undefined
      ? decision
      : ({
          ...first,
          argument: 0,
          half: 'low',
          compare: 'equal',
          yes: decision ?? defaultAction,
          no: elsewhere,
        } as const);
  const place = diagram.of(asked, defaultAction);
  return diagram
    .pairs(place, place)
    .filter(({ values: [value] }) => value !== elsewhere)
    .map(({ values: [value], args }) => ({ effect: effectOf(value), args }));
}

const unknown = new Memory<readonly bigint[] | false>();

/** The smallest arguments for which libseccomp may do something else than the rules of a call say; false where it does what they say for all. */
export function unknownArguments(
  filter: Filter,
  architecture: Architecture,
  number: number,
): readonly bigint[] | false {
  const entry = entryOf(filter, architectures[architecture].audit, number);
  if (typeof entry === 'number') return false;
  const isPruned = filter.pruned.has(entry);
  const question = `${idOf(entry)} ${filter.defaultAction} ${isPruned}`;
  return unknown.get(question, () => {
    const certainty = certaintyOf(entry, isPruned);
    if (certainty !== 'unless-stale') return certainty === 'sure' ? false : [];
    const diagram = new Diagram();
    const places = (['exact', 'stale'] as const).map((reading) =>
      diagram.of(decisionOf(entry, reading), filter.defaultAction),
    ) as [number, number];
    return diagram.pairs(...places).find(({ values: [one, other] }) => one !== other)?.args ?? false;
  });
}

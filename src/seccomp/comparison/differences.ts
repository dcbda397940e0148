import { action, effectOf, type Effect } from '../bpf/action.ts';
import { decisionOf } from '../filter/decision.ts';
import { entryOf, type Entry } from '../filter/filter.ts';
import { certaintyOf } from '../filter/certainty.ts';
import type { Outcome } from '../loading/runtime.ts';
import {
  architectureOf,
  architectures,
  conventionsOf,
  x32Bit,
  type Architecture,
  type Host,
} from '../syscalls/architectures.ts';
import { nameOf, syscallsOf } from '../syscalls/lookup.ts';
import { Diagram, TooManyPlacesError } from './diagram.ts';
import { idOf, Memory } from './memory.ts';

/** A call that shows something. */
export interface Witness {
  readonly architecture: Architecture;
  /** Name, or `#335` for a number that has none. */
  readonly call: string;
  readonly number: number;
  /** Those not given count as 0; where none is given, every argument shows it. */
  readonly args: readonly bigint[];
}

/** Whether Linux has the call: nothing happens for now at a number without a name. */
export function hasName({ call }: Witness): boolean {
  return !call.startsWith('#');
}

/** What a call met before, and what it meets after. */
export interface Difference {
  readonly witness: Witness;
  readonly before: Effect;
  readonly after: Effect;
}

export interface Comparison {
  /** One for each call, architecture and pair of effects, with the smallest arguments; numbers without a name count as one call. */
  readonly differences: readonly Difference[];
  /** Calls whose rules differ and that the model cannot decide for some arguments: see `isDecided` of filter.ts. */
  readonly undecided: readonly Witness[];
}

/** Whether the call may run: a tracer or a listener can let it. */
export function isPossible({ kind }: Effect): boolean {
  return kind === 'allow' || kind === 'log' || kind === 'notify' || kind === 'trace';
}

/** What can be compared: a profile that the runtime refuses does nothing. */
export type Running = Exclude<Outcome, { readonly kind: 'refused' }>;

/**
 * Compares what two profiles do, for every call and every argument.
 * @param host the machine: all conventions by which it takes calls are compared, whether or not a filter names them
 */
export function compareOutcomes(before: Running, after: Running, { host }: { readonly host: Host }): Comparison {
  const comparisons = conventionsOf[host].map((architecture) => compareOn(architecture, before, after));
  return {
    differences: comparisons.flatMap(({ differences }) => differences),
    undecided: comparisons.flatMap(({ undecided }) => undecided),
  };
}

function compareOn(architecture: Architecture, before: Running, after: Running): Comparison {
  const differences: Difference[] = [];
  const undecided: Witness[] = [];
  const seenWithoutName = new Set<string>();
  for (const number of numbersOf(architecture, before, after)) {
    const name = nameOf(number, architecture);
    const witness = { architecture, call: name ?? `#${number}`, number };
    const found = compareSides(sideOf(before, architecture, number), sideOf(after, architecture, number));
    if (found.undecided !== undefined) undecided.push({ ...witness, args: found.undecided });
    for (const { args, ...effects } of found.differences) {
      const pair = JSON.stringify(effects);
      if (name === undefined && seenWithoutName.has(pair)) continue;
      if (name === undefined) seenWithoutName.add(pair);
      differences.push({ witness: { ...witness, args }, ...effects });
    }
  }
  return { differences, undecided };
}

/** Every named number, and one number of every range without names in which both sides do the same. */
function numbersOf(architecture: Architecture, ...outcomes: readonly Running[]): readonly number[] {
  const named = namedNumbers(architecture);
  const limits = outcomes.flatMap((one) => (one.kind === 'filter' ? [...one.filter.highest.values()] : []));
  const further = limits.map((limit) => limit + 1).filter((number) => isOn(architecture, number));
  return further.length === 0 ? named : [...new Set([...named, ...further])].sort((a, b) => a - b);
}

function isOn(architecture: Architecture, number: number): boolean {
  return architectureOf(architectures[architecture].audit, number) === architecture;
}

const numbers = new Map<Architecture, readonly number[]>();

function namedNumbers(architecture: Architecture): readonly number[] {
  const known = numbers.get(architecture);
  if (known !== undefined) return known;
  const starts = [...syscallsOf(architecture).values()].flatMap((number) => [number, number + 1]);
  const edges = [0, x32Bit, 2 * x32Bit, 3 * x32Bit, 0xffffffff];
  const sorted = [...new Set([...starts, ...edges])].filter((one) => isOn(architecture, one)).sort((a, b) => a - b);
  numbers.set(architecture, sorted);
  return sorted;
}

/** What one profile has for a number. */
interface Side {
  readonly entry: Entry;
  readonly defaultAction: number;
  readonly isPruned: boolean;
}

function sideOf(outcome: Running, architecture: Architecture, number: number): Side {
  if (outcome.kind === 'unconfined') return { entry: action.allow, defaultAction: action.allow, isPruned: false };
  const { filter } = outcome;
  const entry = entryOf(filter, architectures[architecture].audit, number);
  return { entry, defaultAction: filter.defaultAction, isPruned: filter.pruned.has(entry) };
}

interface SideComparison {
  readonly differences: readonly (Omit<Difference, 'witness'> & Pick<Witness, 'args'>)[];
  /** Arguments for which one of the sides is not known. */
  readonly undecided?: readonly bigint[] | undefined;
}

const same: SideComparison = { differences: [] };
const compared = new Memory<SideComparison>();

function compareSides(before: Side, after: Side): SideComparison {
  if (typeof before.entry === 'number' && typeof after.entry === 'number') {
    if (before.entry === after.entry) return same;
    return { differences: [{ before: effectOf(before.entry), after: effectOf(after.entry), args: [] }] };
  }
  const [left, right] = [textOf(before), textOf(after)];
  return left === right ? same : compared.get(`${left} ${right}`, () => compareTests(before, after));
}

function compareTests(before: Side, after: Side): SideComparison {
  try {
    const diagram = new Diagram();
    const [first, second] = [exactly(before, diagram), exactly(after, diagram)];
    const differences = diagram
      .pairs(first, second)
      .filter(({ values: [was, is] }) => was !== is)
      .map(({ values: [was, is], args }) => ({ before: effectOf(was), after: effectOf(is), args }));
    return { differences, undecided: uncertain(before, diagram) ?? uncertain(after, diagram) };
  } catch (error) {
    if (!(error instanceof TooManyPlacesError)) throw error;
    return { differences: [], undecided: [] };
  }
}

function exactly({ entry, defaultAction }: Side, diagram: Diagram): number {
  return typeof entry === 'number' ? diagram.end(entry) : diagram.of(decisionOf(entry, 'exact'), defaultAction);
}

/** The smallest arguments for which libseccomp may do something else than the rules say. */
function uncertain({ entry, defaultAction, isPruned }: Side, diagram: Diagram): readonly bigint[] | undefined {
  if (typeof entry === 'number') return undefined;
  const certainty = certaintyOf(entry, isPruned);
  if (certainty !== 'unless-stale') return certainty === 'sure' ? undefined : [];
  const stale = diagram.of(decisionOf(entry, 'stale'), defaultAction);
  const exact = diagram.of(decisionOf(entry, 'exact'), defaultAction);
  return diagram.pairs(exact, stale).find(({ values: [one, other] }) => one !== other)?.args;
}

/** The same rules have the same text. */
function textOf({ entry, defaultAction, isPruned }: Side): string {
  return typeof entry === 'number' ? String(entry) : `level ${idOf(entry)} ${defaultAction} ${isPruned}`;
}

import { effectOf, type Effect } from '../bpf/action.ts';
import { Diagram } from '../comparison/diagram.ts';
import { isPossible, type Witness } from '../comparison/differences.ts';
import { effectsOf, type ReachedEffect } from '../comparison/effects.ts';
import { decisionOf, type Question } from '../filter/decision.ts';
import { entryOf, type Filter } from '../filter/filter.ts';
import { multiplexerOf } from '../filter/multiplexer.ts';
import { architectures, type Architecture } from '../syscalls/architectures.ts';
import { numberOf, syscallsOf } from '../syscalls/lookup.ts';

const known = new WeakMap<Filter, Map<number, readonly ReachedEffect[]>>();

/** Every effect that some arguments of a call meet; none where the architecture does not have the call. */
export function effectsOfCall(filter: Filter, architecture: Architecture, name: string): readonly ReachedEffect[] {
  const number = numberOf(name, architecture);
  if (number === undefined) return [];
  const ofFilter = known.get(filter) ?? new Map<number, readonly ReachedEffect[]>();
  known.set(filter, ofFilter);
  const key = architectures[architecture].audit * 2 ** 10 + number;
  const effects = ofFilter.get(key) ?? effectsOf(filter, architecture, number);
  ofFilter.set(key, effects);
  return effects;
}

/** A call that may run, with the smallest arguments that let it. */
export function possibleWitness(filter: Filter, architecture: Architecture, name: string): Witness | undefined {
  const found = effectsOfCall(filter, architecture, name).find(({ effect }) => isPossible(effect));
  return found && { architecture, call: name, number: numberOf(name, architecture) ?? 0, args: found.args };
}

/** The effect of a call that never may run, whatever its arguments are; undefined where it may, or where there is no such call. */
export function denialOf(filter: Filter, architecture: Architecture, name: string): Effect | undefined {
  const effects = effectsOfCall(filter, architecture, name);
  return effects.some(({ effect }) => isPossible(effect)) ? undefined : effects[0]?.effect;
}

/** Names of the calls that may run with some arguments. */
export function possibleCalls(filter: Filter, architecture: Architecture): string[] {
  return [...syscallsOf(architecture).keys()].filter(
    (name) => possibleWitness(filter, architecture, name) !== undefined,
  );
}

/** A call by way of its multiplexer (`socketcall`, `ipc` of i386), which takes the call's own arguments from memory, where no filter looks. */
export function multiplexedWitness(filter: Filter, name: string): Witness | undefined {
  const way = multiplexerOf(name);
  if (way === undefined) return undefined;
  return witnessWhere(filter, 'i386', way.call, { mask: 0xffffffff, value: way.number });
}

/**
 * A call that may run with a first argument of whose lower half these bits are the value. Where the kernel takes an argument for an `int` it looks at that
 * half only, while a filter compares all of it.
 */
export function witnessWhere(
  filter: Filter,
  architecture: Architecture,
  name: string,
  { mask, value }: Pick<Question, 'mask' | 'value'>,
): Witness | undefined {
  const number = numberOf(name, architecture);
  if (number === undefined) return undefined;
  const entry = entryOf(filter, architectures[architecture].audit, number);
  const witness = { architecture, call: name, number };
  if (typeof entry === 'number') return isPossible(effectOf(entry)) ? { ...witness, args: [BigInt(value)] } : undefined;
  const elsewhere = -1;
  const diagram = new Diagram();
  const yes = decisionOf(entry, 'exact') ?? filter.defaultAction;
  const asked = { argument: 0, half: 'low', compare: 'equal', mask, value, yes, no: elsewhere } as const;
  const place = diagram.of(asked, filter.defaultAction);
  const found = diagram.pairs(place, place).find(({ values: [one] }) => one !== elsewhere && isPossible(effectOf(one)));
  return found && { ...witness, args: found.args };
}

/** `socket(0x100000026, 5) on x86_64`; of a call that may run with any arguments the name only. */
export function witnessText({ architecture, call, args }: Witness): string {
  const numbers = args.map((one) => (one < 4096n ? String(one) : `0x${one.toString(16)}`));
  return `${call}${numbers.length === 0 ? '' : `(${numbers.join(', ')})`} on ${architecture}`;
}

/** `EPERM` and `ENOSYS` by name, other errors by number, and what else can happen to a call. */
export function effectText(effect: Effect): string {
  switch (effect.kind) {
    case 'errno':
      return { 1: 'EPERM', 38: 'ENOSYS' }[effect.errno] ?? `error ${effect.errno}`;
    case 'kill-thread':
      return 'the end of the thread';
    case 'kill-process':
      return 'the end of the process';
    case 'trap':
      return 'SIGSYS';
    default:
      return effect.kind;
  }
}

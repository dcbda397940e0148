import type { Effect } from '../bpf/action.ts';
import { isPossible, type Witness } from '../comparison/differences.ts';
import { callText } from '../comparison/text.ts';
import { effectsOf, type FirstArgument, type ReachedEffect } from '../comparison/effects.ts';
import type { Filter } from '../filter/filter.ts';
import { multiplexerOf } from '../filter/multiplexer.ts';
import type { Architecture } from '../syscalls/architectures.ts';
import { numberOf, syscallsOf } from '../syscalls/lookup.ts';
import { joined } from './cases.ts';

/** Every effect that some arguments of a call meet; none where the architecture does not have the call. */
export function effectsOfCall(filter: Filter, architecture: Architecture, name: string): readonly ReachedEffect[] {
  const number = numberOf(name, architecture);
  return number === undefined ? [] : effectsOf(filter, architecture, number);
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

/** A call that may run with such a first argument. */
export function witnessWhere(
  filter: Filter,
  architecture: Architecture,
  name: string,
  first: FirstArgument,
): Witness | undefined {
  const number = numberOf(name, architecture);
  if (number === undefined) return undefined;
  const found = effectsOf(filter, architecture, number, first).find(({ effect }) => isPossible(effect));
  return found && { architecture, call: name, number, args: found.args };
}

/** `socket(0x100000026) on x86_64 and aarch64, socketcall(1) on i386`; of a call that runs with any arguments the name only. */
export function witnessesText(witnesses: readonly Witness[]): string {
  const calls = Map.groupBy(witnesses, callText);
  return [...calls]
    .map(([call, some]) => `${call} on ${joined([...new Set(some.map(({ architecture }) => architecture))])}`)
    .join(', ');
}

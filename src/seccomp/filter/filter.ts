import { action, enosys } from '../bpf/action.ts';
import type { SeccompData } from '../bpf/data.ts';
import { architectures, x32Bit, type Architecture, type Host } from '../syscalls/architectures.ts';
import { numberOf } from '../syscalls/lookup.ts';
import { condition, type Condition } from './condition.ts';
import { multiplexerOf } from './multiplexer.ts';
import { isCertain } from './decision.ts';
import { insert, prune } from './insert.ts';
import { testsOf } from './tests.ts';
import { evaluate, sizeOf, type Level } from './tree.ts';

/** What a call meets: one value, or tests of its arguments. */
export type Entry = number | Level;

/** A filter as libseccomp builds it from rules, with what the runtime puts before it. Values are those of `action`. */
export interface Filter {
  readonly defaultAction: number;
  /** What is known of each call, by number; an architecture that is not here kills the thread that uses it. */
  readonly calls: ReadonlyMap<Architecture, ReadonlyMap<number, Entry>>;
  /** runc answers ENOSYS to every number above the highest that the profile names, where an architecture has an entry here. */
  readonly highest: ReadonlyMap<Architecture, number>;
  /** Entries in which libseccomp took a longer rule out for a shorter one, and may have taken out more. */
  readonly pruned: ReadonlySet<Entry>;
}

/** What libseccomp collects for one architecture. */
interface Section {
  readonly calls: Map<number, Entry>;
  /** Rules for calls that the architecture does not have, by name: libseccomp keeps them and leaves them out of the program. */
  readonly absent: Map<string, Entry>;
}

/** Collects rules, as a runtime hands them to libseccomp. */
export class FilterBuilder {
  readonly #defaultAction: number;
  readonly #sections: ReadonlyMap<Architecture, Section>;
  readonly #pruned = new Set<Entry>();
  readonly #resolve: (name: string, architecture: Architecture) => number | undefined;

  /**
   * @param further architectures beside the machine's own, which libseccomp always filters
   * @param resolve the number by which libseccomp knows a call
   */
  constructor(
    defaultAction: number,
    host: Host,
    further: readonly Architecture[],
    resolve: (name: string, architecture: Architecture) => number | undefined = numberOf,
  ) {
    this.#resolve = resolve;
    this.#defaultAction = defaultAction;
    this.#sections = new Map(
      [host, ...further].map((architecture) => [architecture, { calls: new Map(), absent: new Map() }]),
    );
  }

  /**
   * Adds a rule to every architecture that has the call.
   * @throws ConflictError when an earlier rule has another action for the same conditions
   */
  rule(name: string, value: number, conditions: readonly Condition[]): void {
    for (const [architecture, section] of this.#sections) {
      const { wide } = architectures[architecture];
      const number = this.#resolve(name, architecture);
      const multiplexer = architecture === 'i386' ? multiplexerOf(name) : undefined;
      if (multiplexer !== undefined) {
        const others = conditions.filter(({ argument }) => argument !== 0);
        const which = condition(0, 'EQ', BigInt(multiplexer.number), 0n);
        this.#add(section.calls, numberOf(multiplexer.call, architecture) ?? 0, value, [which, ...others], wide);
      }
      if (number !== undefined) this.#add(section.calls, number, value, conditions, wide);
      else if (architecture !== 'i386' || multiplexer !== undefined)
        this.#add(section.absent, name, value, conditions, wide);
    }
  }

  #add<Key>(calls: Map<Key, Entry>, key: Key, value: number, conditions: readonly Condition[], wide: boolean): void {
    const known = calls.get(key);
    // Of two rules without conditions the first stays, and one without conditions beats every one with, before and behind it.
    if (typeof known === 'number') return;
    const tests = testsOf(conditions, value, wide);
    if (tests === undefined) calls.set(key, value);
    else if (known === undefined) calls.set(key, [tests]);
    else {
      if (prune(known, tests, value)) this.#pruned.add(known);
      insert(known, tests);
    }
  }

  /**
   * @param highest see `Filter.highest`
   * @param tree whether libseccomp is asked for a binary tree, as runc does since 1.2 for more than 32 rules
   */
  build(highest: ReadonlyMap<Architecture, number> = new Map(), tree = false): Filter {
    const sections = [...this.#sections];
    const calls = sections.map(([architecture, { calls }]) => {
      const { audit } = architectures[architecture];
      const program = sections.filter(([other]) => architectures[other].audit === audit).map(([, section]) => section);
      const blind = !tree && !(architecture === 'x86_64' && program.length === 1) && isBlind(program);
      return [architecture, blind ? new Map<number, Entry>() : calls] as const;
    });
    return { defaultAction: this.#defaultAction, calls: new Map(calls), highest, pruned: this.#pruned };
  }
}

/**
 * libseccomp (2.5.4 to 2.6.1, _gen_bpf_syscalls of src/gen_bpf.c) lets the first call in its order load the number, fewest tests first. When that
 * one is left out of the program because the architecture does not have it, nobody does: no rule of the section ever applies. The
 * section of x86_64 alone loads the number before.
 */
function isBlind(sections: readonly Section[]): boolean {
  const fewest = (entries: ReadonlyMap<unknown, Entry>): number =>
    Math.min(...[...entries.values()].map((entry) => (typeof entry === 'number' ? 0 : sizeOf(entry))));
  let first = { size: Infinity, absent: false };
  for (const section of sections) {
    for (const absent of [false, true]) {
      const size = fewest(absent ? section.absent : section.calls);
      if (size < first.size) first = { size, absent };
    }
  }
  return first.absent;
}

/** What a filter has for a number, before arguments are looked at. */
export function entryOf(filter: Filter, audit: number, number: number): Entry {
  const { defaultAction, calls, highest } = filter;
  const isX32 = audit === architectures.x86_64.audit && (number & x32Bit) !== 0;
  let isNamed = false;
  let limit: number | undefined;
  let entry: Entry | undefined;
  for (const [architecture, entries] of calls) {
    if (architectures[architecture].audit !== audit) continue;
    isNamed = true;
    if ((architecture === 'x32') === isX32) limit ??= highest.get(architecture);
    entry ??= entries.get(number);
  }
  if (!isNamed) return action.killThread;
  if (limit !== undefined && number > limit) return action.errno + enosys;
  // Without x32, libseccomp kills whatever is x32's or above. It lets -1 through, with which a tracer skips a call.
  const isForeign = audit === architectures.x86_64.audit && !calls.has('x32') && number >= x32Bit;
  if (isForeign && number !== 0xffffffff) return action.killThread;
  return entry ?? defaultAction;
}

/** The return value of a filter for a call, unsigned; `effectOf` tells what it does. */
export function decide(filter: Filter, { nr, arch, args }: Pick<SeccompData, 'nr' | 'arch' | 'args'>): number {
  const entry = entryOf(filter, arch, nr);
  return typeof entry === 'number' ? entry : (evaluate(entry, args) ?? filter.defaultAction);
}

/** Whether the model is known to agree with libseccomp on a call; see `isCertain` of decision.ts. */
export function isDecided(filter: Filter, { nr, arch, args }: Pick<SeccompData, 'nr' | 'arch' | 'args'>): boolean {
  const entry = entryOf(filter, arch, nr);
  return typeof entry === 'number' || isCertain(entry, args, filter.defaultAction, filter.pruned.has(entry));
}

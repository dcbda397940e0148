import type { Question, Decision } from '../filter/decision.ts';

/** A place in a diagram; equal places give equal values to every call. */
export type Place = number;

/** More places than any profile in use needs; a call that needs more cannot be compared. */
const maxPlaces = 2 ** 17;

/** The diagram of a call's rules grew over its bound. */
export class TooManyPlacesError extends Error {
  override readonly name = 'TooManyPlacesError';
}

interface Fork {
  readonly bit: number;
  readonly zero: Place;
  readonly one: Place;
}

/**
 * A reduced ordered decision diagram (R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986) with the bits of the six arguments as
 * its variables, argument 0 and highest bit first, and the values of a filter as its ends. Two functions of the arguments are the same exactly if they are
 * the same place, so no difference between two filters is missed.
 */
export class Diagram {
  /** An end, or a fork. */
  readonly #places: (number | Fork | undefined)[] = [];
  readonly #ends = new Map<number | undefined, Place>();
  readonly #forks = new Map<number, Place>();
  readonly #choices = new Map<number, Place>();
  readonly #false = this.end(0);
  readonly #true = this.end(1);

  /** Where every call gets one value. */
  end(value: number | undefined): Place {
    const known = this.#ends.get(value);
    if (known !== undefined) return known;
    const place = this.#add(value);
    this.#ends.set(value, place);
    return place;
  }

  /** @param otherwise the value where no rule matches */
  of(decision: Decision, otherwise: number): Place {
    const known = new Map<Question, Place>();
    const visit = (one: Decision): Place => {
      if (typeof one !== 'object') return this.end(one ?? otherwise);
      const place = known.get(one) ?? this.#choose(this.#question(one), visit(one.yes), visit(one.no));
      known.set(one, place);
      return place;
    };
    return visit(decision);
  }

  /**
   * Every pair of values that some call gets at two places, with the smallest arguments that get it.
   * @returns the arguments up to the last that either place looks at; none where neither looks at any
   */
  pairs(first: Place, second: Place): { readonly values: readonly [number, number]; readonly args: bigint[] }[] {
    const found = new Map<string, { values: readonly [number, number]; args: bigint[] }>();
    const seen = new Set<number>();
    const args = [0n, 0n, 0n, 0n, 0n, 0n];
    let used = 0;
    const visit = (a: Place, b: Place): void => {
      if (seen.has(a * maxPlaces + b)) return;
      seen.add(a * maxPlaces + b);
      const [left, right] = [this.#places[a], this.#places[b]];
      if (typeof left !== 'object' && typeof right !== 'object') {
        const values = [left ?? 0, right ?? 0] as const;
        if (!found.has(values.join())) found.set(values.join(), { values, args: [...args] });
        return;
      }
      const bit = Math.min(bitOf(left), bitOf(right));
      const argument = Math.floor(bit / 64);
      used = Math.max(used, argument + 1);
      visit(this.#after(a, bit, 'zero'), this.#after(b, bit, 'zero'));
      const weight = 1n << BigInt(63 - (bit % 64));
      args[argument] = (args[argument] ?? 0n) | weight;
      visit(this.#after(a, bit, 'one'), this.#after(b, bit, 'one'));
      args[argument] = (args[argument] ?? 0n) & ~weight;
    };
    visit(first, second);
    return [...found.values()].map((pair) => ({ ...pair, args: pair.args.slice(0, used) }));
  }

  /** Whether a question is answered with yes, from its lowest bit up: of two numbers the highest bit in which they differ decides. */
  #question({ argument, half, compare, mask, value }: Question): Place {
    const isOrder = compare === 'greater' || compare === 'greater-or-equal';
    let place = compare === 'greater' ? this.#false : this.#true;
    for (let bit = 0; bit < 32; bit++) {
      const isSet = ((value >>> bit) & 1) === 1;
      const zero = isSet ? this.#false : place;
      const larger = isOrder ? this.#true : this.#false;
      const one = isSet ? place : larger;
      const isCompared = ((mask >>> bit) & 1) === 1;
      place = isCompared ? this.#fork(argument * 64 + (half === 'high' ? 0 : 32) + 31 - bit, zero, one) : zero;
    }
    return place;
  }

  /** The value of `yes` where the question holds, else that of `no`. */
  #choose(question: Place, yes: Place, no: Place): Place {
    if (question === this.#true || yes === no) return yes;
    if (question === this.#false) return no;
    const key = (question * maxPlaces + yes) * maxPlaces + no;
    const known = this.#choices.get(key);
    if (known !== undefined) return known;
    const bit = Math.min(...[question, yes, no].map((place) => bitOf(this.#places[place])));
    const [zero, one] = (['zero', 'one'] as const).map((side) =>
      this.#choose(this.#after(question, bit, side), this.#after(yes, bit, side), this.#after(no, bit, side)),
    ) as [Place, Place];
    const place = this.#fork(bit, zero, one);
    this.#choices.set(key, place);
    return place;
  }

  #fork(bit: number, zero: Place, one: Place): Place {
    if (zero === one) return zero;
    const key = (bit * maxPlaces + zero) * maxPlaces + one;
    const known = this.#forks.get(key);
    if (known !== undefined) return known;
    const place = this.#add({ bit, zero, one });
    this.#forks.set(key, place);
    return place;
  }

  #after(place: Place, bit: number, side: 'zero' | 'one'): Place {
    const found = this.#places[place];
    return typeof found === 'object' && found.bit === bit ? found[side] : place;
  }

  #add(place: number | Fork | undefined): Place {
    if (this.#places.length === maxPlaces) throw new TooManyPlacesError();
    return this.#places.push(place) - 1;
  }
}

/** The bit that is asked for at a place; behind all bits at an end. */
function bitOf(place: number | Fork | undefined): number {
  return typeof place === 'object' ? place.bit : Infinity;
}

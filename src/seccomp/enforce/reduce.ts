/** How a start went with some of the missing calls allowed, against the control run. */
export type Trial = 'fails' | 'degraded' | 'same';

/** What a missing call is to the program. */
export interface Needs {
  /** Without them it does not start. */
  readonly fatal: readonly string[];
  /** Without them it starts, and ends otherwise than without a profile. */
  readonly degraded: readonly string[];
  /** It was seen to do without them, all at once. */
  readonly tolerated: readonly string[];
  /** Whether the number of starts was used up: `fatal` and `degraded` may then hold calls that are neither. */
  readonly cutShort: boolean;
}

/**
 * Finds which of the missing calls a program needs, by starting it with some of them allowed: ever smaller parts are taken away as long as the
 * start goes as well as before (delta debugging: Zeller and Hildebrandt, 2002). What is left is needed together: each call of it
 * alone, taken away, makes a difference.
 * @param missing calls with which, all allowed, the start goes as without a profile
 * @param attempt starts the program with these calls allowed
 * @param maxStarts how many starts it may cost
 */
export async function findNeeds(
  missing: readonly string[],
  attempt: (allowed: readonly string[]) => Promise<Trial>,
  maxStarts: number,
): Promise<Needs> {
  const known = new Map<string, Trial>();
  let starts = 0;
  let cutShort = false;
  const trial = async (allowed: readonly string[]): Promise<Trial> => {
    const key = allowed.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    if (starts === maxStarts) {
      cutShort = true;
      return 'fails';
    }
    starts++;
    const result = await attempt(allowed);
    known.set(key, result);
    return result;
  };
  const needed = await smallest(missing, async (allowed) => (await trial(allowed)) === 'same');
  const fatal = await smallest(needed, async (allowed) => (await trial(allowed)) !== 'fails');
  return {
    fatal,
    degraded: needed.filter((name) => !fatal.includes(name)),
    tolerated: missing.filter((name) => !needed.includes(name)),
    cutShort,
  };
}

async function smallest(
  names: readonly string[],
  suffices: (names: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  let kept = [...names];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length;) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await suffices(without)) kept = without;
      else from += size;
    }
  }
  return kept;
}

import type { Branch, Level, Test } from './tree.ts';

/** Two rules of one call ask for different actions on the same condition: libseccomp answers EEXIST. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/**
 * Puts the tests of one more rule into a level, where libseccomp (2.5.4 to 2.6.1) puts them.
 * @throws ConflictError when the same condition already has another action
 */
export function insert(level: Level, added: Test): void {
  const at = level.findIndex((existing) => isSame(existing, added) || comesBefore(added, existing));
  const existing = level[at];
  if (existing === undefined) level.push(added);
  else if (isSame(existing, added)) merge(existing, added);
  else level.splice(at, 0, added);
}

const compared = ['argument', 'half', 'compare', 'value', 'mask'] as const;

function isSame(a: Test, b: Test): boolean {
  return compared.every((key) => a[key] === b[key]);
}

function comesBefore(a: Test, b: Test): boolean {
  const [placeOfA, placeOfB] = [placeOf(a), placeOf(b)];
  const at = placeOfA.findIndex((rank, index) => rank !== placeOfB[index]);
  return (placeOfA[at] ?? 0) < (placeOfB[at] ?? 0);
}

/** Later arguments first, the upper half first, equality before order, and of one kind the value that fewer calls satisfy. */
function placeOf({ argument, half, value, origin: { compare } }: Test): number[] {
  const isUpperBound = compare === 'LT' || compare === 'LE';
  const isLowerBound = compare === 'GT' || compare === 'GE';
  return [
    -argument,
    half === 'high' ? 0 : 1,
    Number(isUpperBound) + 2 * Number(isLowerBound),
    isUpperBound ? value : -value,
  ];
}

const sides = ['yes', 'no'] as const;
type Side = (typeof sides)[number];

/**
 * Takes out what a shorter rule covers: libseccomp removes a longer rule that ends in the tests of a new one with the same action.
 * @returns whether there was something to take out. libseccomp can take out more than that, so the call is then not known for certain
 */
export function prune(level: Level, added: Test, value: number): boolean {
  for (const test of level) {
    for (const side of sides) {
      const below = test[side];
      if (!Array.isArray(below)) continue;
      const at = below.findIndex((one) => isSame(one, added));
      const covered = below[at];
      if (covered !== undefined && actionsOf([covered]).every((one) => one === value)) {
        if (textOf(covered) === textOf(added)) below.splice(at, 1);
        if (below.length === 0) test[side] = undefined;
        return true;
      }
      if (prune(below, added, value)) return true;
    }
  }
  return false;
}

function textOf(test: Test): string {
  return JSON.stringify(test, (key, value: unknown) => (key === 'origin' ? undefined : value));
}

/** Two rules make the same test. Where one of them ends here, it covers the other. */
function merge(existing: Test, added: Test): void {
  for (const side of sides) mergeAction(existing, added, side);
  for (const side of sides) {
    const more = added[side];
    if (!Array.isArray(more)) continue;
    const old = existing[side];
    // The shorter rule was here first: the longer one is left out, with its other branch.
    if (typeof old === 'number') return;
    if (old === undefined) existing[side] = more;
    else for (const one of more) insert(old, one);
  }
}

function mergeAction(existing: Test, added: Test, side: Side): void {
  const wanted = added[side];
  if (typeof wanted !== 'number') return;
  const old = existing[side];
  if (typeof old !== 'number') {
    if (actionsOf(old).some((value) => value !== wanted)) throw new ConflictError();
    existing[side] = wanted;
  } else if (old !== wanted) {
    // Both tests only prepare for one of the lower half, so both rules stay: the upper half goes to the larger bound.
    if (side === 'yes' && added.half === 'high' && added.origin.value > existing.origin.value) existing.yes = wanted;
    if (isLast(existing) || isLast(added)) throw new ConflictError();
  }
}

function isLast(test: Test): boolean {
  return !sides.some((side) => Array.isArray(test[side]));
}

function actionsOf(branch: Branch): number[] {
  if (branch === undefined) return [];
  return typeof branch === 'number' ? [branch] : branch.flatMap(({ yes, no }) => [...actionsOf(yes), ...actionsOf(no)]);
}

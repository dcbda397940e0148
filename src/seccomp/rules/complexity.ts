import { get } from '../../documents/node.ts';
import { TooManyPlacesError } from '../comparison/diagram.ts';
import { effectsOf } from '../comparison/effects.ts';
import { conventionsOf } from '../syscalls/architectures.ts';
import { nameOf } from '../syscalls/lookup.ts';
import { findingAt, startOf, type Case, type ProfileRule } from './profile-rule.ts';
import type { ProfileDocument } from '../loading/document.ts';
import type { Node } from '../../documents/node.ts';

/** Conditions that the rules for one call may have together: `spoc push` takes as many entries for one (Security Profiles Operator #3421). */
export const maxConditions = 128;
/** Conditions that all calls may have together; Docker's default has 11. Every one is at least one of the kernel's 4,096 instructions on each architecture. */
const maxInAll = 1024;

/** Items of a list, whatever the case of its key is: Go reads every one. */
function itemsOf(node: Node | undefined, key: string): readonly Node[] {
  if (node?.kind !== 'mapping') return [];
  return node.entries.flatMap((entry) =>
    String(entry.key.value).toLowerCase() === key && entry.value.kind === 'sequence' ? entry.value.items : [],
  );
}

/** The rule with which a profile gets more conditions than are evaluated, and why they are too many. */
export function tooManyConditions({
  profile,
}: ProfileDocument): { readonly node: Node; readonly message: string } | undefined {
  const conditions = new Map<unknown, number>();
  let all = 0;
  for (const node of itemsOf(profile, 'syscalls')) {
    const { length } = itemsOf(node, 'args');
    if (length === 0) continue;
    const name = get(node, 'name');
    for (const call of [...itemsOf(node, 'names'), ...(name === undefined ? [] : [name])]) {
      if (call.kind !== 'scalar') continue;
      const sum = (conditions.get(call.value) ?? 0) + length;
      conditions.set(call.value, sum);
      all += length;
      if (sum > maxConditions)
        return { node, message: `\`${String(call.value)}\` has more than ${maxConditions} conditions.` };
      if (all > maxInAll) return { node, message: `The calls have more than ${maxInAll} conditions together.` };
    }
  }
  return undefined;
}

/** A call of a filter for which the effects of its conditions cannot be worked out. */
export function entangledCall({ environment: { host }, outcome }: Case): string | undefined {
  if (outcome.kind !== 'filter') return undefined;
  const { filter } = outcome;
  for (const architecture of conventionsOf[host]) {
    for (const number of filter.calls.get(architecture)?.keys() ?? []) {
      try {
        effectsOf(filter, architecture, number);
      } catch (error) {
        if (!(error instanceof TooManyPlacesError)) throw error;
        return nameOf(number, architecture) ?? String(number);
      }
    }
  }
  return undefined;
}

export const complexity: ProfileRule = {
  rule: {
    id: 'seccomp/too-many-conditions',
    title: 'A profile has more conditions than are judged',
    why: 'So many conditions, or such entangled ones, make a filter that nobody can follow and that is slow on every call. What it does was not judged.',
    fix: 'Use SCMP_CMP_MASKED_EQ, or ranges that need no list of values.',
    outcome: 'inconclusive',
  },
  check(profile) {
    const found = tooManyConditions(profile.document);
    if (found !== undefined) return [findingAt(profile, complexity.rule, found.message, found.node)];
    if (profile.entangled === undefined) return [];
    const message = `What the conditions on \`${profile.entangled}\` do together cannot be worked out.`;
    return [findingAt(profile, complexity.rule, message, startOf(profile), { subject: profile.entangled })];
  },
};

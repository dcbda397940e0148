import { get } from '../../documents/node.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';
import type { ProfileDocument } from '../loading/document.ts';
import type { Node } from '../../documents/node.ts';

/** Rules with conditions that one call may have, as `spoc push` takes them (Security Profiles Operator #3421), and conditions that one rule may have. */
export const maxConditions = 128;

/** The first thing that has more conditions than any runtime is given in practice, and than is evaluated. */
export function tooManyConditions({
  profile,
}: ProfileDocument): { readonly node: Node; readonly name: string } | undefined {
  const rules = get(profile, 'syscalls');
  const conditions = new Map<unknown, number>();
  for (const rule of rules?.kind === 'sequence' ? rules.items : []) {
    const args = get(rule, 'args');
    const names = get(rule, 'names');
    if (args?.kind !== 'sequence' || args.items.length === 0) continue;
    for (const name of names?.kind === 'sequence' ? names.items : []) {
      if (name.kind !== 'scalar') continue;
      const sum = (conditions.get(name.value) ?? 0) + args.items.length;
      conditions.set(name.value, sum);
      if (sum > maxConditions) return { node: rule, name: String(name.value) };
    }
  }
  return undefined;
}

export const complexity: ProfileRule = {
  rule: {
    id: 'seccomp/too-many-conditions',
    title: 'A call has more conditions than are judged',
    why: `More than ${maxConditions} conditions on one call make a filter that nobody can follow, that registries of profiles refuse, and that is slow on every call. It was not judged.`,
    fix: 'Use SCMP_CMP_MASKED_EQ, or ranges that need no list of values.',
    outcome: 'inconclusive',
  },
  check(profile) {
    const found = tooManyConditions(profile.document);
    if (found === undefined) return [];
    const { name, node } = found;
    return [
      findingAt(profile, complexity.rule, `\`${name}\` has more than ${maxConditions} conditions.`, node, {
        subject: name,
      }),
    ];
  },
};

import type { Witness } from '../comparison/differences.ts';
import type { Filter } from '../filter/filter.ts';
import { conventionsOf, type Architecture } from '../syscalls/architectures.ts';
import { casesText } from './cases.ts';
import { possibleWitness, witnessesText, witnessWhere } from './calls.ts';
import { allowingRule, placeOfDefault, placeOfName } from './places.ts';
import { findingAt, once, type FilteredCase, type ProfileRule } from './profile-rule.ts';

/** Flags of `clone` that make namespaces (include/uapi/linux/sched.h). */
const flags = [0x10000000, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x20000000, 0x40000000];

/** By the user's namespace where that is possible, which needs no capability; else by another. */
function cloneWitness(filter: Filter, architecture: Architecture): Witness | undefined {
  for (const flag of flags) {
    const witness = witnessWhere(filter, architecture, 'clone', { mask: flag, value: flag });
    if (witness !== undefined) return witness;
  }
  return undefined;
}

function ways({ environment: { host }, outcome: { filter } }: FilteredCase, call: 'clone' | 'clone3'): Witness[] {
  return conventionsOf[host].flatMap((architecture) => {
    const witness =
      call === 'clone' ? cloneWitness(filter, architecture) : possibleWitness(filter, architecture, 'clone3');
    return witness ?? [];
  });
}

export const namespaces: ProfileRule = {
  rule: {
    id: 'seccomp/namespaces',
    title: 'A process can be started in new namespaces',
    why:
      'In a user namespace of its own a program has every capability, and with them the parts of the kernel in which escapes are found. ' +
      '`unshare` is not the only way: `clone` takes the same flags, and `clone3` takes them from memory, where no filter looks.',
    fix: 'Allow `clone` with `{ "index": 0, "value": 2114060288, "op": "SCMP_CMP_MASKED_EQ" }` only, and answer `clone3` with `"errnoRet": 38`.',
    outcome: 'fail',
    reference: 'https://docs.docker.com/engine/security/seccomp/',
  },
  check: once((profile) => {
    if (!profile.policy['dangerous-calls'].includes('unshare')) return [];
    return (['clone', 'clone3'] as const).flatMap((call) => {
      const cases = profile.filtered.filter((one) => ways(one, call).length > 0);
      const [first] = cases;
      if (first === undefined) return [];
      const rule = allowingRule(first.loaded, [call]);
      const place = rule === undefined ? placeOfDefault(first.loaded) : placeOfName(rule, call);
      const message = `A process can make namespaces of its own by ${witnessesText(cases.flatMap((one) => ways(one, call)))} under ${casesText(cases, profile.filtered)}.`;
      return [findingAt(profile, namespaces.rule, message, place, { subject: call })];
    });
  }),
};

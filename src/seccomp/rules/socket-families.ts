import type { Witness } from '../comparison/differences.ts';
import { conventionsOf } from '../syscalls/architectures.ts';
import { casesText } from './cases.ts';
import { multiplexedWitness, witnessesText, witnessWhere } from './calls.ts';
import { allowingRule, placeOfDefault, placeOfName } from './places.ts';
import { findingAt, once, type FilteredCase, type ProfileRule } from './profile-rule.ts';

/** include/linux/socket.h. */
const numbers = { AF_ALG: 38, AF_VSOCK: 40 } as const;

/** Ways to a socket of a family, on every convention that the filter lets pass. */
function waysTo(family: keyof typeof numbers, { environment: { host }, outcome: { filter } }: FilteredCase): Witness[] {
  const direct = conventionsOf[host].map((architecture) =>
    witnessWhere(filter, architecture, 'socket', { mask: 0xffffffff, value: numbers[family] }),
  );
  const byMultiplexer = host === 'x86_64' ? [multiplexedWitness(filter, 'socket')] : [];
  return [...direct, ...byMultiplexer].flatMap((witness) => witness ?? []);
}

export const socketFamilies: ProfileRule = {
  rule: {
    id: 'seccomp/socket-family',
    title: 'A socket of a forbidden family can be opened',
    why:
      'AF_ALG (CVE-2026-31431) and AF_VSOCK open parts of the kernel that services do not need. Three things let them in: `socket` without conditions; ' +
      "i386's `socketcall`, whose arguments no filter sees; and conditions such as SCMP_CMP_GT, which hold for 0x100000028 where the kernel, which takes " +
      'the family for an `int`, sees 40.',
    fix: 'Allow `socket` for the families that the service uses, each with SCMP_CMP_EQ (1 AF_UNIX, 2 AF_INET, 10 AF_INET6), and take SCMP_ARCH_X86 out of the profile.',
    outcome: 'fail',
    reference: 'https://github.com/moby/moby/pull/52547',
  },
  check: once((profile) => {
    return profile.policy['forbidden-families'].flatMap((family) => {
      const cases = profile.filtered.filter((one) => waysTo(family, one).length > 0);
      const [first] = cases;
      if (first === undefined) return [];
      const rule = allowingRule(first.loaded, ['socket']) ?? allowingRule(first.loaded, ['socketcall']);
      const place = rule === undefined ? placeOfDefault(first.loaded) : placeOfName(rule, 'socket');
      const message = `A socket of ${family} can be opened by ${witnessesText(cases.flatMap((one) => waysTo(family, one)))} under ${casesText(cases, profile.filtered)}.`;
      return [findingAt(profile, socketFamilies.rule, message, place, { subject: family })];
    });
  }),
};

import type { Finding } from '../../report/report.ts';
import { get } from '../../documents/node.ts';
import type { OciArgument } from '../loading/profile.ts';
import { letsPass } from './places.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';
import { uniqueRules } from './written-rules.ts';

const maxValue = 2n ** 64n - 1n;

/** What is odd about a condition; undefined where nothing is. */
function oddity({ op, value, valueTwo, source }: OciArgument, denies: boolean): string | undefined {
  switch (op.replace('SCMP_CMP_', '')) {
    case 'LT':
      return value === 0n ? 'never holds: nothing is less than 0' : undefined;
    case 'GT':
      return value === maxValue ? 'never holds: nothing is greater' : undefined;
    case 'GE':
      return value === 0n ? 'always holds' : undefined;
    case 'LE':
      return value === maxValue ? 'always holds' : undefined;
    case 'MASKED_EQ':
      if (value === 0n) return 'always holds: its mask (`value`) is 0';
      if ((valueTwo & ~value) !== 0n)
        return 'compares bits of `valueTwo` that its mask (`value`) does not hold: libseccomp drops them in silence';
      if (denies && get(source, 'valueTwo') === undefined)
        return 'has no `valueTwo`: it holds for arguments with none of the bits, not for those that have them';
      return undefined;
    default:
      return undefined;
  }
}

export const oddConditions: ProfileRule = {
  rule: {
    id: 'seccomp/odd-condition',
    title: 'A condition cannot mean what it says',
    why: 'A condition that always or never holds leaves the rule wider or narrower than its author thinks, without a word from any runtime.',
    fix: 'For SCMP_CMP_MASKED_EQ write the mask as `value` and what must remain as `valueTwo`; take out a condition that always holds.',
    outcome: 'fail',
    reference: 'https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp',
  },
  check(profile) {
    return uniqueRules(profile).flatMap(({ rule: { names, action, args } }): Finding[] =>
      args.flatMap((argument) => {
        const odd = oddity(argument, !letsPass(action));
        if (odd === undefined) return [];
        const message = `The condition on argument ${argument.index} of \`${names.join(', ')}\` ${odd}.`;
        return [findingAt(profile, oddConditions.rule, message, argument.source)];
      }),
    );
  },
};

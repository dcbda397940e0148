import { isPossible } from '../comparison/differences.ts';
import { multiplexerOf } from '../filter/multiplexer.ts';
import { casesText } from './cases.ts';
import { effectsOfCall, multiplexedWitness, witnessesText } from './calls.ts';
import { placeOfName } from './places.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';
import { uniqueRules } from './written-rules.ts';

function bypass({ outcome: { filter } }: FilteredCase, name: string): string | undefined {
  const direct = effectsOfCall(filter, 'x86_64', name);
  const isFiltered =
    direct.some(({ effect }) => isPossible(effect)) && direct.some(({ effect }) => !isPossible(effect));
  const witness = isFiltered && filter.calls.has('i386') ? multiplexedWitness(filter, name) : undefined;
  return witness && witnessesText([witness]);
}

export const multiplexerBypass: ProfileRule = {
  rule: {
    id: 'seccomp/multiplexer-bypass',
    title: 'A call whose arguments are filtered has another way in',
    why:
      "i386's `socketcall` and `ipc` take a call's arguments from memory, where no filter looks, and libseccomp allows them with the call. A 64-bit program reaches " +
      'them by `int 0x80`: the conditions on the arguments hold nobody off.',
    fix: 'Take SCMP_ARCH_X86 out of `architectures` (or `subArchitectures`) when no 32-bit program runs in the service.',
    outcome: 'warning',
    reference: 'https://github.com/moby/moby/pull/52547',
  },
  check(profile) {
    return uniqueRules(profile).flatMap(({ rule }) =>
      rule.args.length === 0
        ? []
        : rule.names
            .filter((name) => multiplexerOf(name) !== undefined)
            .flatMap((name) => {
              const first = uniqueRules(profile).find(
                (one) => one.rule.args.length > 0 && one.rule.names.includes(name),
              );
              if (first?.rule.source !== rule.source) return [];
              const cases = profile.filtered.filter((one) => bypass(one, name) !== undefined);
              const [one] = cases;
              if (one === undefined) return [];
              const message = `The conditions on \`${name}\` are passed by ${bypass(one, name) ?? ''}, under ${casesText(cases, profile.filtered)}.`;
              return [findingAt(profile, multiplexerBypass.rule, message, placeOfName(rule, name), { subject: name })];
            }),
    );
  },
};

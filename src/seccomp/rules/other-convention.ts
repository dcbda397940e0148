import { listed } from '../../report/text.ts';
import { conventionsOf, type Architecture } from '../syscalls/architectures.ts';
import { syscallsOf } from '../syscalls/lookup.ts';
import { casesText } from './cases.ts';
import { denialOf, multiplexedWitness, possibleWitness } from './calls.ts';
import { placeOfDefault, allowingRule } from './places.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';

/** Calls of the machine's own convention that never run, but do by another one. */
function holes({ environment: { host }, outcome: { filter } }: FilteredCase, other: Architecture): string[] {
  if (!filter.calls.has(other)) return [];
  return [...syscallsOf(host).keys()].filter(
    (name) =>
      denialOf(filter, host, name) !== undefined &&
      (possibleWitness(filter, other, name) !== undefined ||
        (other === 'i386' && multiplexedWitness(filter, name) !== undefined)),
  );
}

export const otherConvention: ProfileRule = {
  rule: {
    id: 'seccomp/other-convention',
    title: 'A call that is denied can be made in another way',
    why:
      'A program chooses how it calls the kernel: a 64-bit one can make i386 calls by `int 0x80`, x32 calls by a bit of the number. `socketcall` and `ipc` are ' +
      'single numbers for a dozen calls each, the System V ones among them.',
    fix: 'Take the other architecture out of the profile when no such program runs in the service, or the name that lets the calls pass there.',
    outcome: 'fail',
  },
  check(profile) {
    const others = new Set(profile.filtered.flatMap(({ environment: { host } }) => conventionsOf[host].slice(1)));
    return [...others].flatMap((other) => {
      const cases = profile.filtered.filter(
        (one) => conventionsOf[one.environment.host].includes(other) && holes(one, other).length > 0,
      );
      const [first] = cases;
      if (first === undefined) return [];
      const names = [...new Set(cases.flatMap((one) => holes(one, other)))];
      const place = allowingRule(first.loaded, ['socketcall', 'ipc', ...names])?.source ?? placeOfDefault(first.loaded);
      const message = `Calls that are denied to ${first.environment.host} programs are possible by ${other} under ${casesText(cases, profile.filtered)}: ${listed(names)}.`;
      return [findingAt(profile, otherConvention.rule, message, place)];
    });
  },
};

import { get, type Node } from '../../documents/node.ts';
import { findingAt, type JudgedProfile, type ProfileRule } from './profile-rule.ts';

function flagsOf({ document }: JudgedProfile): readonly { readonly name: string; readonly node: Node }[] {
  const flags = get(document.profile, 'flags');
  if (flags?.kind !== 'sequence') return [];
  return flags.items.flatMap((node) => (node.kind === 'scalar' ? [{ name: String(node.value), node }] : []));
}

export const speculation: ProfileRule = {
  rule: {
    id: 'seccomp/speculation-allowed',
    title: 'A flag turns off a protection against speculative execution',
    why: 'Before Linux 5.16 every process with a filter is protected from Speculative Store Bypass; SECCOMP_FILTER_FLAG_SPEC_ALLOW takes that away.',
    fix: 'Take the flag out.',
    outcome: 'warning',
    reference: 'https://www.kernel.org/doc/html/latest/userspace-api/spec_ctrl.html',
  },
  check(profile) {
    return flagsOf(profile)
      .filter(({ name }) => name === 'SECCOMP_FILTER_FLAG_SPEC_ALLOW')
      .map(({ name, node }) => findingAt(profile, speculation.rule, `The profile asks for ${name}.`, node));
  },
};

export const oldFlags: ProfileRule = {
  rule: {
    id: 'seccomp/flags-need-new-runtime',
    title: 'Older runtimes refuse the flags',
    why: 'runc before 1.2 refuses a profile with any flag, and no released runc knows SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV.',
    fix: 'Nothing, when the targets of the policy are all there are.',
    outcome: 'note',
  },
  check(profile) {
    const [first] = flagsOf(profile);
    if (first === undefined || profile.cases.some(({ outcome }) => outcome.kind === 'refused')) return [];
    const names = flagsOf(profile).map(({ name }) => name);
    return [
      findingAt(
        profile,
        oldFlags.rule,
        `Older runtimes refuse the profile for its flags: ${names.join(', ')}.`,
        first.node,
      ),
    ];
  },
};

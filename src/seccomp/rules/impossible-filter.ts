import { get, type Node } from '../../documents/node.ts';
import { capabilityNames } from '../capabilities.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';

/** Architectures by the names that libseccomp-golang prints, which `includes.arches` and `excludes.arches` are compared with. */
const goArches =
  'amd64 x86 x32 arm arm64 mips mips64 mips64n32 mipsel mipsel64 mipsel64n32 parisc parisc64 ppc ppc64 ppc64le riscv64 s390 s390x loong64 loongarch64 m68k sh sheb'.split(
    ' ',
  );

function texts(node: Node | undefined): { readonly text: string; readonly node: Node }[] {
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((one) =>
    one.kind === 'scalar' && typeof one.value === 'string' ? [{ text: one.value, node: one }] : [],
  );
}

/** `includes` and `excludes` that no machine satisfies; what a program of Docker's family compares as text. */
export const impossibleFilter: ProfileRule = {
  rule: {
    id: 'seccomp/rule-for-nobody',
    title: 'A rule counts on no machine',
    why: 'Names of capabilities and architectures are compared as text, so a misspelt one holds nowhere: the rule is not there, or is never left out.',
    fix: 'Write capabilities as CAP_SYS_ADMIN and architectures as amd64, arm64, x86, x32, arm.',
    outcome: 'fail',
    reference: 'https://docs.docker.com/engine/security/seccomp/',
  },
  check(profile) {
    const { document } = profile;
    const rules = get(document.profile, 'syscalls');
    if (document.format !== 'profile' || rules?.kind !== 'sequence') return [];
    return rules.items.flatMap((rule) => {
      const sides = (['includes', 'excludes'] as const).map((key) => get(rule, key));
      const wrong = sides.flatMap((side) => [
        ...texts(get(side, 'caps')).filter(({ text }) => !capabilityNames.includes(text)),
        ...texts(get(side, 'arches')).filter(({ text }) => !goArches.includes(text)),
      ]);
      const [needed = [], barred = []] = sides.map((side) => texts(get(side, 'caps')));
      const both = barred.filter(({ text }) => needed.some((one) => one.text === text));
      return [
        ...wrong.map(({ text, node }) =>
          findingAt(profile, impossibleFilter.rule, `The rule asks for \`${text}\`, and nothing is called so.`, node),
        ),
        ...both.map(({ text, node }) =>
          findingAt(profile, impossibleFilter.rule, `The rule needs \`${text}\`, and is left out with it.`, node),
        ),
      ];
    });
  },
};

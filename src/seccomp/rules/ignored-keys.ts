import { get } from '../../documents/node.ts';
import { listed } from '../../report/text.ts';
import { casesText } from './cases.ts';
import { findingAt, type Case, type ProfileRule } from './profile-rule.ts';

/** Whether a case takes a rule for unconditional that is written for some machines or capabilities only. */
export function ignoresConditions({ environment: { loader }, loaded }: Case): boolean {
  return (
    (loader === 'containerd' || loader === 'none') &&
    (loaded?.syscalls ?? []).some(({ source }) => get(source, 'includes') ?? get(source, 'excludes'))
  );
}

export const ignoredKeys: ProfileRule = {
  rule: {
    id: 'seccomp/ignored-conditions',
    title: 'A target ignores the conditions under which rules count',
    why:
      'Only Docker and Podman read `includes` and `excludes`. containerd (and with it Kubernetes) and bare runtimes read the OCI format: each of these ' +
      'rules counts always, so what is meant for CAP_SYS_ADMIN is allowed to everybody.',
    fix: 'Write a profile in the OCI format for such targets, without `includes`, `excludes` and `archMap`; or take the target out of the policy.',
    outcome: 'fail',
    reference: 'https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp',
  },
  check(profile) {
    const cases = profile.cases.filter(ignoresConditions);
    const rules = cases[0]?.loaded?.syscalls ?? [];
    const conditional = rules.filter(({ source }) => get(source, 'includes') ?? get(source, 'excludes'));
    const [first] = conditional;
    if (first === undefined) return [];
    const names = [...new Set(conditional.flatMap((rule) => rule.names))];
    const message = `\`includes\` and \`excludes\` are ignored by ${casesText(cases, profile.cases)}: these rules count there always, and what the profile means there was not judged further (${listed(names)}).`;
    return [findingAt(profile, ignoredKeys.rule, message, first.source)];
  },
};

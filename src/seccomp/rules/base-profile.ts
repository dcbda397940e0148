import { get, type Node } from '../../documents/node.ts';
import { findingAt, type JudgedProfile, type ProfileRule } from './profile-rule.ts';

/** The name of the profile that a custom resource builds on. */
export function baseProfileOf({ document: { format, profile } }: JudgedProfile): Node | undefined {
  return format === 'custom-resource' ? get(profile, 'baseProfileName') : undefined;
}

export const baseProfile: ProfileRule = {
  rule: {
    id: 'seccomp/base-profile',
    title: 'The profile builds on one that is not here',
    why: 'The operator joins its rules with those of the base profile in the cluster or in a registry: what the two do together was not judged.',
    fix: 'Join the two profiles (`spoc merge`), and check the result.',
    outcome: 'inconclusive',
    reference: 'https://github.com/kubernetes-sigs/security-profiles-operator/blob/main/installation-usage.md',
  },
  check(profile) {
    const base = baseProfileOf(profile);
    if (base === undefined) return [];
    const name = base.kind === 'scalar' ? String(base.value) : '';
    return [findingAt(profile, baseProfile.rule, `The rules of \`${name}\` are not known here.`, base)];
  },
};

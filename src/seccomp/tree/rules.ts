import { defineRules } from '../../report/rule.ts';

/** What can be wrong with how services and profiles go together. */
export const treeRules = defineRules({
  localhostUnknown: {
    id: 'seccomp/localhost-profile-unknown',
    title: "A container runs under a profile of the node's that is not here",
    why: 'What the profile lets through was not judged. When the node does not have it either, the container does not start.',
    fix: 'Keep the profile in this repository, under the same path or as a SeccompProfile of that name, and give its folder in `paths`.',
    outcome: 'inconclusive',
    reference: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
  },
});

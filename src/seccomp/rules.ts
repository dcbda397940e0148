import { defineRules } from '../report/rule.ts';

const profileReference = 'https://docs.docker.com/engine/security/seccomp/';
const ociReference = 'https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp';

/** What seccomp-validate checks. */
export const seccompRules = defineRules({
  unreadable: {
    id: 'seccomp/unreadable',
    title: 'A profile or Compose file cannot be read',
    why: 'What cannot be read cannot be judged, and the runtime will refuse it or read it differently.',
    fix: 'Correct the file at the place given.',
    outcome: 'fail',
  },
  noFilter: {
    id: 'seccomp/no-filter',
    title: 'The profile filters nothing',
    why: 'runc and Docker take a profile without a default action and without rules for "no seccomp" and start the service unconfined, without a word.',
    fix: 'Give the profile a `defaultAction` (such as SCMP_ACT_ERRNO) and a `syscalls` list.',
    outcome: 'fail',
    reference: profileReference,
  },
  noDefaultAction: {
    id: 'seccomp/no-default-action',
    title: 'The profile has rules but no default action',
    why: 'The runtime refuses to start a container under it.',
    fix: 'Add `defaultAction`, for an allow-list SCMP_ACT_ERRNO.',
    outcome: 'fail',
    reference: ociReference,
  },
  unknownKey: {
    id: 'seccomp/unknown-key',
    title: 'The profile has a key that no runtime reads',
    why: 'A misspelt key is skipped in silence, and with it everything below it: the rule you wrote does not exist.',
    fix: 'Correct the spelling, or remove the key.',
    outcome: 'fail',
    reference: ociReference,
  },
  duplicateKey: {
    id: 'seccomp/duplicate-key',
    title: 'A key stands twice',
    why: 'Runtimes disagree on which of the two counts (crun 1.8 takes the first, runc and crun 1.28 the last).',
    fix: 'Keep one of them.',
    outcome: 'fail',
  },
  wrongType: {
    id: 'seccomp/wrong-type',
    title: 'A value has the wrong type',
    why: 'Some runtimes refuse the profile; crun takes a number written as text for a condition that never holds, which opens the filter.',
    fix: 'Write the value as the type given.',
    outcome: 'fail',
    reference: ociReference,
  },
  unknownAction: {
    id: 'seccomp/unknown-action',
    title: 'The profile names an action that does not exist',
    why: 'The runtime refuses to start a container under it.',
    fix: 'Use one of the actions of the OCI runtime specification.',
    outcome: 'fail',
    reference: ociReference,
  },
  unknownOperator: {
    id: 'seccomp/unknown-operator',
    title: 'A condition names an operator that does not exist',
    why: 'The runtime refuses to start a container under it.',
    fix: 'Use one of the SCMP_CMP_ operators of the OCI runtime specification.',
    outcome: 'fail',
    reference: ociReference,
  },
  unknownArchitecture: {
    id: 'seccomp/unknown-architecture',
    title: 'The profile names an architecture that does not exist',
    why: 'The runtime refuses to start a container under it, or filters only the native architecture.',
    fix: 'Use the SCMP_ARCH_ names of the OCI runtime specification.',
    outcome: 'fail',
    reference: ociReference,
  },
  unknownSyscall: {
    id: 'seccomp/unknown-syscall',
    title: 'A rule names a system call that does not exist',
    why: 'runc and Docker drop the name in silence: the call you meant is neither allowed nor denied by this rule.',
    fix: 'Correct the name; `man 2 syscalls` lists them.',
    outcome: 'fail',
  },
  architecturesAndArchMap: {
    id: 'seccomp/architectures-and-arch-map',
    title: 'The profile has both `architectures` and `archMap`',
    why: 'Docker and Podman refuse it; runc and crun alone ignore `archMap`.',
    fix: 'Keep `archMap` for Docker and Podman, or `architectures` for a bare OCI runtime.',
    outcome: 'fail',
    reference: profileReference,
  },
  nameAndNames: {
    id: 'seccomp/name-and-names',
    title: 'A rule has both `name` and `names`',
    why: 'Docker and Podman refuse it; runc and crun alone ignore `name`.',
    fix: 'Put every name into `names`.',
    outcome: 'fail',
    reference: profileReference,
  },
});

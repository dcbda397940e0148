import { get } from '../../documents/node.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';

export const listener: ProfileRule = {
  rule: {
    id: 'seccomp/listener',
    title: 'The profile hands calls to a program outside the container',
    why: 'The runtime sends a descriptor to the socket at `listenerPath`; without a program that listens there the container does not start, and with one that program decides what runs.',
    fix: 'Take `listenerPath` out when no rule notifies; else make sure that only the engine can reach the socket.',
    outcome: 'warning',
    reference: 'https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp',
  },
  check(profile) {
    const path = get(profile.document.profile, 'listenerPath');
    if (path?.kind !== 'scalar' || path.value === '' || path.value === null) return [];
    return [
      findingAt(profile, listener.rule, `The profile hands calls to the program behind \`${path.value}\`.`, path),
    ];
  },
};

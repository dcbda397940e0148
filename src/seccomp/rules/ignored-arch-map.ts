import { get } from '../../documents/node.ts';
import { casesText } from './cases.ts';
import { findingAt, type ProfileRule } from './profile-rule.ts';

export const ignoredArchMap: ProfileRule = {
  rule: {
    id: 'seccomp/ignored-arch-map',
    title: 'A target does not read `archMap`',
    why: "Only Docker and Podman do. containerd (and with it Kubernetes) and bare runtimes filter the machine's own calls and kill threads that call it in another way, such as 32-bit programs.",
    fix: 'Nothing, when no 32-bit program runs in the service; else use `architectures`, which every target reads.',
    outcome: 'note',
  },
  check(profile) {
    const map = get(profile.document.profile, 'archMap');
    if (profile.document.format !== 'profile' || map?.kind !== 'sequence' || map.items.length === 0) return [];
    const blind = profile.filtered.filter(
      ({ environment: { loader } }) => loader === 'containerd' || loader === 'none',
    );
    if (blind.length === 0) return [];
    return [
      findingAt(
        profile,
        ignoredArchMap.rule,
        `\`archMap\` is not read by ${casesText(blind, profile.filtered)}: the architectures that it lists do not count there.`,
        map,
      ),
    ];
  },
};

import { get } from '../../documents/node.ts';
import { architectures } from '../syscalls/architectures.ts';
import { casesText } from './cases.ts';
import { findingAt, type FilteredCase, type ProfileRule } from './profile-rule.ts';

export const hostMissing: ProfileRule = {
  rule: {
    id: 'seccomp/host-not-listed',
    title: 'The profile lists architectures, but not that of a machine it runs on',
    why:
      "The machine's own calls are filtered all the same, but programs that call it in another way (32-bit ones) are killed there, and runc before 1.1.15 " +
      'answers calls newer than the profile with EPERM instead of ENOSYS.',
    fix: 'List the architecture, with its sub-architectures where 32-bit programs must run; or take the machine out of the policy.',
    outcome: 'warning',
  },
  check(profile) {
    const { document, filtered } = profile;
    const list = get(document.profile, 'architectures');
    const map = get(document.profile, 'archMap');
    const names = [
      ...(list?.kind === 'sequence' ? list.items : []),
      ...(map?.kind === 'sequence' ? map.items.map((entry) => get(entry, 'architecture')) : []),
    ].flatMap((node) => (node?.kind === 'scalar' ? [String(node.value).toUpperCase()] : []));
    if (names.length === 0 || names.some((name) => name.endsWith('NATIVE'))) return [];
    const isMissing = ({ environment: { host } }: FilteredCase): boolean => !names.includes(architectures[host].scmp);
    const hosts = new Set(filtered.filter(isMissing).map(({ environment: { host } }) => host));
    if (hosts.size === 0) return [];
    const message = `${[...hosts].map((host) => architectures[host].scmp).join(', ')} is not listed; affected: ${casesText(filtered.filter(isMissing), filtered)}.`;
    return [findingAt(profile, hostMissing.rule, message, list ?? map ?? { line: 1, column: 1 })];
  },
};

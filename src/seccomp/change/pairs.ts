import type { Service } from '../../services/service.ts';
import { addedCapabilities } from '../capabilities.ts';
import type { SeccompTree } from '../tree/tree.ts';
import type { ProfileUse } from './change.ts';

/** A profile before and after a change, and whom it is about. */
export interface ProfilePair {
  readonly before: NamedProfile;
  readonly after: NamedProfile;
  /** Services as findings name them, or the file of a profile that is compared for its own sake. */
  readonly users: readonly string[];
}

interface NamedProfile extends ProfileUse {
  /** Path from the workspace, or words for what is no file. */
  readonly name: string;
  readonly isFile: boolean;
}

const none: ReadonlySet<string> = new Set();

/** What every engine takes for "no filter", as a profile. */
const nothing: NamedProfile = {
  name: 'no filter',
  text: '{"defaultAction": "SCMP_ACT_ALLOW"}',
  isFile: false,
  capabilities: none,
};

/**
 * The profiles that differ between two states of a repository: of each service that both have, and of each file that
 * no such service kept: a service with a new name hides nothing.
 * @param dockerDefault what a service of a Compose project without a profile runs under, and RuntimeDefault
 */
export function changedProfiles(base: SeccompTree, head: SeccompTree, dockerDefault: string): ProfilePair[] {
  const pairs = new Map<string, ProfilePair & { users: string[] }>();
  const add = (user: string, before: NamedProfile, after: NamedProfile): void => {
    if (before.text === after.text && capabilitiesText(before) === capabilitiesText(after)) return;
    const key = [before.name, capabilitiesText(before), after.name, capabilitiesText(after)].join('\n');
    const pair = pairs.get(key) ?? { before, after, users: [] };
    pair.users.push(user);
    pairs.set(key, pair);
  };
  const known = new Map(base.services.map((service) => [identity(service), service]));
  const compared = new Set<string>();
  for (const service of head.services) {
    const old = known.get(identity(service));
    if (old === undefined) continue;
    add(service.resource, profileUnder(old, base, dockerDefault), profileUnder(service, head, dockerDefault));
    const file = head.profileOf.get(service);
    if (file !== undefined && file === base.profileOf.get(old)) compared.add(file);
  }
  for (const [file, text] of head.profiles) {
    const old = base.profiles.get(file);
    if (old !== undefined && !compared.has(file)) add(file, fileAs(file, old), fileAs(file, text));
  }
  return [...pairs.values()];
}

function capabilitiesText({ capabilities }: NamedProfile): string {
  return [...capabilities].sort().join();
}

function fileAs(name: string, text: string, capabilities = none): NamedProfile {
  return { name, text, isFile: true, capabilities };
}

function identity({ resource, place }: Service): string {
  return `${place.file ?? ''} ${resource}`;
}

/** What a service runs under, profile or not. */
function profileUnder(service: Service, tree: SeccompTree, dockerDefault: string): NamedProfile {
  const { seccomp, privileged, kind } = service;
  const file = tree.profileOf.get(service);
  const ignoresProfile = privileged.value && (kind === 'kubernetes' || file === undefined);
  if (ignoresProfile || seccomp.kind === 'unconfined') return nothing;
  const capabilities = addedCapabilities([service]);
  if (file !== undefined) return fileAs(file, tree.profiles.get(file) ?? nothing.text, capabilities);
  const isDefault = seccomp.kind === 'runtime-default' || (seccomp.kind === 'none' && kind === 'compose');
  return isDefault ? { name: "the runtime's default", text: dockerDefault, isFile: false, capabilities } : nothing;
}

import { normalize, resolve } from 'node:path';
import { milliseconds } from '../../documents/duration.ts';
import type { Finding } from '../../report/report.ts';
import type { Service } from '../../services/service.ts';
import { addedCapabilities } from '../capabilities.ts';
import type { Loader } from '../loading/profile.ts';
import type { StartEntry } from '../start-schema.ts';
import { workspaceFolder } from './bundle.ts';
import type { StartCheck } from './check.ts';
import { enforceRules } from './rules.ts';
import type { Ready, Start } from './start.ts';

/** User of a program where neither the policy nor the service says a number: one without rights. */
export const unprivileged = { uid: 10_001, gid: 10_001 } as const;

const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What the starts of a policy are about. */
export interface StartWorld {
  readonly services: readonly Service[];
  /** Text of each profile, by its path from the workspace. */
  readonly profiles: ReadonlyMap<string, string>;
  /** The file of `profiles` that a service runs under. */
  readonly profileOf: ReadonlyMap<Service, string>;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Name of the policy's file, for findings about it. */
  readonly policy: string;
  /** Who reads profiles that no service names. */
  readonly loader: Loader;
}

/** Turns the entries of a policy into starts. An entry that fits no service, or one without a profile of its own, is a finding. */
export function planStarts(
  entries: readonly StartEntry[],
  world: StartWorld,
): { checks: StartCheck[]; findings: Finding[] } {
  const checks: StartCheck[] = [];
  const findings: Finding[] = [];
  for (const entry of entries) {
    const planned = planStart(entry, world);
    if (typeof planned !== 'string') checks.push(planned);
    else findings.push({ rule: enforceRules.cannotBeTried, message: planned, place: { file: world.policy } });
  }
  return { checks, findings };
}

/** A start, or why there is none. */
function planStart(entry: StartEntry, world: StartWorld): StartCheck | string {
  const { root, services, profiles, profileOf, loader } = world;
  const service = services.find(({ name }) => name === entry.service);
  if (entry.service !== undefined && service === undefined)
    return `\`starts\` names the service \`${entry.service}\`, and there is none.`;
  const file = service === undefined ? normalize(entry.profile ?? '') : profileOf.get(service);
  const resource = service?.resource ?? entry.profile ?? '';
  if (file === undefined) return `\`${resource}\` has no profile of its own to be started under.`;
  const text = profiles.get(file);
  if (text === undefined) return `The profile \`${file}\` is not among the files that were read.`;
  const command = entry.command ?? service?.command ?? [];
  if (command.length === 0)
    return `\`starts\` gives no \`command\` for \`${resource}\`, and nothing that was read says one.`;
  return {
    resource,
    start: startOf(entry, command, service, root),
    profile: { file, text },
    loader: service === undefined ? loader : service.kind === 'compose' ? 'moby' : 'containerd',
  };
}

/**
 * How a program is started.
 * @param root absolute path of the workspace, in which `root` of the entry lies
 */
export function startOf(
  entry: StartEntry,
  command: readonly string[],
  service: Service | undefined,
  root: string,
): Start {
  const isHost = entry.root === 'host';
  return {
    command,
    cwd: resolve(isHost ? workspaceFolder : '/', entry['working-folder']),
    env: { PATH: searchPath, ...entry.environment },
    user: userOf(entry, service),
    rootfs: isHost ? 'host' : { folder: resolve(root, entry.root) },
    ...(isHost && { workspace: root }),
    writable: entry.writable,
    capabilities: [...addedCapabilities(service === undefined ? [] : [service])],
    noNewPrivileges: service?.noNewPrivileges.value ?? true,
    ready: readyOf(entry.ready),
    readyWithin: milliseconds(entry['ready-within']),
    steadyFor: milliseconds(entry['steady-for']),
    stopSignal: entry['stop-signal'],
    stopWithin: milliseconds(entry['stop-within']),
  };
}

function userOf({ user }: StartEntry, service: Service | undefined): Start['user'] {
  if (user !== undefined) {
    const [uid = 0, gid = 0] = user.split(':').map(Number);
    return { uid, gid };
  }
  const { uid = unprivileged.uid, gid = unprivileged.gid } = service?.user.value ?? {};
  return { uid, gid };
}

function readyOf(ready: StartEntry['ready']): Ready {
  if ('exit' in ready) return { kind: 'exit', code: ready.exit };
  if ('port' in ready) return { kind: 'tcp', port: ready.port };
  if ('http' in ready) return { kind: 'http', url: ready.http, status: ready.status };
  return { kind: 'command', argv: ready.command };
}

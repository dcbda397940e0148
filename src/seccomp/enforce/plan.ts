import { resolve } from 'node:path';
import { milliseconds } from '../../documents/duration.ts';
import type { Finding } from '../../report/report.ts';
import type { Service } from '../../services/service.ts';
import type { Loader } from '../loading/profile.ts';
import type { StartEntry } from '../start-schema.ts';
import type { StartCheck } from './check.ts';
import { enforceRules } from './rules.ts';
import type { Ready, Start } from './start.ts';

/** User of a program where neither the policy nor the service says a number: one without rights. */
export const unprivileged = { uid: 10_001, gid: 10_001 } as const;

const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What the starts of a policy are about. */
export interface StartWorld {
  readonly services: readonly Service[];
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Name of the policy's file, for findings about it. */
  readonly policy: string;
  /** Reads profiles that no service names; that of a service is `profileOf`. */
  readonly loader: Loader;
  /** Absolute path of the profile that a service runs under; undefined for none of its own. */
  readonly profileOf: (service: Service) => string | undefined;
  /** Text of a profile by its absolute path; undefined when it cannot be read. */
  readonly textOf: (path: string) => string | undefined;
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
  const { root, services, loader, profileOf, textOf } = world;
  const service = services.find(({ name }) => name === entry.service);
  if (entry.service !== undefined && service === undefined)
    return `\`starts\` names the service \`${entry.service}\`, and there is none.`;
  const path = service === undefined ? resolve(root, entry.profile ?? '') : profileOf(service);
  const resource = service?.resource ?? entry.profile ?? '';
  if (path === undefined) return `\`${resource}\` has no profile of its own to be started under.`;
  const text = textOf(path);
  if (text === undefined) return `The profile of \`${resource}\` cannot be read.`;
  const command = entry.command ?? service?.command ?? [];
  if (command.length === 0)
    return `\`starts\` gives no \`command\` for \`${resource}\`, and nothing that was read says one.`;
  return {
    resource,
    start: startOf(entry, command, service, root),
    profile: { file: path.slice(root.length + 1), text },
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
  return {
    command,
    cwd: entry['working-folder'],
    env: { PATH: searchPath, ...entry.environment },
    user: userOf(entry, service),
    rootfs: entry.root === 'host' ? 'host' : { folder: resolve(root, entry.root) },
    writable: entry.writable,
    capabilities: (service?.addedCapabilities ?? []).map(({ value }) => `CAP_${value}`),
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

import type { Exec } from '../../effects/effects.ts';
import type { Environment, Loader, Runtime as RuntimeModel } from '../loading/profile.ts';
import type { LibseccompRelease } from '../syscalls/lookup.ts';
import type { Runtime } from './start.ts';

/** runc is in folders that a user's PATH often lacks. */
const whereIs = 'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; command -v -- "$1"';

/**
 * What can enforce a profile here: runc and crun; where neither is there, docker or podman. Empty when nothing is, or when this process
 * can become root in no way: a container of another user has other rights than a service's, so it proves nothing.
 */
export async function findRuntimes(exec: Exec): Promise<Runtime[]> {
  const asRoot = await wordsForRoot(exec);
  if (asRoot === undefined) return [];
  const direct = await Promise.all([find(exec, 'runc', asRoot), find(exec, 'crun', asRoot)]);
  const found = direct.filter((runtime) => runtime !== undefined);
  if (found.length > 0) return found;
  const engines = await Promise.all([find(exec, 'docker', asRoot), find(exec, 'podman', asRoot)]);
  return engines.filter((runtime) => runtime !== undefined);
}

/** Undefined when neither this process is root nor sudo makes it so without a password. */
async function wordsForRoot(exec: Exec): Promise<readonly string[] | undefined> {
  const { stdout } = await exec('id', ['-u']);
  if (stdout.trim() === '0') return [];
  const { code } = await exec('sudo', ['-n', 'true']).catch(() => ({ code: 1 }));
  return code === 0 ? ['sudo', '-n'] : undefined;
}

async function find(exec: Exec, name: Runtime['name'], asRoot: readonly string[]): Promise<Runtime | undefined> {
  const located = await exec('sh', ['-c', whereIs, 'sh', name]);
  const path = located.stdout.trim();
  if (located.code !== 0 || !path.startsWith('/')) return undefined;
  const { code, stdout } = await exec(path, ['--version']);
  const version = /version\s+v?(\d[\w.+~-]*)/.exec(stdout)?.[1];
  return code === 0 && version !== undefined ? { name, version, path, asRoot } : undefined;
}

/** What a profile's meaning depends on besides the runtime. */
export interface Machine {
  readonly host: 'x86_64' | 'aarch64';
  readonly kernel: readonly [number, number];
  readonly libseccomp: LibseccompRelease;
}

/** The machine this process runs on; undefined for an architecture that the model does not know. */
export async function readMachine(exec: Exec): Promise<Machine | undefined> {
  const { stdout } = await exec('uname', ['-mr']);
  const [, major, minor, host] = /^(\d+)\.(\d+)\S*\s+(\S+)/.exec(stdout.trim()) ?? [];
  if (host !== 'x86_64' && host !== 'aarch64') return undefined;
  // Of the three only a loader's own reading is used here, which asks libseccomp for nothing.
  return { host, kernel: [Number(major), Number(minor)], libseccomp: '2.5.4' };
}

/** The environment of the model that a profile is loaded for. The runtime's generation is told by its version. */
export function environmentOf(
  { name, version }: Pick<Runtime, 'name' | 'version'>,
  machine: Machine,
  capabilities: readonly string[],
  loader: Loader,
): Environment {
  return { ...machine, loader, runtime: modelOf(name, version), capabilities: new Set(capabilities) };
}

function modelOf(name: Runtime['name'], version: string): RuntimeModel {
  const [major = 0, minor = 0] = version.split('.').map((part) => parseInt(part, 10));
  if (name === 'crun' || name === 'podman') return major === 1 && minor < 9 ? 'crun 1.8.1' : 'crun 1.28';
  // Docker brings runc 1.2 or newer since version 28.
  const isOld = name === 'runc' ? major === 1 && minor < 2 : major < 28;
  return isOld ? 'runc 1.1.5' : 'runc 1.3.6';
}

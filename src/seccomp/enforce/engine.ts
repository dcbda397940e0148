import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { ExecOptions, ExecResult } from '../../effects/effects.ts';
import type { BareProfile } from '../loading/profile.ts';
import { ociText } from './bundle.ts';
import { housekeeping, maxOutput, withLogin, type Container, type Ended, type Observation } from './container.ts';
import type { EnforceEffects, Runtime, Start } from './start.ts';

/** Two empty blocks are an empty tar archive (POSIX pax, "ustar Interchange Format"). */
const emptyArchive = new Uint8Array(1024);
const emptyImage = 'slipway-empty:latest';
/** Folders that a container has of its own. */
const ownFolders = ['dev', 'proc', 'run', 'sys', 'tmp'];

/**
 * Starts a container with docker or podman, for machines where a runtime cannot be called by itself: an empty image with the root's folders
 * mounted read-only. Options as docs.docker.com "docker container run" has them; podman takes the same.
 * @param limit milliseconds after which it is killed; an engine's daemon goes on without Slipway, so this holds only while Slipway runs
 */
export async function openEngineContainer(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: BareProfile | undefined,
  { login = 0, limit }: Observation & { readonly limit: number },
): Promise<Container> {
  const { exec, files } = effects;
  const id = `slipway-${randomInt(2 ** 47).toString(36)}`;
  const file = join(effects.temp, `${id}.json`);
  const asRoot = (argv: readonly string[], options: ExecOptions): Promise<ExecResult> => {
    const [word = '', ...rest] = [...runtime.asRoot, ...argv];
    return exec(word, rest, { maxOutput, ...options });
  };
  const engine = (args: readonly string[], options: ExecOptions = {}): Promise<ExecResult> =>
    asRoot([runtime.path, ...args], { timeout: housekeeping, ...options });
  if (profile !== undefined) await files.write(file, ociText(profile));
  await engine(['import', '-', emptyImage], { input: emptyArchive, timeout: limit });
  const args = runArguments(start, id, profile === undefined ? 'unconfined' : file, await rootFolders(exec, start));
  const words = ['sh', '-c', withLogin, 'sh', String(login), runtime.path, 'run', ...args];

  const state = { over: false };
  const isOver = (): boolean => state.over;
  const ended = asRoot(words, { timeout: limit })
    .then(async ({ code, stderr }): Promise<Ended> => {
      const inspected = await engine(['inspect', '--format', '{{.State.Error}}', id]);
      const logs = await engine(['logs', '--tail', '200', id]);
      await engine(['rm', '--force', '--volumes', id]);
      await files.remove(file);
      // 125 is the engine's own failure; for one of the runtime it keeps the message in the container's state.
      const isRefused = code === 125 || (inspected.code === 0 && inspected.stdout.trim() !== '');
      return {
        code: code ?? 137,
        output: `${logs.stdout}${logs.stderr}`,
        refusal: isRefused ? inspected.stdout.trim() || stderr.trim() || 'no reason given' : '',
      };
    })
    .finally(() => {
      state.over = true;
    });
  ended.catch(() => undefined);

  const firstProcess = async (): Promise<number | undefined> => {
    const { code, stdout } = await engine(['inspect', '--format', '{{.State.Pid}}', id]);
    const pid = Number(stdout.trim());
    return code === 0 && pid > 0 ? pid : undefined;
  };
  return {
    ended,
    isOver,
    firstProcess,
    beside: async (argv, { network, timeout }) => {
      const first = await firstProcess();
      if (isOver() || first === undefined) return undefined;
      return asRoot([...(network ? ['nsenter', '--target', String(first), '--net', '--'] : []), ...argv], { timeout });
    },
    inside: async (argv, timeout) => (isOver() ? undefined : engine(['exec', id, ...argv], { timeout })),
    signal: async (name) => {
      await engine(['kill', '--signal', name, id]);
    },
    kill: async () => {
      if (isOver()) return;
      await engine(['kill', '--signal', 'KILL', id]);
      await ended.catch(() => undefined);
    },
  };
}

/** `/usr:/usr:ro` for each folder of the root file system. */
async function rootFolders(exec: EnforceEffects['exec'], { rootfs }: Start): Promise<string[]> {
  const root = rootfs === 'host' ? '/' : rootfs.folder;
  const { stdout } = await exec('ls', ['-A1', '--', root]);
  const names = stdout.split('\n').filter((name) => name !== '' && !ownFolders.includes(name));
  return names.map((name) => `${join(root, name)}:/${name}:ro`);
}

function runArguments(start: Start, id: string, profile: string, volumes: readonly string[]): string[] {
  const { uid, gid } = start.user;
  const [program = '', ...rest] = start.command;
  const repeated = (option: string, values: readonly string[]): string[] => values.flatMap((value) => [option, value]);
  return [
    ...['--name', id, '--network', 'none', '--read-only', '--user', `${uid}:${gid}`, '--workdir', start.cwd],
    ...['--cap-drop', 'ALL', ...repeated('--cap-add', start.capabilities), '--security-opt', `seccomp=${profile}`],
    ...(start.noNewPrivileges ? ['--security-opt', 'no-new-privileges'] : []),
    ...repeated(
      '--env',
      Object.entries(start.env).map(([name, value]) => `${name}=${value}`),
    ),
    ...repeated(
      '--tmpfs',
      start.writable.map((path) => `${path}:rw,nosuid,nodev,mode=0755,uid=${uid},gid=${gid}`),
    ),
    ...repeated('--volume', volumes),
    ...['--entrypoint', program, emptyImage, ...rest],
  ];
}

import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import { environmentOf, expand, type ReadData } from './environment.ts';
import type { ImageConfig, UnpackedImage } from './image.ts';
import { isRoot } from './machine-client.ts';
import type { ContainerStart } from './machine-protocol.ts';
import type { Container, Pod } from './pod.ts';
import { resolveFolder } from './unpack.ts';

/** Who a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/**
 * What a pod asks for that the stand-in does not do. Such a pod is not started: a pod that runs without half of its
 * parts would prove nothing.
 */
export function unsupported({ spec }: Pod): string | undefined {
  if ((spec.initContainers ?? []).length > 0) return 'init containers';
  if (spec.hostNetwork === true) return '`hostNetwork`';
  const volume = spec.volumes?.find((candidate) => candidate.emptyDir === undefined);
  if (volume !== undefined) return `the volume \`${volume.name}\` (only \`emptyDir\` is supported)`;
  const probe = spec.containers.find(({ readinessProbe: p }) => p?.exec !== undefined || p?.grpc !== undefined);
  if (probe !== undefined)
    return `the readiness probe of \`${probe.name}\` (only \`httpGet\` and \`tcpSocket\` are supported)`;
  return undefined;
}

/**
 * Everything the machine needs to start a container.
 * @param address the pod's own
 * @throws ConfigError
 */
export async function containerStart(
  pod: Pod,
  container: Container,
  image: UnpackedImage,
  address: string,
  log: string,
  read: ReadData,
): Promise<ContainerStart> {
  const env = await environmentOf(image.config.Env ?? [], container, pod, address, read);
  const user = userOf(pod, container, image);
  const workingDir = container.workingDir ?? image.config.WorkingDir ?? '';
  const emptyFolders = (container.volumeMounts ?? []).map(({ mountPath }) => mountPath);
  if (emptyFolders.some((path) => path.split('/').includes('..')))
    throw new ConfigError('a mount path leads out of the container');
  return {
    root: image.root,
    command: commandOf(container, image.config, env),
    env: { PATH: defaultPath, ...env },
    workingDir: workingDir === '' ? '/' : workingDir,
    ...(isRoot() && { user }),
    readOnly: container.securityContext?.readOnlyRootFilesystem === true,
    emptyFolders,
    hosts: `127.0.0.1 localhost\n::1 localhost\n${address} ${pod.metadata.name}\n`,
    log,
  };
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** `command` replaces the image's entry point and its arguments, `args` only the arguments (Kubernetes API v1, Container). */
export function commandOf(container: Container, image: ImageConfig, env: Readonly<Record<string, string>>): string[] {
  const own = (words: readonly string[]): string[] => words.map((word) => expand(word, env));
  const entrypoint = container.command === undefined ? (image.Entrypoint ?? []) : own(container.command);
  const ofImage = container.command === undefined ? (image.Cmd ?? []) : [];
  const command = [...entrypoint, ...(container.args === undefined ? ofImage : own(container.args))];
  if (command.length === 0) throw new ConfigError('neither the pod nor the image says what to start');
  return command;
}

/** The pod's numbers, else the image's user, looked up in the image. */
export function userOf({ spec }: Pod, container: Container, image: UnpackedImage): User {
  const context = { ...spec.securityContext, ...container.securityContext };
  const named = imageUser(image);
  const user = { uid: context.runAsUser ?? named.uid, gid: context.runAsGroup ?? named.gid };
  if (context.runAsNonRoot === true && user.uid === 0)
    throw new ConfigError('the pod demands `runAsNonRoot`, and the image runs as root');
  return user;
}

/** `User` of an image: `name`, `uid`, `name:group`, `uid:gid`, or nothing for root. */
function imageUser({ root, config }: UnpackedImage): User {
  const [name = '', group] = (config.User ?? '').split(':');
  const entry = lookUp(root, 'passwd', name);
  const uid = /^\d+$/.test(name) ? Number(name) : name === '' ? 0 : entry?.[2];
  const gid =
    group === undefined ? (entry?.[3] ?? 0) : /^\d+$/.test(group) ? Number(group) : lookUp(root, 'group', group)?.[2];
  if (uid === undefined || gid === undefined)
    throw new ConfigError(`the image does not know its own user \`${config.User}\``);
  return { uid: Number(uid), gid: Number(gid) };
}

/** The line of `/etc/passwd` or `/etc/group` with a name or, for users, a number. */
function lookUp(root: string, file: 'passwd' | 'group', name: string): string[] | undefined {
  if (name === '' || !existsSync(join(root, 'etc'))) return undefined;
  const path = join(resolveFolder(root, ['etc']), file);
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  return lines.find((fields) => fields[0] === name || (file === 'passwd' && fields[2] === name));
}

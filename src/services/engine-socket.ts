import { posix } from 'node:path';

/** Where engines put their sockets; some put them elsewhere too, under the same name. */
const sockets = [
  '/run/docker.sock',
  '/run/podman/podman.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/cri-dockerd.sock',
  '/run/buildkit/buildkitd.sock',
  '/run/k3s/containerd/containerd.sock',
];
const names = new Set([...sockets.map((path) => posix.basename(path)), 'docker_engine']);

/**
 * Whether a path of the host is the socket of a container engine or a folder that holds one, such as `/run` or `/`.
 * `/var/run` is `/run`; below `/run/user` every user has sockets of the same names.
 */
export function holdsEngineSocket(path: string): boolean {
  const normal = posix.normalize(path).replace(/(?<=.)\/$/, '');
  if (names.has(posix.basename(normal))) return true;
  const folder = normal.replace(/^\/var\/run(?=\/|$)/, '/run').replace(/^\/run\/user(?:\/\d+)?(?=\/|$)/, '/run');
  if (folder === '/' || folder === '/var') return true;
  return sockets.some((socket) => socket.startsWith(`${folder}/`));
}

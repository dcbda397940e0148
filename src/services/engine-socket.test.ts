import { expect, it } from '@jest/globals';
import { holdsEngineSocket } from './engine-socket.ts';

it.each([
  ...['/var/run/docker.sock', '/run/docker.sock', '//var/run//docker.sock', '/run/containerd/containerd.sock'],
  ...[
    '/run/podman/podman.sock',
    '/run/user/1000/podman/podman.sock',
    '/run/crio/crio.sock',
    '~/.docker/run/docker.sock',
  ],
  ...['/', '/run', '/run/', '/var/run', '/var', '/run/containerd', '/run/user/1000', '/run/user', '/run/x/..'],
  '//./pipe/docker_engine',
])('%s holds the socket of an engine', (path) => expect(holdsEngineSocket(path)).toBe(true));

it.each(['/var/lib', '/run/app.sock', '/runner', '/var/running', './run', '/data/docker', '/run/user/1000/app'])(
  '%s does not',
  (path) => expect(holdsEngineSocket(path)).toBe(false),
);

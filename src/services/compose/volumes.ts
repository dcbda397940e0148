import { get, type Node } from '../../documents/node.ts';
import { holdsEngineSocket } from '../engine-socket.ts';
import { at, itemsOf, placeOf, textOf } from '../fields.ts';
import type { Placed } from '../service.ts';

interface Mount {
  /** Path on the host, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly node: Node;
}

/**
 * Mounts of a service that hold the socket of a container engine, by their path on the host.
 * @param volumes the named volumes of the project: one may stand for a folder of the host
 */
export function engineSockets(service: Node, volumes: Node | undefined): Placed<string>[] {
  const mounts = new Map<string, Mount>();
  // Of several mounts at one place Compose keeps the last.
  for (const node of itemsOf(get(service, 'volumes'))) {
    const mount = mountOf(node);
    if (mount !== undefined) mounts.set(mount.target, mount);
  }
  const held = [...mounts.values()].flatMap(({ source, node }) => {
    const path = boundFolder(source, volumes) ?? source;
    return isHostPath(path) && holdsEngineSocket(path) ? [{ value: path, place: placeOf(node) }] : [];
  });
  const api = get(service, 'use_api_socket');
  return api?.kind === 'scalar' && String(api.value) === 'true'
    ? [...held, { value: '/var/run/docker.sock', place: placeOf(api) }]
    : held;
}

function mountOf(node: Node): Mount | undefined {
  if (node.kind === 'mapping') {
    const source = textOf(get(node, 'source'));
    return source === undefined ? undefined : { source, target: textOf(get(node, 'target')) ?? '', node };
  }
  const [source = '', target] = (textOf(node) ?? '').split(':');
  return target === undefined ? undefined : { source, target, node };
}

/** The folder of the host that a named volume is bound to (`driver_opts` of the local driver). */
function boundFolder(name: string, volumes: Node | undefined): string | undefined {
  const options = at(volumes, name, 'driver_opts');
  return textOf(get(options, 'o'))?.split(',').includes('bind') === true ? textOf(get(options, 'device')) : undefined;
}

function isHostPath(source: string): boolean {
  return /^(?:[/~.\\]|[a-z]:)/i.test(source);
}

import { get, type Node } from '../../documents/node.ts';
import type { Place } from '../../report/report.ts';
import { holdsEngineSocket } from '../engine-socket.ts';
import { at, capabilityName, itemsOf, textOf, textsOf } from '../fields.ts';
import type { Placed, Service, User } from '../service.ts';
import type { PodTemplate } from './objects.ts';
import { chosenProfile } from './seccomp.ts';

/** Where a container stands in its pod. */
export type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers';

/** Where a node stands; a rendered object stands in its template. */
export type Locate = (node: Node) => Place;

/** A container as the cluster would start it: what it does not say, its pod may say (API reference, SecurityContext). */
export function containerService(node: Node, list: ContainerList, pod: PodTemplate, locate: Locate): Service {
  const name = textOf(get(node, 'name')) ?? '';
  const resource = `${pod.resource} container/${name}`;
  const own = get(node, 'securityContext');
  const ofPod = get(pod.spec, 'securityContext');
  const said = (key: string): Node | undefined => get(own, key) ?? get(ofPod, key);
  const isSidecar = list === 'initContainers' && textOf(get(node, 'restartPolicy')) === 'Always';
  return {
    name,
    resource,
    kind: 'kubernetes',
    place: { ...locate(get(node, 'name') ?? node), resource },
    image: textOf(get(node, 'image')),
    labels: labelsOf(pod.metadata),
    seccomp: chosenProfile(said('seccompProfile'), locate),
    privileged: flag(get(own, 'privileged'), 'true', locate),
    addedCapabilities: capabilities(at(own, 'capabilities', 'add'), locate),
    droppedCapabilities: capabilities(at(own, 'capabilities', 'drop'), locate),
    user: userOf(said('runAsUser'), said('runAsGroup'), said('runAsNonRoot'), locate),
    noNewPrivileges: flag(get(own, 'allowPrivilegeEscalation'), 'false', locate),
    readOnlyRoot: flag(get(own, 'readOnlyRootFilesystem'), 'true', locate),
    engineSockets: engineSockets(node, pod.spec, locate),
    limits: limitsOf(node, pod.spec, locate),
    healthCheck: probe(node, locate),
    endsByItself: (list !== 'containers' && !isSidecar) || (pod.isJob && !isSidecar),
    command: [...textsOf(get(node, 'command')), ...textsOf(get(node, 'args'))],
  };
}

function labelsOf(metadata: Node | undefined): ReadonlyMap<string, string> {
  const labels = get(metadata, 'labels');
  if (labels?.kind !== 'mapping') return new Map();
  return new Map(labels.entries.map(({ key, value }) => [String(key.value), textOf(value) ?? '']));
}

function flag(node: Node | undefined, whenTrue: string, locate: Locate): Placed<boolean> {
  return node === undefined ? { value: false } : { value: textOf(node) === whenTrue, place: locate(node) };
}

function capabilities(list: Node | undefined, locate: Locate): Placed<string>[] {
  return itemsOf(list).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ value: capabilityName(text), place: locate(item) }];
  });
}

function userOf(
  user: Node | undefined,
  group: Node | undefined,
  nonRoot: Node | undefined,
  locate: Locate,
): Placed<User> {
  const [uid, gid] = [user, group].map((node) =>
    typeof scalarOf(node) === 'number' ? Number(scalarOf(node)) : undefined,
  );
  const written = [textOf(user), textOf(group)].filter((text) => text !== undefined).join(':');
  const text = written === '' && textOf(nonRoot) === 'true' ? 'runAsNonRoot' : written;
  const node = user ?? group ?? nonRoot;
  const value = { uid, gid, text };
  return node === undefined ? { value } : { value, place: locate(node) };
}

function scalarOf(node: Node | undefined): unknown {
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** Folders of the host count where the container mounts them. */
function engineSockets(container: Node, pod: Node, locate: Locate): Placed<string>[] {
  const mounted = new Set(itemsOf(get(container, 'volumeMounts')).map((mount) => textOf(get(mount, 'name'))));
  return itemsOf(get(pod, 'volumes')).flatMap((volume) => {
    const node = at(volume, 'hostPath', 'path');
    const path = textOf(node);
    const isHeld = path !== undefined && mounted.has(textOf(get(volume, 'name'))) && holdsEngineSocket(path);
    return node !== undefined && isHeld ? [{ value: path, place: locate(node) }] : [];
  });
}

/** Limits of the pod as a whole bound each of its containers. */
function limitsOf(container: Node, pod: Node, locate: Locate): Service['limits'] {
  const own = at(container, 'resources', 'limits');
  const ofPod = at(pod, 'resources', 'limits');
  const has = (name: string): boolean => get(own, name) !== undefined || get(ofPod, name) !== undefined;
  const value = { cpu: has('cpu'), memory: has('memory') };
  const node = own ?? ofPod;
  return node === undefined ? { value } : { value, place: locate(node) };
}

function probe(container: Node, locate: Locate): Placed<boolean> {
  const node = get(container, 'livenessProbe') ?? get(container, 'readinessProbe');
  return node === undefined ? { value: false } : { value: true, place: locate(node) };
}

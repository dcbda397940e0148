import { get, type Entry, type Node } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import type { ImageDefaults } from '../dockerfile.ts';
import { at, capabilityName, itemsOf, pairsOf, placeOf, textOf } from '../fields.ts';
import { servicesRules } from '../rules.ts';
import type { Placed, Service } from '../service.ts';
import { userOf } from '../user.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { startedCommand } from './command.ts';
import { builtImage } from './image.ts';
import type { ComposeModel } from './load.ts';
import { securityOptions } from './seccomp.ts';
import { engineSockets } from './volumes.ts';

/**
 * One service of a project as Compose would start it.
 * @throws UnreadableError when its Dockerfile is no text, or Compose would refuse it
 */
export async function composeService(
  { key, value: node }: Entry,
  model: ComposeModel,
  workspace: Workspace,
): Promise<{ service: Service; findings: Finding[] }> {
  const name = String(key.value);
  const resource = `service/${name}`;
  const findings: Finding[] = [];

  if (get(node, 'image') === undefined && get(node, 'build') === undefined)
    throw new UnreadableError(
      `Service \`${name}\` has neither an \`image\` nor a \`build\`: Docker Compose refuses it.`,
      { ...placeOf(key), resource },
    );
  const build = get(node, 'build');
  const built = build === undefined ? { defaults: {} } : await builtImage(build, workspace);
  const user = textOf(get(node, 'user'));
  if ('unknown' in built && user === undefined)
    findings.push({
      rule: servicesRules.definedElsewhere,
      message: `Service \`${name}\` ${built.unknown}, and names no \`user\`: nobody here knows which one it runs as.`,
      place: { ...placeOf(build ?? key), resource },
      fix: 'Bring the Dockerfile into the workspace, or name the `user` in the Compose file.',
    });
  const image: ImageDefaults = 'defaults' in built ? built.defaults : {};
  const imageFile = 'defaults' in built ? built.file : undefined;

  const service: Service = {
    name,
    resource,
    kind: 'compose',
    place: { ...placeOf(key), resource },
    image: textOf(get(node, 'image')),
    labels: new Map([...pairsOf(get(node, 'labels'))].map(([label, value]) => [label, value ?? ''])),
    ...securityOptions(node, model.project.folder),
    privileged: flag(get(node, 'privileged')),
    addedCapabilities: capabilities(get(node, 'cap_add')),
    droppedCapabilities: capabilities(get(node, 'cap_drop')),
    user: userIn(get(node, 'user')) ?? inImage(image.user, imageFile, userOf) ?? { value: userOf('') },
    readOnlyRoot: flag(get(node, 'read_only')),
    engineSockets: engineSockets(node, model.volumes),
    limits: limitsOf(node),
    healthCheck: healthCheckOf(get(node, 'healthcheck')) ??
      inImage(image.healthCheck, imageFile, (has) => has) ?? { value: false },
    endsByItself: false,
    command: startedCommand(get(node, 'entrypoint'), get(node, 'command'), image),
  };
  return { service, findings };
}

/** Compose takes `yes` and `on` for true and says that YAML 1.2 does not. */
function flag(node: Node | undefined): Placed<boolean> {
  if (node === undefined) return { value: false };
  return { value: /^(?:true|yes|on|y)$/i.test(textOf(node) ?? ''), place: placeOf(node) };
}

function capabilities(list: Node | undefined): Placed<string>[] {
  const placed = itemsOf(list).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ value: capabilityName(text), place: placeOf(item) }];
  });
  return [...new Map(placed.map((one) => [one.value, one])).values()];
}

function userIn(node: Node | undefined): Service['user'] | undefined {
  const text = textOf(node);
  return node === undefined || text === undefined || text === ''
    ? undefined
    : { value: userOf(text), place: placeOf(node) };
}

function inImage<T, R>(
  said: { readonly value: T; readonly line: number } | undefined,
  file: string | undefined,
  make: (value: T) => R,
): Placed<R> | undefined {
  if (said === undefined) return undefined;
  return file === undefined
    ? { value: make(said.value) }
    : { value: make(said.value), place: { file, line: said.line } };
}

function limitsOf(node: Node): Service['limits'] {
  const limits = at(node, 'deploy', 'resources', 'limits');
  const cpu = [get(limits, 'cpus'), get(node, 'cpus'), get(node, 'cpu_quota')];
  const memory = [get(limits, 'memory'), get(node, 'mem_limit')];
  const place = limits ?? [...cpu, ...memory].find((limit) => limit !== undefined);
  const value = { cpu: cpu.some(isLimit), memory: memory.some(isLimit) };
  return place === undefined ? { value } : { value, place: placeOf(place) };
}

/** Zero is no limit. */
function isLimit(node: Node | undefined): boolean {
  return /[1-9]/.test(textOf(node) ?? '');
}

/** Undefined where it is left to the image. */
function healthCheckOf(node: Node | undefined): Placed<boolean> | undefined {
  const test = get(node, 'test');
  const first = test?.kind === 'sequence' ? textOf(test.items[0]) : textOf(test);
  const isOff = flag(get(node, 'disable')).value || first === 'NONE';
  if (node === undefined || (!isOff && (first === undefined || first === ''))) return undefined;
  return { value: !isOff, place: placeOf(node) };
}

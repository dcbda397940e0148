import { ConfigError } from './config-error.ts';
import type { Container, EnvironmentVariable, KeyReference, Pod } from './pod.ts';

/** Reads the data of a ConfigMap or Secret of the pod's namespace, decoded; undefined when there is none. */
export type ReadData = (
  kind: 'configmaps' | 'secrets',
  name: string,
) => Promise<Readonly<Record<string, string>> | undefined>;

/**
 * The environment of a container: the image's, then `envFrom`, then `env` (Kubernetes API v1, EnvVar). A later value of a
 * name replaces an earlier one; `$(NAME)` in a value means a name that was set before it.
 * @throws ConfigError for what cannot be resolved
 */
export async function environmentOf(
  image: readonly string[],
  container: Container,
  pod: Pod,
  address: string,
  read: ReadData,
): Promise<Record<string, string>> {
  const environment: Record<string, string> = { HOSTNAME: pod.metadata.name };
  for (const line of image) {
    const equals = line.indexOf('=');
    if (equals > 0) environment[line.slice(0, equals)] = line.slice(equals + 1);
  }
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const [kind, source] =
      secretRef === undefined ? (['configmaps', configMapRef] as const) : (['secrets', secretRef] as const);
    if (source === undefined) continue;
    const data = await read(kind, source.name);
    if (data === undefined && source.optional !== true) throw missing(kind, source.name);
    for (const [name, value] of Object.entries(data ?? {})) environment[`${prefix}${name}`] = value;
  }
  for (const variable of container.env ?? []) {
    const value = await valueOf(variable, environment, pod, address, read);
    if (value !== undefined) environment[variable.name] = value;
  }
  // They would act on the programs around the container, which are this machine's own.
  const linker = Object.keys(environment).find((name) => name.startsWith('LD_'));
  if (linker !== undefined) throw new ConfigError(`the local platform does not start containers with ${linker}`);
  return environment;
}

async function valueOf(
  { name, value, valueFrom }: EnvironmentVariable,
  environment: Readonly<Record<string, string>>,
  pod: Pod,
  address: string,
  read: ReadData,
): Promise<string | undefined> {
  if (valueFrom === undefined) return expand(value ?? '', environment);
  const { fieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef !== undefined) return field(fieldRef.fieldPath, pod, address);
  if (configMapKeyRef !== undefined) return key('configmaps', configMapKeyRef, read);
  if (secretKeyRef !== undefined) return key('secrets', secretKeyRef, read);
  throw new ConfigError(`the local platform does not support the source of the variable ${name}`);
}

async function key(
  kind: 'configmaps' | 'secrets',
  reference: KeyReference,
  read: ReadData,
): Promise<string | undefined> {
  const value = (await read(kind, reference.name))?.[reference.key];
  if (value === undefined && reference.optional !== true)
    throw missing(kind, `${reference.name} with key ${reference.key}`);
  return value;
}

function missing(kind: string, name: string): ConfigError {
  return new ConfigError(`there is no ${kind.slice(0, -1)} ${name} in the pod's namespace`);
}

function field(path: string, { metadata, spec }: Pod, address: string): string {
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'status.podIP': address,
    'status.podIPs': address,
    'status.hostIP': '127.0.0.1',
  };
  const label = /^metadata\.labels\['(.+)'\]$/.exec(path)?.[1];
  const value = label === undefined ? fields[path] : (metadata.labels?.[label] ?? '');
  if (value === undefined) throw new ConfigError(`the local platform does not support the field ${path} as a variable`);
  return value;
}

/** Replaces `$(NAME)`; `$$` stands for a dollar, and an unknown name stays as it is. */
export function expand(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([A-Za-z_.-][\w.-]*)\)/g, (found: string, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? found),
  );
}

import { join } from 'node:path';
import type { Exec, Files } from '../effects/effects.ts';
import { RegistryError } from './errors.ts';

/** A user of a registry. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What proves to a registry who asks. An identity token is exchanged at the registry's token service. */
export type Credentials = Login | { readonly identityToken: string };

/** Where Docker keeps its configuration, and what runs its credential helpers. */
export interface CredentialSources {
  readonly files: Files;
  readonly exec: Exec;
  readonly environment: Readonly<Record<string, string>>;
}

const maxConfigBytes = 1024 * 1024;
const helperTimeout = 30_000;
/** Docker Hub's credentials are kept under the address of its first version (docker/cli, "IndexServer"). */
const hubKey = 'https://index.docker.io/v1/';

/**
 * Credentials for a registry as `docker login` left them: a credential helper named for the registry, else the
 * configuration itself or its general credential store (docs.docker.com, "docker login").
 * @param registry host, with its port
 * @returns undefined when there are none: the registry is asked without
 * @throws RegistryError `refused` when they exist and cannot be read
 */
export async function dockerCredentials(
  registry: string,
  sources: CredentialSources,
): Promise<Credentials | undefined> {
  const config = await readConfig(sources);
  const key = isDockerHub(registry) ? hubKey : registry;
  const helper = text(section(config.credHelpers)[key]) ?? text(config.credsStore);
  if (helper !== undefined) return askHelper(helper, key, sources);
  const entry = Object.entries(section(config.auths)).find(([name]) => hostOf(name) === hostOf(key));
  return entry === undefined ? undefined : credentialsOf(section(entry[1]));
}

/**
 * Docker's configuration (docker/cli, configfile.ConfigFile) with this login and nothing else, for a program that reads
 * it. Docker Hub's stands under its own key and under the name that was given: programs differ in which they look for.
 */
export function dockerConfig(registry: string, { username, password }: Login): string {
  const entry = { auth: Buffer.from(`${username}:${password}`).toString('base64') };
  return JSON.stringify({ auths: { [registry]: entry, ...(isDockerHub(registry) && { [hubKey]: entry }) } });
}

/** Whether a registry is Docker Hub, under one of its names. */
export function isDockerHub(registry: string): boolean {
  return ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(registry);
}

async function readConfig({ files, environment }: CredentialSources): Promise<Record<string, unknown>> {
  const folder = environment.DOCKER_CONFIG ?? (environment.HOME && join(environment.HOME, '.docker'));
  if (folder === undefined || folder === '') return {};
  const path = join(folder, 'config.json');
  if ((await files.kind(path)) === 'missing') return {};
  try {
    return section(JSON.parse(await files.readText(path, maxConfigBytes)));
  } catch {
    // The parser's message would repeat a part of the file.
    throw new RegistryError('refused', `Docker's configuration ${path} cannot be read: it is not JSON.`);
  }
}

/** An entry of `auths`: user and password, mostly as base64 of `user:password`. */
function credentialsOf(entry: Record<string, unknown>): Credentials | undefined {
  const identityToken = text(entry.identitytoken);
  if (identityToken !== undefined) return { identityToken };
  const [, user = text(entry.username), word = text(entry.password)] =
    /^([^:]*):([^]*)$/.exec(Buffer.from(text(entry.auth) ?? '', 'base64').toString('utf8')) ?? [];
  return user === undefined || word === undefined ? undefined : { username: user, password: word };
}

/**
 * Asks a helper program over its protocol (docker/docker-credential-helpers): the registry on standard input, JSON on
 * standard output. What it prints is never shown.
 */
async function askHelper(
  name: string,
  key: string,
  { exec, environment }: CredentialSources,
): Promise<Credentials | undefined> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw new RegistryError('refused', "Docker's configuration names a credential helper that is no program name.");
  }
  const program = `docker-credential-${name}`;
  const failure = (why: string, cause?: unknown): RegistryError =>
    new RegistryError('refused', `${program}, which Docker's configuration names for ${hostOf(key)}, ${why}.`, cause);
  const options = { input: key, env: environment, timeout: helperTimeout, maxOutput: maxConfigBytes };
  const result = await exec(program, ['get'], options).catch((error: unknown) => {
    throw failure('cannot be started', error);
  });
  if (result.code !== 0) {
    if (/credentials not found/i.test(result.stdout)) return undefined;
    throw failure(result.timedOut ? 'did not answer in time' : `failed with exit code ${result.code ?? 'none'}`);
  }
  const answer = helperAnswer(result.stdout);
  const username = text(answer.Username);
  const secret = text(answer.Secret);
  if (username === undefined || secret === undefined) throw failure('gave no credentials');
  return username === '<token>' ? { identityToken: secret } : { username, password: secret };
}

function helperAnswer(output: string): Record<string, unknown> {
  try {
    return section(JSON.parse(output));
  } catch {
    return {};
  }
}

/** `https://ghcr.io/v2/` and `ghcr.io` are one registry. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function section(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StandIn, StandInStep } from '../stand-in.ts';

/** Makes a registry's credentials known to the programs of the job. */
export const login: StandIn = {
  action: 'docker/login-action',
  instead: "Writes the credentials to the job's Docker configuration; they are first tried when something is pushed.",
  inputs: {
    registry: {},
    username: { required: true },
    password: { required: true },
    logout: { default: 'true', allowed: ['true', 'false'] },
  },
  outputs: [],
  run,
  post,
};

interface DockerConfig {
  auths?: Record<string, { auth: string }>;
}

/** The name that Docker gives its own registry in its configuration. */
const dockerHub = 'https://index.docker.io/v1/';

async function run(step: StandInStep): Promise<void> {
  const { registry = '', username = '', password = '' } = step.inputs;
  if (username === '' || password === '') throw new Error('Username and password required');
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  step.mask(password);
  step.mask(auth);
  await change(step, (auths) => ({ ...auths, [registry || dockerHub]: { auth } }));
  step.log(`Credentials for ${registry || 'docker.io'} written`);
}

async function post(step: StandInStep): Promise<void> {
  if (step.inputs.logout !== 'true') return;
  const { registry = '' } = step.inputs;
  const gone = registry === '' ? dockerHub : registry;
  await change(step, (auths) => Object.fromEntries(Object.entries(auths).filter(([registry]) => registry !== gone)));
}

async function change(
  { environment }: StandInStep,
  edit: (auths: NonNullable<DockerConfig['auths']>) => NonNullable<DockerConfig['auths']>,
): Promise<void> {
  const file = dockerConfig(environment);
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const config = JSON.parse(text) as DockerConfig;
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify({ ...config, auths: edit(config.auths ?? {}) }, undefined, 2), { mode: 0o600 });
}

/** Where Docker and the programs of its field look for credentials. */
export function dockerConfig({ DOCKER_CONFIG, HOME = '' }: Readonly<Record<string, string>>): string {
  return join(DOCKER_CONFIG ?? join(HOME, '.docker'), 'config.json');
}

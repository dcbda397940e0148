/** A user of one registry. */
export interface Login {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** The key under which Docker keeps what belongs to Docker Hub (docker/cli, registry.IndexServer). */
const dockerHub = 'https://index.docker.io/v1/';

/** Docker's configuration file (docker/cli, configfile.ConfigFile) with this login and nothing else. */
export function dockerConfig({ registry, username, password }: Login): string {
  const key = ['docker.io', 'index.docker.io'].includes(registry) ? dockerHub : registry;
  return JSON.stringify({ auths: { [key]: { auth: Buffer.from(`${username}:${password}`).toString('base64') } } });
}

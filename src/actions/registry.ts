import type { Context } from '../definition/context.ts';
import { secret, text } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { Repository } from '../registry/client.ts';
import { dockerCredentials, type Login } from '../registry/credentials.ts';
import type { ImageReference } from '../registry/reference.ts';

/** Inputs of every action that asks a registry. */
export const registryInputs = {
  'registry-username': text({
    optional: true,
    doc: 'User of the registry. Without it the logins of Docker are used, such as docker/login-action leaves them.',
  }),
  'registry-password': secret({ optional: true, doc: 'Password or token of that user.' }),
};

/**
 * The user that the inputs name.
 * @throws UsageError when only half of it is given
 */
export function loginOf(inputs: {
  readonly 'registry-username': string | undefined;
  readonly 'registry-password': string | undefined;
}): Login | undefined {
  const { 'registry-username': username, 'registry-password': password } = inputs;
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    throw new UsageError('Inputs `registry-username` and `registry-password` must be given together, or neither.');
  }
  return { username, password };
}

/** The repository of an image, asked with the given user, else with Docker's logins. */
export async function repositoryOf(
  image: ImageReference,
  access: 'pull' | 'pull,push',
  login: Login | undefined,
  { http, clock, signal, files, exec, environment }: Context,
): Promise<Repository> {
  const { registry, repository } = image;
  const credentials = login ?? (await dockerCredentials(registry, { files, exec, environment }));
  return new Repository({ http, clock, signal }, { registry, repository, access, credentials });
}

import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import type { Exec, ExecResult } from '../effects/effects.ts';
import { dockerConfig, dockerCredentials } from './credentials.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ended = (result: Partial<ExecResult>): ExecResult => ({
  code: 0,
  signal: null,
  stdout: '',
  stderr: '',
  timedOut: false,
  truncated: false,
  ...result,
});

/** Credentials for a registry, from a configuration and a helper program that ends in some way. */
async function credentialsFrom(
  config: unknown,
  { registry = 'ghcr.io', helper = ended({ code: 1 }) }: { registry?: string; helper?: ExecResult | Error } = {},
): Promise<{ found: unknown; asked: string[] }> {
  const asked: string[] = [];
  const exec: Exec = (program, args, options) => {
    asked.push(`${program} ${args.join(' ')} < ${String(options?.input)}`);
    return helper instanceof Error ? Promise.reject(helper) : Promise.resolve(helper);
  };
  const files = memoryFiles({
    '/home/me/.docker/config.json': typeof config === 'string' ? config : JSON.stringify(config),
  });
  const found = await dockerCredentials(registry, { files, exec, environment: { HOME: '/home/me' } });
  return { found, asked };
}

describe("credentials from Docker's configuration", () => {
  const login = { username: 'me', password: 'pass:word' };
  const auth = base64('me:pass:word');

  it.each([
    ['by the host', { auths: { 'ghcr.io': { auth } } }, {}, login],
    ['by an address', { auths: { 'https://ghcr.io/v2/': { auth } } }, {}, login],
    [
      'by its first address, for Docker Hub',
      { auths: { 'https://index.docker.io/v1/': { auth } } },
      { registry: 'docker.io' },
      login,
    ],
    ['with the port', { auths: { 'localhost:5000': { auth } } }, { registry: 'localhost:5000' }, login],
    [
      'as plain user and password',
      { auths: { 'ghcr.io': { username: 'me', password: 'x' } } },
      {},
      { username: 'me', password: 'x' },
    ],
    [
      'as an identity token',
      { auths: { 'ghcr.io': { auth, identitytoken: 'refresh' } } },
      {},
      { identityToken: 'refresh' },
    ],
    ['not those of another port', { auths: { 'ghcr.io:8443': { auth } } }, {}, undefined],
    [
      'not those of a longer name',
      { auths: { 'my-ghcr.io': { auth }, 'ghcr.io.evil.example': { auth } } },
      {},
      undefined,
    ],
    ['not an empty entry', { auths: { 'ghcr.io': {} } }, {}, undefined],
    ['not from a configuration without any', {}, {}, undefined],
  ])('%s', async (_, config, given, expected) => {
    expect(await credentialsFrom(config, given)).toEqual({ found: expected, asked: [] });
  });

  it('are looked for where DOCKER_CONFIG says', async () => {
    const files = memoryFiles({ '/run/docker/config.json': JSON.stringify({ auths: { 'ghcr.io': { auth } } }) });
    const exec: Exec = () => Promise.reject(new Error('no helper is named'));
    const environment = { HOME: '/home/me', DOCKER_CONFIG: '/run/docker' };
    expect(await dockerCredentials('ghcr.io', { files, exec, environment })).toEqual(login);
    expect(await dockerCredentials('ghcr.io', { files, exec, environment: { HOME: '/home/me' } })).toBeUndefined();
    expect(await dockerCredentials('ghcr.io', { files, exec, environment: {} })).toBeUndefined();
  });

  it('come from a helper of the registry first, then from the general one', async () => {
    const helper = ended({ stdout: '{"ServerURL":"ghcr.io","Username":"me","Secret":"s3cret"}' });
    const found = { username: 'me', password: 's3cret' };
    expect(await credentialsFrom({ credHelpers: { 'ghcr.io': 'gh' }, credsStore: 'desktop' }, { helper })).toEqual({
      found,
      asked: ['docker-credential-gh get < ghcr.io'],
    });
    expect(await credentialsFrom({ credsStore: 'desktop' }, { registry: 'docker.io', helper })).toEqual({
      found,
      asked: ['docker-credential-desktop get < https://index.docker.io/v1/'],
    });
  });

  it('are an identity token when the helper says <token>', async () => {
    const helper = ended({ stdout: '{"Username":"<token>","Secret":"refresh"}' });
    expect((await credentialsFrom({ credsStore: 'x' }, { helper })).found).toEqual({ identityToken: 'refresh' });
  });

  it('are none when the helper has none', async () => {
    const helper = ended({ code: 1, stdout: 'credentials not found in native keychain' });
    expect((await credentialsFrom({ credsStore: 'x' }, { helper })).found).toBeUndefined();
  });

  it.each([
    ['a configuration that is not JSON', '{"auths": s3cret', {}, /config\.json cannot be read/],
    [
      'a helper that is missing',
      { credsStore: 'x' },
      { helper: new Error('ENOENT') },
      /docker-credential-x.*cannot be started/,
    ],
    [
      'a helper that fails',
      { credsStore: 'x' },
      { helper: ended({ code: 3, stdout: 's3cret' }) },
      /failed with exit code 3/,
    ],
    [
      'a helper that hangs',
      { credsStore: 'x' },
      { helper: ended({ code: null, timedOut: true }) },
      /did not answer in time/,
    ],
    ['a helper that says nothing', { credsStore: 'x' }, { helper: ended({ stdout: 's3cret' }) }, /gave no credentials/],
    ['a helper that is a path', { credsStore: '../evil' }, {}, /no program name/],
  ])('are refused, without showing them, from %s', async (_, config, given, message) => {
    const error = await credentialsFrom(config, given).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ problem: 'refused', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('s3cret');
  });
});

describe("Docker's configuration for one login", () => {
  it.each([
    ['ghcr.io', ['ghcr.io']],
    ['127.0.0.1:5000', ['127.0.0.1:5000']],
    ['docker.io', ['docker.io', 'https://index.docker.io/v1/']],
    ['registry-1.docker.io', ['registry-1.docker.io', 'https://index.docker.io/v1/']],
  ])('of %s is kept under %j', (registry, keys) => {
    const { auths } = JSON.parse(dockerConfig(registry, { username: 'ci', password: 'p:"\\ü' })) as { auths: object };
    const auth = Buffer.from('ci:p:"\\ü').toString('base64');
    expect(auths).toEqual(Object.fromEntries(keys.map((key) => [key, { auth }])));
  });
});

import { describe, expect, it } from '@jest/globals';
import { answer } from '../../test/support/fake-registry.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import { TooLargeError, type HttpOptions, type HttpResponse } from '../effects/effects.ts';
import type { Credentials } from './credentials.ts';
import { isPlainHttp, Transport, type RegistryTarget } from './transport.ts';

interface Request {
  readonly url: string;
  readonly options: HttpOptions;
}
type Script = (request: Request, number: number) => HttpResponse | Error;

/** Sends one request to a scripted network; what came of it, everything that was sent, and how long it took. */
async function ask(
  script: Script,
  target: Partial<RegistryTarget> = {},
  options: HttpOptions = {},
): Promise<{ answer: HttpResponse | Error; sent: Request[]; milliseconds: number }> {
  const clock = new VirtualClock();
  const sent: Request[] = [];
  const http = (url: string, given: HttpOptions = {}): Promise<HttpResponse> => {
    const request = { url, options: given };
    sent.push(request);
    const result = script(request, sent.length);
    return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
  };
  const all = { registry: 'registry.example', repository: 'team/app', access: 'pull', ...target } as const;
  const transport = new Transport({ http, clock }, all);
  const got = await clock.run(transport.request('blobs/x', options).catch((error: unknown) => error as Error));
  return { answer: got, sent, milliseconds: clock.now().getTime() };
}

const authorizations = (sent: Request[]): string[] =>
  sent.map(({ url, options }) => `${new URL(url).host} ${options.headers?.authorization ?? 'nobody'}`);

const login: Credentials = { username: 'me', password: 's3cret' };
const basic = `Basic ${Buffer.from('me:s3cret').toString('base64')}`;
const bearer = 'Bearer realm="https://auth.example/token",service="registry.example"';

describe('the address of a registry', () => {
  it.each([
    ['127.0.0.1:5000', true],
    ['127.9.9.9', true],
    ['localhost:5000', true],
    ['registry.localhost', true],
    ['[::1]:5000', true],
    ['ghcr.io', false],
    ['localhost.example.com', false],
    ['127.0.0.1.example.com', false],
    ['10.0.0.1:5000', false],
    ['notlocalhost', false],
  ])('%s is asked over plain http: %s', async (registry, plain) => {
    expect(isPlainHttp(registry)).toBe(plain);
    const { sent } = await ask(() => answer(200), { registry });
    expect(sent[0]?.url).toBe(`${plain ? 'http' : 'https'}://${registry}/v2/team/app/blobs/x`);
  });

  it.each([
    ['docker.io', 'debian', 'https://registry-1.docker.io/v2/library/debian/blobs/x'],
    ['index.docker.io', 'me/app', 'https://registry-1.docker.io/v2/me/app/blobs/x'],
  ])('of Docker Hub: %s/%s', async (registry, repository, url) => {
    expect((await ask(() => answer(200), { registry, repository })).sent[0]?.url).toBe(url);
  });
});

describe('a request', () => {
  it.each([
    ['a busy registry', (): HttpResponse => answer(429)],
    ['a broken registry', (): HttpResponse => answer(503)],
    ['a cut connection', (): Error => new Error('socket hang up')],
  ])('is sent again after %s, with longer and longer pauses', async (_, failure) => {
    const result = await ask((__, number) => (number < 4 ? failure() : answer(200)));
    expect(result.answer).toMatchObject({ status: 200 });
    expect(result.milliseconds).toBe(500 + 1000 + 2000);
  });

  it('is given up after five tries, and that is not the same as "not there"', async () => {
    const { answer: error, sent } = await ask(() => answer(500));
    expect(sent).toHaveLength(5);
    expect(error).toMatchObject({
      problem: 'unreachable',
      message: 'registry.example gave no usable answer: it answered 500.',
    });
  });

  it.each([
    ['3', 3000],
    ['Thu, 01 Jan 1970 00:00:07 GMT', 7000],
    ['100000', 30_000],
    ['soon', 500],
  ])('waits as long as Retry-After: %s says, but not for ever', async (header, milliseconds) => {
    const busy = answer(429, '', { 'retry-after': header });
    expect(await ask((_, number) => (number === 1 ? busy : answer(200)))).toMatchObject({ milliseconds });
  });

  it('is not sent again when the answer was too large', async () => {
    const { answer: error, sent } = await ask(() => new TooLargeError('The answer', 10));
    expect(sent).toHaveLength(1);
    expect(error).toMatchObject({ problem: 'invalid', message: 'The answer is larger than 10 bytes.' });
  });

  it('ends when the step is cancelled', async () => {
    const reason = new Error('cancelled');
    const signal = AbortSignal.abort(reason);
    const transport = new Transport(
      { http: () => Promise.resolve(answer(500)), clock: new VirtualClock(), signal },
      { registry: 'registry.example', repository: 'app', access: 'pull' },
    );
    await expect(transport.request('x')).rejects.toBe(reason);
  });
});

describe('who asks', () => {
  it('is said with user and password where the registry wants that', async () => {
    const { answer: got, sent } = await ask(
      ({ options }) =>
        options.headers?.authorization === basic
          ? answer(200)
          : answer(401, '', { 'www-authenticate': 'Basic realm="r"' }),
      { credentials: login },
    );
    expect(got).toMatchObject({ status: 200 });
    expect(authorizations(sent)).toEqual(['registry.example nobody', `registry.example ${basic}`]);
  });

  it.each([
    ['with user and password', login, basic],
    ['without anything', undefined, undefined],
  ])('is said with a token of the service that the registry names, asked for %s', async (_, credentials, shown) => {
    const { answer: got, sent } = await ask(
      ({ url, options }) => {
        if (url.startsWith('https://auth.example')) return answer(200, '{"token":"t0ken"}');
        return options.headers?.authorization === 'Bearer t0ken'
          ? answer(200)
          : answer(401, '', { 'www-authenticate': bearer });
      },
      { credentials, access: 'pull,push' },
    );
    expect(got).toMatchObject({ status: 200 });
    expect(sent[1]).toMatchObject({
      url: 'https://auth.example/token?service=registry.example&scope=repository%3Ateam%2Fapp%3Apull%2Cpush',
      options: { headers: shown === undefined ? {} : { authorization: shown } },
    });
    expect(authorizations(sent)[2]).toBe('registry.example Bearer t0ken');
  });

  it('is said with a token that an identity token is exchanged for', async () => {
    const { answer: got, sent } = await ask(
      ({ url, options }) => {
        if (url === 'https://auth.example/token') return answer(200, '{"access_token":"t0ken"}');
        return options.headers?.authorization === 'Bearer t0ken'
          ? answer(200)
          : answer(401, '', { 'www-authenticate': bearer });
      },
      { credentials: { identityToken: 'refresh' } },
    );
    expect(got).toMatchObject({ status: 200 });
    expect(sent[1]?.options).toMatchObject({
      method: 'POST',
      body: 'service=registry.example&scope=repository%3Ateam%2Fapp%3Apull&grant_type=refresh_token&client_id=slipway&refresh_token=refresh',
    });
  });

  it('is said anew when a token has run out', async () => {
    let valid = 'first';
    const script: Script = ({ url, options }) => {
      if (url.startsWith('https://auth.example')) return answer(200, JSON.stringify({ token: valid }));
      return options.headers?.authorization === `Bearer ${valid}`
        ? answer(200)
        : answer(401, '', { 'www-authenticate': bearer });
    };
    const transport = new Transport(
      {
        http: (url, options = {}) => Promise.resolve(script({ url, options }, 0) as HttpResponse),
        clock: new VirtualClock(),
      },
      { registry: 'registry.example', repository: 'app', access: 'pull' },
    );
    expect(await transport.request('x')).toMatchObject({ status: 200 });
    valid = 'second';
    expect(await transport.request('x')).toMatchObject({ status: 200 });
  });

  it.each([
    [
      'the registry refuses the login',
      (): HttpResponse => answer(401, '', { 'www-authenticate': 'Basic realm="r"' }),
      'registry.example',
    ],
    ['the login may not do that', (): HttpResponse => answer(403), 'registry.example'],
    [
      'the registry wants something unknown',
      (): HttpResponse => answer(401, '', { 'www-authenticate': 'Negotiate' }),
      'registry.example',
    ],
    [
      'the token service refuses the login',
      ({ url }: Request): HttpResponse =>
        url.startsWith('https://auth.') ? answer(401, 's3cret') : answer(401, '', { 'www-authenticate': bearer }),
      'auth.example',
    ],
    [
      'the token service gives no token',
      ({ url }: Request): HttpResponse =>
        url.startsWith('https://auth.') ? answer(200, 's3cret') : answer(401, '', { 'www-authenticate': bearer }),
      'auth.example',
    ],
  ])('is told clearly and without the login when %s', async (_, script, host) => {
    const { answer: error } = await ask(script, { credentials: login });
    expect(error).toMatchObject({
      problem: 'refused',
      message: expect.stringContaining(`${host} refused the credentials given to pull from registry.example/team/app`),
    });
    expect((error as Error).message).not.toMatch(/s3cret|bWU6/);
  });

  it.each(['http://auth.example/token', 'file:///etc/passwd'])(
    'is never said to a token service at %s',
    async (realm) => {
      const { answer: error, sent } = await ask(
        () => answer(401, '', { 'www-authenticate': `Bearer realm="${realm}"` }),
        { credentials: login },
      );
      expect(error).toMatchObject({ problem: 'invalid' });
      expect(sent).toHaveLength(1);
    },
  );

  it('is not said when the registry names no token service', async () => {
    const { answer: error } = await ask(() => answer(401, '', { 'www-authenticate': 'Bearer service="x"' }), {
      credentials: login,
    });
    expect(error).toMatchObject({ problem: 'invalid', message: 'registry.example names no token service.' });
  });
});

describe('a redirect', () => {
  /** A registry that wants the login, and then sends the client elsewhere. */
  const elsewhere =
    (location: string): Script =>
    ({ url, options }) => {
      if (new URL(url).host !== 'registry.example') return answer(200, 'content');
      if (options.headers?.authorization !== basic) return answer(401, '', { 'www-authenticate': 'Basic realm="r"' });
      return answer(307, '', { location });
    };

  it('to another host is followed without the credentials', async () => {
    const { answer: got, sent } = await ask(elsewhere('https://cdn.example/blob?signature=1'), { credentials: login });
    expect(got).toMatchObject({ status: 200 });
    expect(authorizations(sent)).toEqual([
      'registry.example nobody',
      `registry.example ${basic}`,
      'cdn.example nobody',
    ]);
  });

  it('to another port counts as another host', async () => {
    const { sent } = await ask(elsewhere('https://registry.example:8443/blob'), { credentials: login });
    expect(authorizations(sent)[2]).toBe('registry.example:8443 nobody');
  });

  it('does not make us tell another host who asks', async () => {
    const script: Script = (request, number) =>
      new URL(request.url).host === 'evil.example'
        ? answer(401, '', { 'www-authenticate': 'Basic realm="r"' })
        : elsewhere('https://evil.example/')(request, number);
    const { answer: error, sent } = await ask(script, { credentials: login });
    expect(error).toMatchObject({ problem: 'refused' });
    expect(authorizations(sent).at(-1)).toBe('evil.example nobody');
  });

  it('that leaves encryption is refused', async () => {
    for (const location of ['http://registry.example/blob', 'http://127.0.0.1/blob', 'ftp://x/']) {
      const { answer: error } = await ask(elsewhere(location), { credentials: login });
      expect(error).toMatchObject({ problem: 'invalid' });
    }
  });

  it('within the machine may be plain', async () => {
    const { answer: got } = await ask(
      (_, number) => (number === 1 ? answer(307, '', { location: 'http://127.0.0.1:9/blob' }) : answer(200)),
      { registry: 'localhost:5000' },
    );
    expect(got).toMatchObject({ status: 200 });
  });

  it('without end is refused', async () => {
    const { answer: error, sent } = await ask(() => answer(302, '', { location: '/again' }));
    expect(error).toMatchObject({ problem: 'invalid', message: 'registry.example redirects more than 5 times.' });
    expect(sent).toHaveLength(6);
  });

  it('of something that changes the registry is not followed', async () => {
    const { answer: got } = await ask(
      () => answer(307, '', { location: 'https://cdn.example/' }),
      {},
      { method: 'PUT' },
    );
    expect(got).toMatchObject({ status: 307 });
  });
});

/** What can go wrong between a release and a program that runs: real https, real archives, the real tool cache. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  linkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dump } from 'js-yaml';
import { realClock } from '../../src/action/clock.ts';
import { realHttp } from '../../src/action/http.ts';
import { ProgramError, type FindProgram } from '../../src/effects/effects.ts';
import { programFinder } from '../../src/tools/find.ts';
import { thisPlatform } from '../../src/tools/manifest.ts';
import { withEnvironment } from '../support/environment.ts';
import { startHttpsServer, type Answer, type HttpsServer } from '../support/https-server.ts';

const script = '#!/bin/sh\necho ready\n';
const file = '/helm-v1.2.3.tar.gz';
const binary = 'linux/helm';

let server: HttpsServer;
let folder: string;

beforeAll(async () => {
  server = await startHttpsServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-programs-'));
  server.answers.clear();
  server.asked.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));
withEnvironment(() => ({ RUNNER_TOOL_CACHE: join(folder, 'cache'), XDG_CACHE_HOME: join(folder, 'home') }));

/** The finder of an action whose manifest pins `helm` 1.2.3 to these bytes. */
function finder(
  bytes: Buffer,
  { platform = thisPlatform(), mirror }: { platform?: string; mirror?: string } = {},
): FindProgram {
  const asset = { url: `https://127.0.0.1:${server.port}/helm-v{version}.tar.gz`, sha256: sha256(bytes), binary };
  const helm = {
    version: '1.2.3',
    basis: 'made by the test',
    hosts: [`127.0.0.1:${server.port}`],
    signature: { kind: 'none-seen' },
    assets: { [platform]: asset },
  };
  const manifest = join(folder, 'manifest.yaml');
  writeFileSync(manifest, dump({ programs: { helm } }));
  const quiet = (): void => undefined;
  return programFinder(
    {
      http: realHttp,
      clock: { ...realClock, sleep: () => Promise.resolve() },
      log: { info: quiet, warning: quiet, group: (_, work) => work() },
      local: {},
      temp: join(folder, 'temp'),
      packaged: () => manifest,
      signal: new AbortController().signal,
    },
    mirror,
  );
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A .tar.gz of a folder that `fill` filled beside a good `linux/helm`. */
function archive(fill: (folder: string) => string[] = () => []): Buffer {
  const content = mkdtempSync(join(folder, 'content-'));
  mkdirSync(join(content, 'linux'));
  writeFileSync(join(content, binary), script, { mode: 0o755 });
  const more = fill(content);
  // -P keeps names as they are: absolute, and with `..`.
  execFileSync('tar', ['-czPf', join(folder, 'release.tar.gz'), '-C', content, binary, ...more]);
  return readFileSync(join(folder, 'release.tar.gz'));
}

const whole =
  (bytes: Buffer): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
const redirect =
  (to: string): Answer =>
  (_, response) =>
    void response.writeHead(302, { location: to }).end();

async function refusal(program: Promise<unknown>): Promise<ProgramError> {
  const error: unknown = await program.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProgramError);
  return error as ProgramError;
}

/** Everything that a refused program may have left. */
function leftovers(): string[] {
  return [...globSync('cache/**/*', { cwd: folder }), ...globSync('temp/programs/**/*', { cwd: folder })];
}

describe('a release that is as pinned', () => {
  it('is fetched, unpacked and run, and fetched only once', async () => {
    const bytes = archive();
    server.answers.set(file, whole(bytes));
    const first = await finder(bytes)('helm');
    expect(first).toMatchObject({ version: '1.2.3', origin: 'release', sha256: sha256(Buffer.from(script)) });
    expect(execFileSync(first.path, { encoding: 'utf8' })).toBe('ready\n');
    await finder(bytes)('helm');
    expect(server.asked).toEqual([file]);
  });

  it('may come from another listed address', async () => {
    const bytes = archive();
    server.answers.set(file, redirect('/moved?sig=1'));
    server.answers.set('/moved?sig=1', whole(bytes));
    expect((await finder(bytes)('helm')).origin).toBe('release');
  });

  it('is fetched again when the cached copy was changed, and refused when it cannot be', async () => {
    const bytes = archive();
    server.answers.set(file, whole(bytes));
    await finder(bytes)('helm');
    const [cached = ''] = globSync('cache/**/*.tar.gz', { cwd: folder });
    writeFileSync(join(folder, cached), 'changed');
    expect((await finder(bytes)('helm')).origin).toBe('release');
    expect(server.asked).toEqual([file, file]);
    writeFileSync(join(folder, cached), 'changed');
    server.answers.clear();
    expect((await refusal(finder(bytes)('helm'))).message).toContain('answered 404');
  });
});

describe('outside a runner a release', () => {
  withEnvironment(() => ({ RUNNER_TOOL_CACHE: undefined }));

  it('is unpacked once into the store', async () => {
    const bytes = archive();
    server.answers.set(file, whole(bytes));
    const first = await finder(bytes)('helm');
    expect(first.path).toBe(join(folder, `home/slipway/programs/helm-1.2.3-${sha256(bytes).slice(0, 16)}/helm`));
    expect(execFileSync(first.path, { encoding: 'utf8' })).toBe('ready\n');
    expect(await finder(bytes)('helm')).toEqual(first);
    expect(server.asked).toEqual([file]);
  });

  it('is refused when it was changed there', async () => {
    const bytes = archive();
    server.answers.set(file, whole(bytes));
    const { path } = await finder(bytes)('helm');
    writeFileSync(path, script.replace('ready', 'other'));
    expect((await refusal(finder(bytes)('helm'))).message).toContain('was changed since it was unpacked');
  });

  it('that is refused leaves nothing in the store', async () => {
    server.answers.set(file, whole(Buffer.from('other')));
    await refusal(finder(archive())('helm'));
    expect(globSync('home/slipway/programs/*', { cwd: folder })).toEqual([]);
  });
});

describe('a mirror', () => {
  const mirrored = (): string => `/tools/127.0.0.1:${server.port}${file}`;
  const mirror = (): string => `https://localhost:${server.port}/tools/`;

  it('is asked first, under host and path of the upstream address', async () => {
    const bytes = archive();
    server.answers.set(mirrored(), whole(bytes));
    await finder(bytes, { mirror: mirror() })('helm');
    expect(server.asked).toEqual([mirrored()]);
  });

  it('may lack the file: then upstream is asked', async () => {
    const bytes = archive();
    server.answers.set(file, whole(bytes));
    await finder(bytes, { mirror: mirror() })('helm');
    expect(server.asked).toEqual([mirrored(), file]);
  });

  it('that gives other bytes ends the search', async () => {
    const bytes = archive();
    server.answers.set(mirrored(), whole(Buffer.from('other')));
    server.answers.set(file, whole(bytes));
    expect((await refusal(finder(bytes, { mirror: mirror() })('helm'))).message).toContain('not the pinned one');
    expect(server.asked).toEqual([mirrored()]);
    expect(leftovers()).toEqual([]);
  });
});

describe('a download that is not to be trusted', () => {
  const cases: [name: string, answer: (bytes: Buffer) => Answer, message: RegExp][] = [
    ['other bytes', () => whole(Buffer.from('other')), /not the pinned one.*sha256 d9298a10.*pinned is [0-9a-f]{64}/],
    [
      'a download that is cut off',
      (bytes) => (_, response) => {
        response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, bytes.length / 2), () => {
          response.destroy();
        });
      },
      /no complete answer: .* was cut off/,
    ],
    [
      'a download that ends early without saying so',
      (bytes) => (_, response) =>
        void response.writeHead(200, { connection: 'close' }).end(bytes.subarray(0, bytes.length / 2)),
      /not the pinned one/,
    ],
    [
      'a redirect to plain http',
      () => redirect('http://127.0.0.1/helm'),
      /redirects.*http:\/\/127\.0\.0\.1\/helm is not https/,
    ],
    [
      'a redirect to a host that is not listed',
      () => redirect(`https://localhost:${server.port}/helm?token=secret`),
      /is on localhost:\d+, which is none of the listed hosts 127\.0\.0\.1/,
    ],
    ['a redirect to what is no address', () => redirect('https://['), /the new address is no URL/],
    ['a redirect loop', () => redirect(file), /redirects more than 5 times/],
    ['an error of the server', () => (_, response) => void response.writeHead(503).end(), /answered 503/],
  ];
  it.each(cases)('%s is refused and leaves nothing', async (_, answer, message) => {
    const bytes = archive();
    server.answers.set(file, answer(bytes));
    const error = await refusal(finder(bytes)('helm'));
    expect(error.message).toMatch(message);
    expect(error.message).toContain('helm 1.2.3 for');
    expect(error.message).not.toContain('secret');
    expect(error.fix).not.toBe('');
    expect(leftovers()).toEqual([]);
  });
});

describe('an archive that is not only the program', () => {
  const cases: [name: string, fill: (content: string) => string[], message: RegExp][] = [
    [
      'a name with `..`',
      (content) => {
        writeFileSync(join(content, '../outside'), 'x');
        return ['../outside'];
      },
      /holds `\.\.\/outside`, which leads out/,
    ],
    [
      'an absolute name',
      (content) => {
        writeFileSync(join(content, 'absolute'), 'x');
        return [join(content, 'absolute')];
      },
      /holds `\/.*\/absolute`, which leads out/,
    ],
    [
      'a symbolic link out of the folder',
      (content) => {
        symlinkSync('/etc', join(content, 'etc'));
        return ['etc'];
      },
      /holds `etc -> \/etc`, which is a link/,
    ],
    [
      'a hard link',
      (content) => {
        linkSync(join(content, binary), join(content, 'again'));
        return ['again'];
      },
      /holds `again link to linux\/helm`, which is a link/,
    ],
  ];
  it.each(cases)('%s is refused and leaves nothing', async (_, fill, message) => {
    const bytes = archive(fill);
    server.answers.set(file, whole(bytes));
    expect((await refusal(finder(bytes)('helm'))).message).toMatch(message);
    expect(leftovers()).toEqual([]);
  });

  it('without the program is refused, with what it holds', async () => {
    const content = mkdtempSync(join(folder, 'content-'));
    writeFileSync(join(content, 'README'), 'x');
    execFileSync('tar', ['-czf', join(folder, 'release.tar.gz'), '-C', content, 'README']);
    const bytes = readFileSync(join(folder, 'release.tar.gz'));
    server.answers.set(file, whole(bytes));
    expect((await refusal(finder(bytes)('helm'))).message).toMatch(
      /holds 0 files `linux\/helm`, not one. It holds README/,
    );
    expect(leftovers()).toEqual([]);
  });

  it('that is no archive is refused', async () => {
    const bytes = Buffer.from('no archive');
    server.answers.set(file, whole(bytes));
    expect((await refusal(finder(bytes)('helm'))).message).toContain('cannot be read');
    expect(leftovers()).toEqual([]);
  });

  it('is refused too when it was put into the cache beforehand', async () => {
    const bytes = archive((content) => {
      rmSync(join(content, binary));
      symlinkSync('/bin/sh', join(content, binary));
      return [];
    });
    const key = join(folder, 'cache/slipway-helm/1.2.3', `${thisPlatform()}-${sha256(bytes)}`);
    mkdirSync(key, { recursive: true });
    writeFileSync(join(key, 'helm-v1.2.3.tar.gz'), bytes);
    writeFileSync(`${key}.complete`, '');
    expect((await refusal(finder(bytes)('helm'))).message).toContain('not a plain file');
    expect(existsSync(join(folder, 'temp/programs/helm'))).toBe(false);
  });
});

describe('what cannot be fetched at all', () => {
  it('a program that the manifest does not hold is refused before anything is asked for', async () => {
    const error = await refusal(finder(archive())('unheard-of'));
    expect(error.message).toMatch(/no program `unheard-of`.*it holds helm/);
    expect(server.asked).toEqual([]);
  });

  it('a platform without a digest is refused before anything is asked for', async () => {
    const platform = thisPlatform() === 'linux-x64' ? 'linux-arm64' : 'linux-x64';
    const error = await refusal(finder(archive(), { platform })('helm'));
    expect(error.message).toContain(`no digest of helm 1.2.3 for ${thisPlatform()}, only for ${platform}.`);
    expect(server.asked).toEqual([]);
  });

  it('a tool cache that cannot be written is named', async () => {
    const bytes = archive();
    server.answers.set(file, whole(bytes));
    // Nobody, not even root, makes folders in sysfs.
    process.env.RUNNER_TOOL_CACHE = '/sys/slipway';
    const error = await refusal(finder(bytes)('helm'));
    expect(error.message).toContain('cannot be put into the tool cache at /sys/slipway/slipway-helm/1.2.3');
    expect(leftovers()).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dump } from 'js-yaml';
import { withEnvironment } from '../../test/support/environment.ts';
import { UsageError } from '../definition/values.ts';
import type { FindProgram, Http } from '../effects/effects.ts';
import { programFinder } from './find.ts';

const released = 'released';
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-find-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
withEnvironment(() => ({ RUNNER_TOOL_CACHE: undefined, XDG_CACHE_HOME: folder }));

/** A finder whose manifest pins cosign 3.1.3, a file that is the program. */
function finder(
  local: Record<string, string> = {},
  http: Http = () => Promise.reject(new Error('no network')),
): FindProgram {
  const asset = { url: 'https://example.com/cosign', sha256: digest(released) };
  const cosign = {
    version: '3.1.3',
    basis: 'made by the test',
    hosts: ['example.com'],
    signature: { kind: 'none-seen' },
    assets: { 'linux-x64': asset, 'linux-arm64': asset },
  };
  writeFileSync(join(folder, 'manifest.yaml'), dump({ programs: { cosign } }));
  const quiet = (): void => undefined;
  return programFinder(
    {
      http,
      clock: { now: () => new Date(0), sleep: () => Promise.resolve() },
      log: { info: quiet, warning: quiet, group: (_, work) => work() },
      local,
      temp: join(folder, 'temp'),
      packaged: () => join(folder, 'manifest.yaml'),
      signal: new AbortController().signal,
    },
    undefined,
  );
}

/** Writes a program and, for one that `npm run tools` built, the record beside it. */
function program(name: string, content: string, record?: object): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  if (record !== undefined) writeFileSync(`${path}.json`, JSON.stringify(record));
  return path;
}

const record = { name: 'cosign', version: '3.1.4', origin: 'source', sha256: digest('built'), size: 5, from: {} };

describe('a given path', () => {
  it('is unverified when the manifest does not know its bytes', async () => {
    const path = program('cosign', 'anything');
    expect(await finder()('cosign', path)).toEqual({
      name: 'cosign',
      version: 'unknown',
      path,
      sha256: digest('anything'),
      origin: 'unverified',
    });
  });

  it('is a release when the manifest knows its bytes', async () => {
    const path = program('cosign', released);
    expect(await finder()('cosign', path)).toMatchObject({ version: '3.1.3', origin: 'release' });
  });

  it('is not believed to be built from source, whatever lies beside it', async () => {
    const path = program('cosign', 'built', record);
    expect(await finder()('cosign', path)).toMatchObject({ version: 'unknown', origin: 'unverified' });
  });

  it('may name a program that the manifest does not hold', async () => {
    expect(await finder()('kwok', program('kwok', 'x'))).toMatchObject({ name: 'kwok', origin: 'unverified' });
  });

  it('that is no file is wrong use, and names the input', async () => {
    await expect(finder()('cosign', join(folder, 'missing'))).rejects.toThrow(
      /^Input `cosign-path`: `.*missing` is no file/,
    );
    await expect(finder()('cosign', folder)).rejects.toThrow(UsageError);
  });
});

describe('a local setting', () => {
  it('counts before a given path', async () => {
    const setting = program('setting', 'setting');
    expect((await finder({ cosign: setting })('cosign', program('given', 'given'))).path).toBe(setting);
  });

  it('is built from source when its record says so and holds its digest', async () => {
    const path = program('cosign', 'built', record);
    expect(await finder({ cosign: path })('cosign')).toMatchObject({ version: '3.1.4', origin: 'source' });
  });

  it.each([
    ['another digest', { ...record, sha256: digest('other') }],
    ['another program', { ...record, name: 'syft' }],
    ['no sense', { origin: 'source' }],
  ])('is unverified when its record is of %s', async (_, beside) => {
    const path = program('cosign', 'built', beside);
    expect((await finder({ cosign: path })('cosign')).origin).toBe('unverified');
  });

  it('that is no file is wrong use, and names the variable', async () => {
    await expect(finder({ 'kube-apiserver': 'missing' })('kube-apiserver')).rejects.toThrow(
      'SLIPWAY_KUBE_APISERVER: `missing` is no file.',
    );
  });
});

describe('a program without path or setting', () => {
  it('is asked for once, however often it is needed', async () => {
    let requests = 0;
    const http: Http = () => {
      requests += 1;
      return Promise.resolve({ status: 404, headers: {}, body: new Uint8Array() });
    };
    const find = finder({}, http);
    await Promise.allSettled([find('cosign'), find('cosign')]);
    expect(requests).toBe(1);
  });
});

import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layer, type LayerEntry } from '../../../test/support/layer.ts';
import { applyLayer, resolveFolder } from './unpack.ts';

let place: string;
let root: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'slipway-unpack-'));
  root = join(place, 'root');
  mkdirSync(root);
  mkdirSync(join(place, 'outside'));
  writeFileSync(join(place, 'outside/secret'), 'untouched');
});
afterEach(() => rmSync(place, { recursive: true }));

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 700)
    yield await Promise.resolve(bytes.subarray(start, start + 700));
}

const budget = () => ({ bytes: 1_000_000, entries: 1000 });
const unpack = (entries: readonly LayerEntry[], limits = budget()) =>
  applyLayer(root, inPieces(layer(entries)), limits);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const isRoot = process.getuid?.() === 0;

describe('a layer', () => {
  it('brings files, folders, links and modes', async () => {
    await unpack([
      { path: 'bin/', type: 'Directory', mode: 0o750 },
      { path: 'bin/app', content: 'program', mode: 0o4755 },
      { path: 'bin/same', type: 'Link', linkpath: 'bin/app' },
      { path: './bin/other', type: 'SymbolicLink', linkpath: 'app' },
      { path: '/srv/deep/file', content: 'x'.repeat(3000), mode: 0o600 },
      { path: 'dev/null', type: 'CharacterDevice' },
    ]);
    expect(lstatSync(join(root, 'bin')).mode & 0o7777).toBe(0o750);
    expect(lstatSync(join(root, 'bin/app')).mode & 0o7777).toBe(0o4755);
    expect(lstatSync(join(root, 'bin/same')).ino).toBe(lstatSync(join(root, 'bin/app')).ino);
    expect(readlinkSync(join(root, 'bin/other'))).toBe('app');
    expect(read('srv/deep/file')).toBe('x'.repeat(3000));
    expect(existsSync(join(root, 'dev/null'))).toBe(false);
  });

  it.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
  ])('is read when it is %s', async (_, pack) => {
    await applyLayer(root, inPieces(pack(layer([{ path: 'a', content: 'b' }]))), budget());
    expect(read('a')).toBe('b');
  });

  it('keeps the owners of files, folders and links, where this process may', async () => {
    const owner = { uid: 1234, gid: 5678 };
    await unpack([
      { path: 'home', type: 'Directory', ...owner },
      { path: 'home/file', content: 'a', ...owner },
      { path: 'home/link', type: 'SymbolicLink', linkpath: '/nowhere', ...owner },
    ]);
    for (const path of ['home', 'home/file', 'home/link']) {
      expect(lstatSync(join(root, path))).toMatchObject(
        isRoot ? owner : { uid: process.getuid?.(), gid: process.getgid?.() },
      );
    }
  });

  it('puts a file where a folder was, and the other way round', async () => {
    await unpack([
      { path: 'a/b/c', content: '1' },
      { path: 'd', content: '1' },
    ]);
    await unpack([
      { path: 'a', content: '2' },
      { path: 'd', type: 'Directory' },
      { path: 'd/e', content: '2' },
    ]);
    expect(read('a')).toBe('2');
    expect(read('d/e')).toBe('2');
  });

  it('replaces a link and not what it points to', async () => {
    await unpack([
      { path: 'real', content: '1' },
      { path: 'link', type: 'SymbolicLink', linkpath: 'real' },
    ]);
    await unpack([{ path: 'link', content: '2' }]);
    expect(read('real')).toBe('1');
    expect(read('link')).toBe('2');
  });

  it('follows a link to a folder inside of the image, as a container would', async () => {
    await unpack([
      { path: 'usr/bin', type: 'Directory' },
      { path: 'bin', type: 'SymbolicLink', linkpath: '/usr/bin' },
    ]);
    await unpack([{ path: 'bin/tool', content: 'x' }]);
    expect(read('usr/bin/tool')).toBe('x');
  });
});

describe('whiteouts', () => {
  const lower: LayerEntry[] = ['keep', 'gone', 'tree/a', 'tree/b/c'].map((path) => ({ path, content: 'lower' }));

  it('take away a file or a whole folder of a layer below', async () => {
    await unpack(lower);
    await unpack([{ path: '.wh.gone' }, { path: 'tree/.wh.b' }]);
    expect(readdirSync(root).sort()).toEqual(['keep', 'tree']);
    expect(readdirSync(join(root, 'tree'))).toEqual(['a']);
  });

  it.each([
    ['before', [{ path: 'tree/.wh..wh..opq' }, { path: 'tree/new/file', content: 'upper' }]],
    ['after', [{ path: 'tree/new/file', content: 'upper' }, { path: 'tree/.wh..wh..opq' }]],
  ])('hide what lies below, and nothing of their own layer (%s it)', async (_, entries) => {
    await unpack(lower);
    await unpack(entries);
    expect(readdirSync(join(root, 'tree'))).toEqual(['new']);
    expect(read('tree/new/file')).toBe('upper');
  });
});

describe('hostile layers', () => {
  it.each<[string, LayerEntry[]]>([
    ['a path with ..', [{ path: '../outside/secret', content: 'stolen' }]],
    ['a path with .. inside', [{ path: 'a/../../outside/secret', content: 'stolen' }]],
    ['a hard link to a path with ..', [{ path: 'a', type: 'Link', linkpath: '../outside/secret' }]],
    [
      'a hard link to a folder',
      [
        { path: 'b', type: 'Directory' },
        { path: 'a', type: 'Link', linkpath: 'b' },
      ],
    ],
    ['a whiteout of the folder itself', [{ path: '.wh.' }]],
    ['a whiteout of ..', [{ path: '.wh...' }]],
    ['a whiteout of ..', [{ path: 'a/.wh...' }]],
    ['a hard link to nothing', [{ path: 'a', type: 'Link', linkpath: 'b' }]],
    [
      'a path through a file',
      [
        { path: 'a', content: '' },
        { path: 'a/b', content: '' },
      ],
    ],
    [
      'links in a circle',
      [
        { path: 'a', type: 'SymbolicLink', linkpath: 'b' },
        { path: 'b', type: 'SymbolicLink', linkpath: 'a' },
        { path: 'a/c', content: '' },
      ],
    ],
  ])('%s is refused', async (_, entries) => {
    await expect(unpack(entries)).rejects.toMatchObject({ name: 'UnpackError' });
    expect(readFileSync(join(place, 'outside/secret'), 'utf8')).toBe('untouched');
  });

  it.each([
    ['an absolute link', '/../../outside'],
    ['a relative link', '../../../../outside'],
    ['the very path of this machine', 'PLACE/outside'],
  ])('what is written through %s stays inside', async (_, linkpath) => {
    const target = linkpath.replace('PLACE', place);
    await unpack([
      { path: 'out', type: 'SymbolicLink', linkpath: target },
      { path: 'out/secret', content: 'stolen' },
    ]);
    expect(readFileSync(join(place, 'outside/secret'), 'utf8')).toBe('untouched');
  });

  it('a whiteout through a link removes nothing outside', async () => {
    await unpack([{ path: 'out', type: 'SymbolicLink', linkpath: `${place}/outside` }, { path: 'out/.wh.secret' }]);
    await unpack([{ path: 'out/.wh..wh..opq' }]);
    expect(existsSync(join(place, 'outside/secret'))).toBe(true);
  });

  it.each([
    ['bytes', { bytes: 100, entries: 10 }, [{ path: 'a', content: 'x'.repeat(101) }]],
    ['entries', { bytes: 100, entries: 1 }, [{ path: 'a' }, { path: 'b' }]],
  ])('more %s than allowed are refused', async (_, limits, entries) => {
    await expect(unpack(entries, limits)).rejects.toThrow('larger than the local platform unpacks');
  });

  it('an archive that is cut off is refused', async () => {
    const whole = layer([{ path: 'a', content: 'x'.repeat(2000) }]);
    await expect(applyLayer(root, inPieces(gzipSync(whole).subarray(0, 40)), budget())).rejects.toThrow();
    await expect(applyLayer(root, inPieces(whole.subarray(0, 1500)), budget())).rejects.toThrow();
  });

  it('whatever the names and links say, nothing outside changes', async () => {
    const word = fc.constantFrom(
      'a',
      'b',
      '..',
      '.',
      '',
      'outside',
      'secret',
      '.wh.a',
      '.wh.secret',
      '.wh.',
      '.wh..',
      '.wh...',
      '.wh..wh..opq',
    );
    const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const entry = fc.record({
      path,
      type: fc.constantFrom<NonNullable<LayerEntry['type']>>('File', 'Directory', 'SymbolicLink', 'Link'),
      linkpath: fc.oneof(
        path,
        path.map((text) => `/${text}`),
        fc.constant(join(place, 'outside')),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (entries) => {
        rmSync(root, { recursive: true, force: true });
        mkdirSync(root);
        await unpack(entries.map((one) => (one.type === 'File' ? { ...one, content: 'stolen' } : one))).catch(
          () => undefined,
        );
        expect(readdirSync(place).sort()).toEqual(['outside', 'root']);
        expect(readdirSync(join(place, 'outside'))).toEqual(['secret']);
        expect(readFileSync(join(place, 'outside/secret'), 'utf8')).toBe('untouched');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a folder of the image', () => {
  it('is found through links, which start and end at the root', () => {
    mkdirSync(join(root, 'usr/lib'), { recursive: true });
    symlinkSync('usr/lib', join(root, 'lib'));
    symlinkSync('/../../lib', join(root, 'up'));
    symlinkSync('/lib', join(root, 'usr/absolute'));
    symlinkSync('../lib', join(root, 'usr/relative'));
    expect(resolveFolder(root, ['lib'])).toBe(join(root, 'usr/lib'));
    expect(resolveFolder(root, ['up'])).toBe(join(root, 'usr/lib'));
    expect(resolveFolder(root, ['usr', 'absolute'])).toBe(join(root, 'usr/lib'));
    expect(resolveFolder(root, ['usr', 'relative'])).toBe(join(root, 'usr/lib'));
    expect(resolveFolder(root, ['..', '..', 'usr'])).toBe(join(root, 'usr'));
  });
});

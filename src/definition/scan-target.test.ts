import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { scanTarget, type InputScope } from './inputs.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const target = scanTarget({ doc: 'What to scan.' });
const files = memoryFiles({
  '/w/oci/oci-layout': '{}',
  '/w/oci/index.json': '{}',
  '/w/root/etc/os-release': '',
  '/w/image.tar': '',
  '/w/link': '-> /etc',
  '/etc/passwd': '',
  '/temp/report.json': '',
});
const scope: InputScope = { root: '/w', temp: '/temp', files, packaged: (path) => path };
const read = (given: string) => Promise.resolve().then(() => target.parse(given, scope));

describe('a scan target is told apart by what it is', () => {
  it.each([
    [`ghcr.io/o/n@${digest}`, { kind: 'image', image: { registry: 'ghcr.io', repository: 'o/n', digest } }],
    [`ghcr.io/o/n:v1@${digest}`, { kind: 'image', image: { text: `ghcr.io/o/n@${digest}` } }],
    ['oci', { kind: 'layout', path: '/w/oci' }],
    ['/w/root', { kind: 'folder', path: '/w/root' }],
    ['root', { kind: 'folder', path: '/w/root' }],
  ])('%s', async (given, expected) => {
    expect(await read(given)).toMatchObject(expected);
  });

  it.each([
    ['ghcr.io/o/n:latest', 'neither an image by digest nor a folder'],
    ['ghcr.io/o/n@sha256:abc', 'its digest is not'],
    ['image.tar', 'neither an image by digest nor a folder'],
    ['nowhere', 'neither an image by digest nor a folder'],
    ['../other', 'leads out of the workspace'],
    ['oci\nroot', 'more than one line'],
  ])('and %j is refused', async (given, words) => {
    await expect(read(given)).rejects.toThrow(words);
  });

  it('and a link out of the workspace is refused', async () => {
    await expect(read('link')).rejects.toThrow('a link out of the workspace');
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { blobPath, layoutFiles, smallImage, wrapInIndex } from '../../test/support/small-image.ts';
import { LayoutError, readLayout } from './layout.ts';

const first = smallImage([{ 'etc/a': '1' }, { 'etc/b': '2' }]);
const second = smallImage([{ 'etc/a': '3' }], 'arm64');

function filesOf(...images: Parameters<typeof layoutFiles>[0]) {
  const found = layoutFiles(images);
  return memoryFiles(Object.fromEntries([...found].map(([path, content]) => [`/w/oci/${path}`, content.toString()])));
}

function configOf({ manifest }: { manifest: Buffer }): string {
  return (JSON.parse(manifest.toString()) as { config: { digest: string } }).config.digest;
}

async function refusal(work: Promise<unknown>): Promise<LayoutError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof LayoutError)) throw new Error(`not refused but ${JSON.stringify(error)}`);
  return error;
}

describe('an image in an OCI layout', () => {
  it('is found alone', async () => {
    expect(await readLayout('/w/oci', undefined, filesOf(first))).toEqual({
      kind: 'layout',
      path: '/w/oci',
      digest: first.digest,
      configDigest: configOf(first),
    });
  });

  it('is found by its digest among others', async () => {
    const found = await readLayout('/w/oci', second.digest, filesOf(first, second));
    expect(found.configDigest).toBe(configOf(second));
  });

  it('may be wrapped into an index with its attestations, as build tools do', async () => {
    const wrapped = wrapInIndex([
      { image: second, platform: { os: 'unknown', architecture: 'unknown' } },
      { image: first, platform: { os: 'linux', architecture: 'amd64' } },
    ]);
    const found = await readLayout('/w/oci', wrapped.digest, filesOf(wrapped));
    expect(found).toMatchObject({ digest: wrapped.digest, configDigest: configOf(first) });
  });

  it('is not several images for several platforms', async () => {
    const wrapped = wrapInIndex([
      { image: first, platform: { os: 'linux', architecture: 'amd64' } },
      { image: second, platform: { os: 'linux', architecture: 'arm64' } },
    ]);
    expect(await refusal(readLayout('/w/oci', wrapped.digest, filesOf(wrapped)))).toMatchObject({ problem: 'several' });
  });

  it('must be named when there are several', async () => {
    const { message } = await refusal(readLayout('/w/oci', undefined, filesOf(first, second)));
    expect(message).toContain('holds 2 images');
  });

  it('must be there', async () => {
    const { message } = await refusal(readLayout('/w/oci', second.digest, filesOf(first)));
    expect(message).toBe(`It does not hold the image ${second.digest}; it holds ${first.digest}.`);
  });

  it.each([
    ['its manifest', () => first.digest],
    ['its configuration', () => configOf(first)],
    ['a layer', () => [...first.blobs.keys()].at(-1) ?? ''],
  ])('is refused when %s has other bytes than its digest says', async (_, digest) => {
    const files = filesOf(first);
    const path = `/w/oci/${blobPath(digest())}`;
    const altered = `${files.content[path]?.slice(0, -1)} `;
    files.content[path] = altered;
    const { message, problem } = await refusal(readLayout('/w/oci', first.digest, files));
    expect(problem).toBe('invalid');
    expect(message).toBe(
      `Its blob ${digest()} has other content, sha256:${createHash('sha256').update(altered).digest('hex')}.`,
    );
  });

  it.each([
    ['without index.json', 'index.json', undefined, 'cannot be read'],
    ['with an index.json that is no JSON', 'index.json', '{', 'no JSON'],
    ['with an index.json of another form', 'index.json', '{"schemaVersion":2}', 'manifests'],
    ['with a digest that leads out of it', 'index.json', indexOf('sha256:../../etc/passwd'), 'digest'],
    ['with an index.json that is huge', 'index.json', ' '.repeat(5_000_000), 'larger than'],
    ['without an image', 'index.json', '{"schemaVersion":2,"manifests":[]}', 'at all; it holds none'],
    ['without its configuration', blobPath(configOf(first)), undefined, 'cannot be read'],
    ['without a layer', blobPath([...first.blobs.keys()].at(-1) ?? ''), undefined, 'cannot be read'],
  ])('is refused in a layout %s', async (_, path, content, words) => {
    const files = filesOf(first);
    if (content === undefined) Reflect.deleteProperty(files.content, `/w/oci/${path}`);
    else files.content[`/w/oci/${path}`] = content;
    const { message } = await refusal(readLayout('/w/oci', undefined, files));
    expect(message).toContain(words);
  });

  it('is refused when its index names no image', async () => {
    const wrapped = wrapInIndex([{ image: first, platform: { os: 'unknown', architecture: 'unknown' } }]);
    const { message } = await refusal(readLayout('/w/oci', wrapped.digest, filesOf(wrapped)));
    expect(message).toContain('names no image');
  });
});

function indexOf(digest: string): string {
  return JSON.stringify({ schemaVersion: 2, manifests: [{ digest }] });
}

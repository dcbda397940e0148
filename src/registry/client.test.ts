import { describe, expect, it } from '@jest/globals';
import { answer, FakeRegistry } from '../../test/support/fake-registry.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import type { Http, HttpResponse } from '../effects/effects.ts';
import { Repository } from './client.ts';
import { digestOf, mediaTypes } from './manifest.ts';

const target = { registry: 'registry.example', repository: 'app', access: 'pull,push' } as const;
const image = {
  schemaVersion: 2,
  mediaType: mediaTypes.image,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(Buffer.from('{}')), size: 2 },
  layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: digestOf(Buffer.from('layer')), size: 5 }],
};

/** A repository of a registry that answers every request in the same way. */
function answering(response: HttpResponse): Repository {
  return new Repository({ http: () => Promise.resolve(response), clock: new VirtualClock() }, target);
}

function repositoryOf(http: Http): { repository: Repository; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { repository: new Repository({ http, clock }, target), clock };
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('a manifest', () => {
  it('comes with its digest, its layers and what it is attached to', async () => {
    const registry = new FakeRegistry();
    const subject = { mediaType: mediaTypes.image, digest: digestOf(Buffer.from('image')), size: 5 };
    const digest = registry.addManifest({ ...image, subject }, mediaTypes.image, 'v1');
    const { repository } = repositoryOf(registry.http);
    expect(await repository.manifest(digest)).toMatchObject({
      digest,
      children: image.layers,
      subject,
      isIndex: false,
    });
    expect(await repository.tagged('v1')).toMatchObject({ manifest: { digest }, etag: `"${digest}"` });
    expect(await repository.tagged('v2')).toBeUndefined();
  });

  it('of an index comes with the images in it', async () => {
    const registry = new FakeRegistry();
    const entry = { mediaType: mediaTypes.image, digest: digestOf(Buffer.from('a')), size: 1 };
    const digest = registry.addManifest({ schemaVersion: 2, manifests: [entry] }, mediaTypes.index);
    const { repository } = repositoryOf(registry.http);
    expect(await repository.manifest(digest)).toMatchObject({ isIndex: true, children: [entry] });
  });

  it('that is not there is missing', async () => {
    const error = await failure(answering(answer(404)).manifest(digestOf(Buffer.from('x'))));
    expect(error).toMatchObject({ problem: 'missing' });
  });

  const bytes = Buffer.from(JSON.stringify(image));
  const type = { 'content-type': mediaTypes.image };
  it.each([
    ['another digest', answer(200, bytes, type), /was asked for sha256:0{64} and gave sha256:/],
    [
      'another digest by its own word',
      answer(200, bytes, { ...type, 'docker-content-digest': `sha256:${'1'.repeat(64)}` }),
      /was asked for sha256:1/,
    ],
    ['no JSON', answer(200, '<html>', type), /not JSON/],
    ['no object', answer(200, '[]', type), /no JSON object/],
    ['no layers', answer(200, '{"layers":1}', type), /is no application/],
    [
      'another type inside',
      answer(200, JSON.stringify({ ...image, mediaType: mediaTypes.index }), type),
      /is no application/,
    ],
    ['no type', answer(200, '{"layers":[]}'), /is no undefined|gave sha256:/],
    ['a layer without digest', answer(200, '{"layers":[{"mediaType":"x","size":1}]}', type), /valid media type/],
    [
      'a layer of negative size',
      answer(200, JSON.stringify({ layers: [{ ...image.layers[0], size: -1 }] }), type),
      /valid media type/,
    ],
    ['a layer that is nothing', answer(200, '{"layers":[null]}', type), /valid media type/],
    [
      'an error',
      answer(418, '{"errors":[{"code":"TEAPOT","message":"short and stout"}]}'),
      /418, TEAPOT: short and stout/,
    ],
    ['an error without words', answer(418, 'x'), /manifest sha256:0{64}: 418\./],
  ])('is refused when the registry gives %s', async (_, response, message) => {
    const error = await failure(answering(response).manifest(`sha256:${'0'.repeat(64)}`));
    expect(error).toMatchObject({ problem: 'invalid', message: expect.stringMatching(message) });
  });
});

describe('a blob', () => {
  it('is read and checked', async () => {
    const content = Buffer.from('content');
    expect(await answering(answer(200, content)).blob(digestOf(content), 100)).toEqual(content);
    const lie = await failure(answering(answer(200, 'other')).blob(digestOf(content), 100));
    expect(lie).toMatchObject({ problem: 'invalid', message: expect.stringContaining('and gave sha256:') });
    const missing = await failure(answering(answer(404)).blob(digestOf(content), 100));
    expect(missing).toMatchObject({ problem: 'missing' });
  });

  it('is pushed once', async () => {
    const registry = new FakeRegistry();
    const { repository } = repositoryOf(registry.http);
    const content = Buffer.from('content');
    const pushed = { digest: digestOf(content), size: 7 };
    expect(await repository.pushBlob(content)).toEqual(pushed);
    expect(await repository.pushBlob(content)).toEqual(pushed);
    expect(registry.requests.filter((request) => request.startsWith('PUT'))).toEqual([
      `PUT https://registry.example/v2/app/blobs/uploads/1?state=x&digest=${encodeURIComponent(pushed.digest)}`,
    ]);
  });

  it.each([
    ['and had arrived', true],
    ['and had not arrived', false],
  ])('is there after an upload that was cut off %s', async (_, arrives) => {
    const registry = new FakeRegistry();
    let cuts = 0;
    const { repository, clock } = repositoryOf(async (url, options) => {
      if (options?.method !== 'PUT' || cuts++ > 0)
        return options?.method === 'PUT' && cuts === 2 ? answer(404) : registry.http(url, options);
      if (arrives) await registry.http(url, options);
      throw new Error('socket hang up');
    });
    const content = Buffer.from('content');
    await clock.run(repository.pushBlob(content));
    expect(registry.blobs.get(digestOf(content))).toEqual(content);
  });

  it('that the registry never takes is an error', async () => {
    const refusing = (method: string | undefined): HttpResponse =>
      method === 'POST' ? answer(202, '', { location: '/upload' }) : answer(method === 'PUT' ? 400 : 404);
    const { repository } = repositoryOf((_, options) => Promise.resolve(refusing(options?.method)));
    expect(await failure(repository.pushBlob(Buffer.from('x')))).toMatchObject({ problem: 'invalid' });
  });

  it('cannot be uploaded to nowhere', async () => {
    const { repository } = repositoryOf((_, options) =>
      Promise.resolve(answer(options?.method === 'POST' ? 202 : 404)),
    );
    const error = await failure(repository.pushBlob(Buffer.from('x')));
    expect(error).toMatchObject({ problem: 'invalid', message: 'registry.example/app began an upload nowhere.' });
  });
});

describe('a tag', () => {
  const content = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] }));

  it('is moved only from the state that was seen, where the registry looks at that', async () => {
    const registry = new FakeRegistry({ conditions: 'honoured' });
    const { repository } = repositoryOf(registry.http);
    expect(await repository.moveTag('list', content, mediaTypes.index, undefined, 1000)).toBe(true);
    expect(await repository.moveTag('list', content, mediaTypes.index, undefined, 1000)).toBe(false);
    const seen = await repository.tagged('list');
    expect(await repository.moveTag('list', content, mediaTypes.index, seen, 1000)).toBe(true);
    registry.addManifest(image, mediaTypes.image, 'list');
    expect(await repository.moveTag('list', content, mediaTypes.index, seen, 1000)).toBe(false);
  });

  it('is moved in one try: a second one could undo what others wrote in between', async () => {
    let tries = 0;
    const { repository } = repositoryOf(() => Promise.resolve(answer(tries++ < 1 ? 500 : 201)));
    const error = await failure(repository.moveTag('list', content, mediaTypes.index, undefined, 1000));
    expect(error).toMatchObject({ problem: 'unreachable' });
    expect(tries).toBe(1);
  });

  it('that the registry does not take is an error', async () => {
    const error = await failure(answering(answer(404)).moveTag('list', content, mediaTypes.index, undefined, 1));
    expect(error).toMatchObject({ problem: 'missing' });
  });
});

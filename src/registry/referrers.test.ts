import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { answer, FakeRegistry, type FakeRegistryOptions } from '../../test/support/fake-registry.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import type { Http } from '../effects/effects.ts';
import { Repository } from './client.ts';
import { digestOf, mediaTypes, type Descriptor, type Manifest } from './manifest.ts';
import { attachArtifacts, listReferrers, type Artifact } from './referrers.ts';

const target = { registry: 'registry.example', repository: 'app', access: 'pull,push' } as const;

function artifact(name: string): Artifact {
  return { mediaType: 'application/x-test', content: Buffer.from(name), annotations: { name } };
}

/** A registry with an image in it, and a client of it. */
async function withImage(
  options: FakeRegistryOptions,
  wrap: (http: Http) => Http = (http) => http,
): Promise<{ registry: FakeRegistry; repository: Repository; clock: VirtualClock; image: Manifest; tag: string }> {
  const registry = new FakeRegistry(options);
  const digest = registry.addManifest({ schemaVersion: 2, layers: [] }, mediaTypes.image);
  const clock = new VirtualClock();
  const repository = new Repository({ http: wrap(registry.http), clock }, target);
  const image = await new Repository({ http: registry.http, clock }, target).manifest(digest);
  return { registry, repository, clock, image, tag: digest.replace(':', '-') };
}

const digests = (descriptors: readonly Descriptor[]): string[] => descriptors.map(({ digest }) => digest).sort();
const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe.each<FakeRegistryOptions>([
  { referrers: true },
  { referrers: true, pageSize: 1 },
  { referrers: false, conditions: 'none' },
  { referrers: false, conditions: 'given' },
  { referrers: false, conditions: 'honoured' },
])('attaching in a registry with %j', (options) => {
  it('makes a manifest whose subject is the image, and finds it again', async () => {
    const { registry, repository, clock, image } = await withImage(options);
    const attached = await clock.run(attachArtifacts(repository, image, [artifact('a'), artifact('b')]));
    expect(digests(await listReferrers(repository, image.digest))).toEqual(digests(attached));
    const stored = JSON.parse(Buffer.from(registry.manifests.get(attached[0]!.digest)!.bytes).toString()) as object;
    expect(stored).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.image,
      artifactType: 'application/x-test',
      config: { mediaType: mediaTypes.empty, digest: digestOf(Buffer.from('{}')), size: 2 },
      layers: [{ mediaType: 'application/x-test', digest: digestOf(Buffer.from('a')), size: 1 }],
      subject: { mediaType: mediaTypes.image, digest: image.digest, size: image.size },
      annotations: { name: 'a' },
    });
  });

  it('again changes nothing', async () => {
    const { repository, clock, image } = await withImage(options);
    const once = await clock.run(attachArtifacts(repository, image, [artifact('a')]));
    const twice = await clock.run(attachArtifacts(repository, image, [artifact('a')]));
    expect(twice).toEqual(once);
    expect(await listReferrers(repository, image.digest)).toHaveLength(1);
  });
});

describe('the list of what is attached', () => {
  it('is empty when nothing is', async () => {
    const { repository, image } = await withImage({});
    expect(await listReferrers(repository, image.digest)).toEqual([]);
  });

  it.each([400, 404, 405, 406])('comes from the tag when the API answers %s', async (status) => {
    const { repository, clock, image } = await withImage(
      {},
      (http) => (url, options) => (url.includes('/referrers/') ? Promise.resolve(answer(status)) : http(url, options)),
    );
    const attached = await clock.run(attachArtifacts(repository, image, [artifact('a')]));
    expect(digests(await listReferrers(repository, image.digest))).toEqual(digests(attached));
  });

  it('comes from the tag when the API gives a web page', async () => {
    const page = answer(200, '<html>', { 'content-type': 'text/html' });
    const { registry, repository, image, tag } = await withImage(
      {},
      (http) => (url, options) => (url.includes('/referrers/') ? Promise.resolve(page) : http(url, options)),
    );
    const entry = { mediaType: mediaTypes.image, digest: digestOf(Buffer.from('x')), size: 1 };
    registry.addManifest({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [entry] }, mediaTypes.index, tag);
    expect(await listReferrers(repository, image.digest)).toEqual([entry]);
  });

  it.each([
    ['does not answer', 500, 'unreachable'],
    ['wants to know who asks', 401, 'refused'],
    ['forbids it', 403, 'refused'],
  ])('is an error, not empty, when the registry %s', async (_, status, problem) => {
    const { repository, clock, image } = await withImage({}, () => () => Promise.resolve(answer(status)));
    expect(await clock.run(failure(listReferrers(repository, image.digest)))).toMatchObject({ problem });
  });

  const index = { 'content-type': mediaTypes.index };
  it.each([
    ['no list', answer(200, '{}', index)],
    ['an entry without a digest', answer(200, '{"manifests":[{}]}', index)],
    ['pages without end', answer(200, '{"manifests":[]}', { ...index, link: '</v2/app/referrers/x>; rel="next"' })],
    [
      'a next page elsewhere',
      answer(200, '{"manifests":[]}', { ...index, link: '<http://evil.example/>; rel="next"' }),
    ],
  ])('is an error when the API gives %s', async (_, response) => {
    const { repository, image } = await withImage({}, () => () => Promise.resolve(response));
    expect(await failure(listReferrers(repository, image.digest))).toMatchObject({ problem: 'invalid' });
  });

  it('is not made over something else that has its tag', async () => {
    const { registry, repository, clock, image, tag } = await withImage({});
    registry.addManifest({ schemaVersion: 2, layers: [] }, mediaTypes.image, tag);
    expect(await clock.run(failure(attachArtifacts(repository, image, [artifact('a')])))).toMatchObject({
      problem: 'invalid',
      message: expect.stringContaining('is taken by something that is no index'),
    });
  });

  it('keeps what others wrote into it, with fields that we do not know', async () => {
    const { registry, repository, clock, image, tag } = await withImage({});
    const foreign = {
      mediaType: mediaTypes.image,
      digest: digestOf(Buffer.from('x')),
      size: 1,
      platform: { os: 'any' },
    };
    const before = {
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests: [foreign],
      annotations: { by: 'others' },
    };
    registry.addManifest(before, mediaTypes.index, tag);
    const [attached] = await clock.run(attachArtifacts(repository, image, [artifact('a')]));
    const after = registry.manifests.get(registry.tags.get(tag) ?? '');
    expect(JSON.parse(Buffer.from(after!.bytes).toString())).toEqual({ ...before, manifests: [foreign, attached] });
  });
});

describe('what was attached and is not listed', () => {
  it('is an error, after some patience', async () => {
    const empty = answer(200, '{"manifests":[]}', { 'content-type': mediaTypes.index });
    const { repository, clock, image } = await withImage(
      {},
      (http) => (url, options) => (url.includes('/referrers/') ? Promise.resolve(empty) : http(url, options)),
    );
    expect(await clock.run(failure(attachArtifacts(repository, image, [artifact('a')])))).toMatchObject({
      problem: 'lost',
    });
  });

  it('is waited for when the registry is slow to list it', async () => {
    let early = 2;
    const empty = answer(200, '{"manifests":[]}', { 'content-type': mediaTypes.index });
    const { repository, clock, image } = await withImage(
      { referrers: true },
      (http) => (url, options) =>
        url.includes('/referrers/') && early-- > 0 ? Promise.resolve(empty) : http(url, options),
    );
    expect(await clock.run(attachArtifacts(repository, image, [artifact('a')]))).toHaveLength(1);
  });

  it('is an error when someone keeps undoing it', async () => {
    const { registry, repository, clock, image, tag } = await withImage({}, (http) => async (url, options) => {
      const response = await http(url, options);
      if (options?.method === 'PUT' && url.endsWith(tag)) registry.tags.delete(tag);
      return response;
    });
    expect(await clock.run(failure(attachArtifacts(repository, image, [artifact('a')])))).toMatchObject({
      problem: 'lost',
      message: expect.stringContaining('never came to rest'),
    });
  });

  it('is an error of the registry when it never takes the list', async () => {
    const { repository, clock, image, tag } = await withImage(
      {},
      (http) => (url, options) =>
        options?.method === 'PUT' && url.endsWith(tag) ? Promise.resolve(answer(500)) : http(url, options),
    );
    expect(await clock.run(failure(attachArtifacts(repository, image, [artifact('a')])))).toMatchObject({
      problem: 'unreachable',
    });
  });

  it('is written back when a registry took the list but did not say so', async () => {
    let cut = false;
    const { registry, repository, clock, image, tag } = await withImage(
      { conditions: 'honoured' },
      (http) => async (url, options) => {
        const response = await http(url, options);
        if (options?.method !== 'PUT' || !url.endsWith(tag) || cut) return response;
        cut = true;
        throw new Error('socket hang up');
      },
    );
    const attached = await clock.run(attachArtifacts(repository, image, [artifact('a')]));
    expect(digests(await listReferrers(repository, image.digest))).toEqual(digests(attached));
    expect(registry.requests.filter((request) => request.startsWith('PUT') && request.endsWith(tag))).toHaveLength(1);
  });

  it('is not written when reading took so long that others may have written since', async () => {
    let slow = true;
    const writes: number[] = [];
    const clock = new VirtualClock();
    const registry = new FakeRegistry();
    const digest = registry.addManifest({ schemaVersion: 2, layers: [] }, mediaTypes.image);
    const http: Http = async (url, options) => {
      const response = await registry.http(url, options);
      if (!url.endsWith(digest.replace(':', '-'))) return response;
      if (options?.method === 'PUT') writes.push(clock.now().getTime());
      else if (slow) {
        slow = false;
        await clock.sleep(3000);
      }
      return response;
    };
    const repository = new Repository({ http, clock }, target);
    await clock.run(attachArtifacts(repository, await repository.manifest(digest), [artifact('a')]));
    expect(writes).toHaveLength(1);
    expect(writes[0]).toBeGreaterThan(3000);
  });
});

/** A client that reads the list, adds to it and writes it, and never looks again, as cosign does. */
async function careless(
  { registry, clock, tag }: { registry: FakeRegistry; clock: VirtualClock; tag: string },
  { starts, takes, name }: { starts: number; takes: number; name: string },
): Promise<void> {
  await clock.sleep(starts);
  const seen = registry.manifests.get(registry.tags.get(tag) ?? '');
  await clock.sleep(takes);
  const { manifests } = JSON.parse(Buffer.from(seen?.bytes ?? '{"manifests":[]}').toString()) as {
    manifests: object[];
  };
  const entry = { mediaType: mediaTypes.image, digest: digestOf(Buffer.from(name)), size: 1 };
  registry.addManifest(
    { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...manifests, entry] },
    mediaTypes.index,
    tag,
  );
}

describe('two clients that others disturb', () => {
  beforeEach(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('guard what the other one attached: the first may be gone when it is undone', async () => {
    const world = await withImage({ conditions: 'none' });
    const { registry, repository, clock, image, tag } = world;
    const slow: Http = async (url, options) => {
      if (options?.method === 'PUT' && url.endsWith(tag)) await clock.sleep(2800);
      return registry.http(url, options);
    };
    const attach = async (starts: number, client: Repository, name: string): Promise<Descriptor[]> => {
      await clock.sleep(starts);
      return attachArtifacts(client, image, [artifact(name)]);
    };
    const [, , first, second] = await clock.run(
      Promise.all([
        careless(world, { starts: 0, takes: 1000, name: 'b' }), // reads nothing, writes b at 1000
        careless(world, { starts: 2000, takes: 2500, name: 'c' }), // reads b, writes b and c at 4500
        attach(0, repository, 'a'), // writes a at 0, sees it at 3000, is gone
        attach(100, new Repository({ http: slow, clock }, target), 'd'), // reads a, writes a and d at 2900
      ]),
    );
    const listed = digests(await listReferrers(repository, image.digest));
    expect(listed).toEqual(expect.arrayContaining(digests([...first, ...second])));
    expect(listed).toHaveLength(4);
  });

  it('look again a whole window after a write of which they never heard', async () => {
    let cut = false;
    const world = await withImage({ conditions: 'none' }, (http) => async (url, options) => {
      const response = await http(url, options);
      if (cut || options?.method !== 'PUT' || !url.includes('manifests/sha256-')) return response;
      cut = true;
      throw new Error('socket hang up');
    });
    const { repository, clock, image } = world;
    const [attached] = await clock.run(
      Promise.all([
        clock.sleep(100).then(() => attachArtifacts(repository, image, [artifact('a')])),
        careless(world, { starts: 0, takes: 1500, name: 'b' }),
      ]),
    );
    const listed = digests(await listReferrers(repository, image.digest));
    expect(listed).toEqual(expect.arrayContaining(digests(attached)));
  });
});

describe('many clients at once, in a registry without the API', () => {
  /** Milliseconds that a request takes to the registry and back; a client needs less than its write window for two. */
  const leg = fc.integer({ min: 0, max: 700 });
  const plan = fc.record({
    conditions: fc.constantFrom('none' as const, 'given' as const, 'honoured' as const),
    clients: fc.array(
      fc.record({
        starts: fc.integer({ min: 0, max: 6000 }),
        artifacts: fc.integer({ min: 1, max: 2 }),
        legs: fc.array(leg, { minLength: 1 }),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    disturbances: fc.array(
      fc.record({ starts: fc.integer({ min: 0, max: 9000 }), takes: fc.integer({ min: 0, max: 2900 }) }),
      { maxLength: 3 },
    ),
  });

  it('lose nothing, in whatever order their requests arrive', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ conditions, clients, disturbances }) => {
        const world = await withImage({ conditions });
        const { registry, clock, image } = world;
        const work = clients.map(async ({ starts, artifacts, legs }, client) => {
          let request = 0;
          const pause = (): Promise<void> => clock.sleep(legs[request++ % legs.length] ?? 0);
          const http: Http = async (url, options) => {
            await pause();
            const response = await registry.http(url, options);
            await pause();
            return response;
          };
          await clock.sleep(starts);
          const own = Array.from({ length: artifacts }, (_, index) => artifact(`${client}-${index}`));
          return attachArtifacts(new Repository({ http, clock }, target), image, own);
        });
        const disturbed = disturbances.map((other, index) => careless(world, { ...other, name: `careless ${index}` }));
        const [attached] = await clock.run(Promise.all([Promise.all(work), Promise.all(disturbed)]));
        const listed = digests(
          await listReferrers(new Repository({ http: registry.http, clock }, target), image.digest),
        );
        for (const digest of digests(attached.flat())) expect(listed).toContain(digest);
        expect(new Set(listed).size).toBe(listed.length);
      }),
      { numRuns: 150 },
    );
  });
});

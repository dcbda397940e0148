import { describe, expect, it } from '@jest/globals';
import { answer, FakeRegistry, type FakeRegistryOptions } from '../../test/support/fake-registry.ts';
import { signingWorld, statementAbout } from '../../test/support/signed.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import type { Http } from '../effects/effects.ts';
import { Repository } from '../registry/client.ts';
import { digestOf, mediaTypes, type Manifest } from '../registry/manifest.ts';
import { attachArtifacts } from '../registry/referrers.ts';
import type { Verified } from '../signing/verify.ts';
import { attachStatements } from './attach.ts';
import { readEvidence } from './read.ts';

const world = signingWorld();
const target = { registry: 'registry.example', repository: 'app', access: 'pull,push' } as const;
const predicateType = 'https://in-toto.io/attestation/svr/v0.2';
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

interface Place {
  readonly registry: FakeRegistry;
  readonly repository: Repository;
  readonly clock: VirtualClock;
  readonly image: Manifest;
  /** Hex digest of the image. */
  readonly hex: string;
}

/** A registry with an image in it. */
async function place(
  options: FakeRegistryOptions = { referrers: true },
  wrap: (http: Http) => Http = (http) => http,
): Promise<Place> {
  const registry = new FakeRegistry(options);
  const digest = registry.addManifest({ schemaVersion: 2, layers: [] }, mediaTypes.image);
  const clock = new VirtualClock();
  const repository = new Repository({ http: wrap(registry.http), clock }, target);
  const image = await new Repository({ http: registry.http, clock }, target).manifest(digest);
  return { registry, repository, clock, image, hex: digest.slice('sha256:'.length) };
}

interface Signed {
  readonly bundle: Uint8Array;
  readonly verified: Verified;
}

/** A signature of a statement, made once: signing takes longer than all the rest. */
function signed(statement: object): Promise<Signed> {
  const key = JSON.stringify(statement);
  const known = signatures.get(key) ?? sign(statement);
  signatures.set(key, known);
  return known;
}
const signatures = new Map<string, Promise<Signed>>();

async function sign(statement: object): Promise<Signed> {
  const bundle = await world().sign(statement);
  return { bundle, verified: world().verify(bundle) };
}

/** Attaches a bundle without any check, as anybody who may push can. */
async function attachBundle(
  { repository, image, clock }: Place,
  bundle: Uint8Array,
  mediaType = bundleType,
): Promise<string> {
  const [attached] = await clock.run(
    attachArtifacts(repository, image, [{ mediaType, content: bundle, annotations: {} }]),
  );
  return attached!.digest;
}

describe.each<FakeRegistryOptions>([{ referrers: true }, { referrers: false }])(
  'evidence in a registry with %j',
  (options) => {
    it('is found again as it was attached, whoever signed it', async () => {
      const here = await place(options);
      const statements = [
        statementAbout(here.hex, predicateType, { properties: ['X'] }),
        statementAbout(here.hex, 'https://spdx.dev/Document/v2.3'),
      ];
      const bundles = await Promise.all(statements.map(signed));
      const { attached, findings } = await here.clock.run(
        attachStatements(here.repository, here.image, bundles, world().verify),
      );
      expect(findings).toEqual([]);
      const { verified, rejected } = await readEvidence(here.repository, here.image.digest, world().verify);
      expect(rejected).toEqual([]);
      const byType = (a: { predicateType: string }, b: { predicateType: string }): number =>
        a.predicateType.localeCompare(b.predicateType);
      expect([...verified].sort(byType)).toEqual([...attached].sort(byType));
      expect(verified).toContainEqual({
        predicateType,
        predicate: { properties: ['X'] },
        subject: { name: 'registry.example/app', digest: { sha256: here.hex } },
        identity: expect.objectContaining({ sourceRepositoryId: '101' }) as unknown,
        signedAt: bundles[0]!.verified.signedAt,
        logIndex: bundles[0]!.verified.logIndex,
        sha256: digestOf(Buffer.from(JSON.stringify(statements[0]))).slice('sha256:'.length),
        referrer: expect.stringMatching(/^sha256:/) as unknown,
      });
    });

    it('is annotated as cosign does', async () => {
      const here = await place(options);
      const bundles = [await signed(statementAbout(here.hex, predicateType))];
      const { attached } = await here.clock.run(attachStatements(here.repository, here.image, bundles, world().verify));
      const manifest = JSON.parse(
        Buffer.from(here.registry.manifests.get(attached[0]!.referrer)!.bytes).toString(),
      ) as object;
      expect(manifest).toMatchObject({
        artifactType: bundleType,
        annotations: {
          'dev.sigstore.bundle.content': 'dsse-envelope',
          'dev.sigstore.bundle.predicateType': predicateType,
          'org.opencontainers.image.created': expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
        },
      });
    });
  },
);

describe('what is attached and proves nothing', () => {
  it('is nothing at all', async () => {
    const { repository, image } = await place();
    expect(await readEvidence(repository, image.digest, world().verify)).toEqual({ verified: [], rejected: [] });
  });

  it('is passed over when it is no bundle', async () => {
    const here = await place();
    await attachBundle(here, Buffer.from('text'), 'text/plain');
    here.registry.addManifest({ schemaVersion: 2, manifests: [], subject: here.image }, mediaTypes.index);
    expect(await readEvidence(here.repository, here.image.digest, world().verify)).toEqual({
      verified: [],
      rejected: [],
    });
  });

  it('is named with the reason, beside what does prove something', async () => {
    const here = await place();
    const good = await attachBundle(here, (await signed(statementAbout(here.hex, predicateType))).bundle);
    const aboutOther = await attachBundle(here, (await signed(statementAbout('b'.repeat(64), predicateType))).bundle);
    const text = Buffer.from((await signed(statementAbout(here.hex, predicateType))).bundle).toString();
    const half = await attachBundle(here, Buffer.from(text.slice(0, 1000)));
    const altered = await attachBundle(
      here,
      Buffer.from(
        text.replace(
          /"payload":"[^"]*"/,
          `"payload":"${Buffer.from(JSON.stringify(statementAbout(here.hex, 'https://example.com/better'))).toString('base64')}"`,
        ),
      ),
    );
    const { verified, rejected } = await readEvidence(here.repository, here.image.digest, world().verify);
    expect(verified.map(({ referrer }) => referrer)).toEqual([good]);
    expect(Object.fromEntries(rejected.map(({ referrer, reason }) => [referrer, reason]))).toEqual({
      [aboutOther]: 'Its statement speaks of another image.',
      [half]: 'It is no complete Sigstore bundle.',
      [altered]: 'Its log entry is of another content or signature.',
    });
  });

  it('is what the list of another image was copied from', async () => {
    const here = await place({ referrers: false });
    const bundle = (await signed(statementAbout(here.hex, predicateType))).bundle;
    const other = here.registry.addManifest(
      { schemaVersion: 2, layers: [], annotations: { other: 'image' } },
      mediaTypes.image,
    );
    const otherImage = { mediaType: mediaTypes.image, digest: other, size: 1 };
    const [attached] = await here.clock.run(
      attachArtifacts(here.repository, otherImage, [{ mediaType: bundleType, content: bundle, annotations: {} }]),
    );
    here.registry.tags.set(here.image.digest.replace(':', '-'), here.registry.tags.get(other.replace(':', '-')) ?? '');
    expect(await readEvidence(here.repository, here.image.digest, world().verify)).toEqual({
      verified: [],
      rejected: [{ referrer: attached!.digest, reason: 'It is attached to another image.' }],
    });
  });

  it('is a manifest with more than the bundle in it', async () => {
    const here = await place();
    const layers = [bundleType, 'text/plain'].map((mediaType) => ({
      mediaType,
      digest: digestOf(Buffer.from(mediaType)),
      size: 1,
    }));
    const referrer = here.registry.addManifest(
      {
        schemaVersion: 2,
        layers,
        subject: { mediaType: here.image.mediaType, digest: here.image.digest, size: here.image.size },
      },
      mediaTypes.image,
    );
    expect((await readEvidence(here.repository, here.image.digest, world().verify)).rejected).toEqual([
      { referrer, reason: 'Its manifest holds more than the bundle.' },
    ]);
  });

  it.each<[string, Uint8Array | undefined, string]>([
    ['lies about its content', Buffer.from('other'), 'and gave sha256:'],
    ['has lost its content', undefined, 'has no blob sha256:'],
  ])('is what the registry %s', async (_, bytes, reason) => {
    const here = await place();
    const referrer = await attachBundle(here, (await signed(statementAbout(here.hex, predicateType))).bundle);
    const lying = new Repository(
      {
        http: (url, options) =>
          url.includes('/blobs/')
            ? Promise.resolve(bytes === undefined ? answer(404) : answer(200, bytes))
            : here.registry.http(url, options),
        clock: here.clock,
      },
      target,
    );
    expect(await readEvidence(lying, here.image.digest, world().verify)).toEqual({
      verified: [],
      rejected: [{ referrer, reason: expect.stringContaining(reason) as unknown }],
    });
  });
});

describe('a registry that does not answer', () => {
  it.each(['/referrers/', '/manifests/', '/blobs/'])('at %s is an error, not "no evidence"', async (part) => {
    const here = await place();
    await attachBundle(here, (await signed(statementAbout(here.hex, predicateType))).bundle);
    const broken = new Repository(
      {
        http: (url, options) => (url.includes(part) ? Promise.resolve(answer(503)) : here.registry.http(url, options)),
        clock: here.clock,
      },
      target,
    );
    const error = await here.clock.run(
      readEvidence(broken, here.image.digest, world().verify).catch((reason: unknown) => reason),
    );
    expect(error).toMatchObject({ problem: 'unreachable' });
  });
});

describe('reading back what was attached', () => {
  it.each<[string, (bundle: Uint8Array) => Promise<Uint8Array>, string]>([
    [
      'an older bundle',
      async () => (await signed(statementAbout('b'.repeat(64), predicateType))).bundle,
      'gave sha256:',
    ],
    ['half of it', (bundle) => Promise.resolve(bundle.subarray(0, 100)), 'gave sha256:'],
  ])('notices a registry that gives %s', async (_, instead, reason) => {
    const { bundle, verified } = await signed(statementAbout('a'.repeat(64), predicateType));
    const wrong = await instead(bundle);
    const here = await place(
      { referrers: true },
      (http) => (url, options) =>
        url.includes('/blobs/sha256:') && (options?.method ?? 'GET') === 'GET'
          ? Promise.resolve(answer(200, wrong))
          : http(url, options),
    );
    const { attached, findings } = await here.clock.run(
      attachStatements(here.repository, here.image, [{ bundle, verified }], world().verify),
    );
    expect(attached).toEqual([]);
    expect(findings).toMatchObject([
      {
        rule: { id: 'evidence/read-back-failed', outcome: 'fail' },
        message: expect.stringContaining(reason),
      },
    ]);
  });

  it('notices that another statement is there', async () => {
    const here = await place();
    const [first, second] = await Promise.all([
      signed(statementAbout(here.hex, predicateType)),
      signed(statementAbout(here.hex, 'https://example.com/other')),
    ]);
    const mixed = [{ bundle: first.bundle, verified: second.verified }];
    const { findings } = await here.clock.run(attachStatements(here.repository, here.image, mixed, world().verify));
    expect(findings).toMatchObject([
      { message: expect.stringContaining('It is not the statement that was attached.') },
    ]);
  });
});

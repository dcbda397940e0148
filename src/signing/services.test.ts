import { describe, expect, it } from '@jest/globals';
import { servicesOf } from './services.ts';

const now = new Date('2026-06-01T00:00:00Z');
const service = (url: string, more: object = {}): object => ({
  url,
  majorApiVersion: 1,
  validFor: { start: '2026-01-01T00:00:00Z' },
  operator: 'x',
  ...more,
});
const config = {
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  caUrls: [service('https://fulcio.example')],
  oidcUrls: [],
  rekorTlogUrls: [service('https://rekor.example/')],
  rekorTlogConfig: { selector: 'ANY' },
};
const read = (changes: object = {}): unknown => servicesOf(JSON.stringify({ ...config, ...changes }), now);

describe('a signing configuration', () => {
  it('names the services', () => {
    expect(read()).toEqual({ fulcio: 'https://fulcio.example', rekor: 'https://rekor.example', isPublic: false });
    expect(
      read({ tsaUrls: [service('https://tsa.example/api/v1/timestamp')], tsaConfig: { selector: 'EXACT', count: 1 } }),
    ).toMatchObject({
      timestamp: 'https://tsa.example/api/v1/timestamp',
    });
  });

  it('of the public good instance is known as public, whatever else it names', () => {
    expect(read({ rekorTlogUrls: [service('https://rekor.sigstore.dev')] })).toMatchObject({ isPublic: true });
    expect(read({ rekorTlogUrls: [service('https://rekor.sigstore.dev.example')] })).toMatchObject({ isPublic: false });
  });

  it('with several services means the newest that is valid now and whose version is known', () => {
    const rekorTlogUrls = [
      service('https://old.example', { validFor: { start: '2024-01-01T00:00:00Z' } }),
      service('https://new.example', { validFor: { start: '2026-05-01T00:00:00Z' } }),
      service('https://ended.example', { validFor: { start: '2026-05-02T00:00:00Z', end: '2026-05-03T00:00:00Z' } }),
      service('https://later.example', { validFor: { start: '2027-01-01T00:00:00Z' } }),
      service('https://version2.example', { majorApiVersion: 2, validFor: { start: '2026-05-04T00:00:00Z' } }),
      service('https://always.example', { validFor: undefined }),
    ];
    expect(read({ rekorTlogUrls })).toMatchObject({ rekor: 'https://new.example' });
  });

  it.each<[string, object, string]>([
    [
      'of another version',
      { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.1+json' },
      'its mediaType is not',
    ],
    ['without an authority', { caUrls: undefined }, 'no certificate authority'],
    ['without a log', { rekorTlogUrls: [] }, 'no log (rekorTlogUrls)'],
    [
      'with version 2 of the log only',
      { rekorTlogUrls: [service('https://r.example', { majorApiVersion: 2 })] },
      'no log (rekorTlogUrls)',
    ],
    ['whose services are no list', { caUrls: {} }, 'caUrls is no list'],
    ['with an address that is none', { caUrls: [service('fulcio')] }, 'a url in caUrls is no http address'],
    ['with an address of a file', { caUrls: [service('file:///etc/passwd')] }, 'a url in caUrls is no http address'],
    ['with an entry that is nothing', { caUrls: [null] }, 'a url in caUrls is no http address'],
    ['that demands all logs', { rekorTlogConfig: { selector: 'ALL' } }, 'rekorTlogConfig demands more than one'],
    ['that demands two timestamps', { tsaConfig: { selector: 'EXACT', count: 2 } }, 'tsaConfig demands more than one'],
  ])('%s is refused', (_, changes, reason) => {
    expect(() => read(changes)).toThrow(reason);
  });

  it('that is no JSON is refused', () => {
    expect(() => servicesOf('{', now)).toThrow('it is not JSON');
    expect(() => servicesOf('null', now)).toThrow('mediaType');
  });
});

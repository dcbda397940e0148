import { describe, expect, it } from '@jest/globals';
import { checkSpdx } from './spdx.ts';

const hex = 'a'.repeat(64);
const digest = `sha256:${hex}`;
const other = `sha256:${'b'.repeat(64)}`;

/** The image in a document of Syft 1.54. */
const image = {
  name: 'registry.example/app',
  SPDXID: 'SPDXRef-DocumentRoot-Image-app',
  versionInfo: digest,
  checksums: [{ algorithm: 'SHA256', checksumValue: hex }],
  externalRefs: [
    {
      referenceCategory: 'PACKAGE-MANAGER',
      referenceType: 'purl',
      referenceLocator: `pkg:oci/app@sha256%3A${hex}?arch=amd64`,
    },
  ],
  primaryPackagePurpose: 'CONTAINER',
};
const library = { name: 'libc6', SPDXID: 'SPDXRef-libc6', versionInfo: '2.36' };
const whole = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  packages: [library, image],
  relationships: [
    { spdxElementId: 'SPDXRef-DOCUMENT', relatedSpdxElement: image.SPDXID, relationshipType: 'DESCRIBES' },
  ],
};
const check = (content: unknown): unknown => checkSpdx(Buffer.from(JSON.stringify(content)), digest, 'sbom.json');
const withImage = (changes: object): object => ({ ...whole, packages: [library, { ...image, ...changes }] });

describe('an SBOM of the image', () => {
  it('is taken with the number of packages in it', () => {
    expect(check(whole)).toEqual({ document: whole, packages: 1 });
  });

  it.each([
    ['its version alone', withImage({ checksums: undefined, externalRefs: undefined })],
    ['a checksum alone', withImage({ versionInfo: '1.0', externalRefs: [] })],
    [
      'a package URL alone',
      withImage({ versionInfo: undefined, checksums: [{ algorithm: 'SHA1', checksumValue: 'x' }] }),
    ],
    ['a checksum in upper case', withImage({ checksums: [{ algorithm: 'SHA256', checksumValue: hex.toUpperCase() }] })],
    ['the older list of what is described', { ...whole, relationships: [], documentDescribes: [image.SPDXID] }],
    [
      'the relationship the other way round',
      {
        ...whole,
        relationships: [
          { spdxElementId: image.SPDXID, relatedSpdxElement: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBED_BY' },
        ],
      },
    ],
  ])('may say so by %s', (_, content) => {
    expect(check(content)).toMatchObject({ packages: 1 });
  });
});

describe('an SBOM is refused', () => {
  it.each<[string, unknown, string, RegExp]>([
    [
      'of another image',
      withImage({ versionInfo: other, checksums: [], externalRefs: [] }),
      'subject-mismatch',
      /is of sha256:b+, not of sha256:a+\./,
    ],
    [
      'of another image beside ours',
      withImage({ checksums: [{ algorithm: 'SHA256', checksumValue: 'b'.repeat(64) }] }),
      'subject-mismatch',
      /is of sha256:b+, not/,
    ],
    [
      'that does not say of which image',
      withImage({ versionInfo: '1.0', checksums: [], externalRefs: [] }),
      'subject-mismatch',
      /does not say/,
    ],
    ['that describes nothing', { ...whole, relationships: [] }, 'subject-mismatch', /does not say/],
    [
      'in which only a library names the digest',
      {
        ...whole,
        packages: [
          { ...library, versionInfo: digest },
          { ...image, versionInfo: '', checksums: [], externalRefs: [] },
        ],
      },
      'subject-mismatch',
      /does not say/,
    ],
    [
      'in which something else is described',
      {
        ...whole,
        relationships: [
          { spdxElementId: 'SPDXRef-libc6', relatedSpdxElement: image.SPDXID, relationshipType: 'DESCRIBES' },
        ],
      },
      'subject-mismatch',
      /does not say/,
    ],
    ['without packages', { ...whole, packages: [image] }, 'empty', /no package besides/],
    ['of another version', { ...whole, spdxVersion: 'SPDX-2.2' }, 'unreadable', /says it is SPDX-2\.2/],
    ['of another format', { bomFormat: 'CycloneDX' }, 'unreadable', /says it is of no version, not SPDX-2\.3/],
    ['whose own id is another', { ...whole, SPDXID: 'x' }, 'unreadable', /SPDX-2\.3/],
    ['that is a list', [whole], 'unreadable', /not one complete JSON object/],
    ['that is nothing', null, 'unreadable', /not one complete JSON object/],
  ])('%s', (_, content, rule, message) => {
    expect(check(content)).toMatchObject({
      rule: { id: `sbom/${rule}` },
      message: expect.stringMatching(message),
      place: { file: 'sbom.json' },
    });
  });

  it('that was cut off anywhere', () => {
    const text = JSON.stringify(whole);
    for (let length = 0; length < text.length; length += 7) {
      const half = checkSpdx(Buffer.from(text.slice(0, length)), digest, 'sbom.json');
      expect(half).toMatchObject({ rule: { id: 'sbom/unreadable' } });
    }
    expect(checkSpdx(Buffer.from([0xff]), digest, 'sbom.json')).toMatchObject({ rule: { id: 'sbom/unreadable' } });
  });
});

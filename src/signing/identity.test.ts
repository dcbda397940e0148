import { describe, expect, it } from '@jest/globals';
import { identityOf, utf8String } from './identity.ts';

/** A DER UTF8String, by hand. */
function der(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length =
    bytes.length < 0x80
      ? [bytes.length]
      : bytes.length < 0x100
        ? [0x81, bytes.length]
        : [0x82, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([0x0c, ...length]), bytes]);
}

const extension = (number: number, value: Buffer): { oid: { id: number[] }; value: Buffer } => ({
  oid: { id: [1, 3, 6, 1, 4, 1, 57264, 1, number] },
  value,
});

describe('the text of an extension', () => {
  it.each([
    '',
    'https://github.com/acme/game',
    'ö',
    'x'.repeat(127),
    'x'.repeat(128),
    'x'.repeat(255),
    'x'.repeat(1000),
  ])('is read whatever its length', (text) => {
    expect(utf8String(der(text))).toBe(text);
  });

  it.each([
    ['bare text', Buffer.from('acme/game')],
    ['nothing', Buffer.alloc(0)],
    ['less than it says', der('abc').subarray(0, 4)],
    ['more than it says', Buffer.concat([der('abc'), Buffer.from('d')])],
    ['another type', Buffer.from([0x13, 1, 0x61])],
    ['a length without end', Buffer.from([0x0c, 0xff])],
  ])('is not read from %s', (_, bytes) => {
    expect(utf8String(bytes)).toBeUndefined();
  });
});

describe('the identity in a certificate', () => {
  const issuer = extension(8, der('https://issuer.example'));

  it('has what the certificate has', () => {
    const found = identityOf('https://signer.example', [
      issuer,
      extension(12, der('https://github.com/acme/game')),
      extension(15, der('101')),
    ]);
    expect(found).toEqual({
      issuer: 'https://issuer.example',
      name: 'https://signer.example',
      sourceRepositoryUri: 'https://github.com/acme/game',
      sourceRepositoryId: '101',
    });
  });

  it('is never read from the older bare extensions or from other arcs', () => {
    const elsewhere = { oid: { id: [1, 3, 6, 1, 4, 1, 99999, 1, 15] }, value: der('1') };
    expect(identityOf('x', [issuer, extension(5, Buffer.from('acme/game')), elsewhere])).toEqual({
      issuer: 'https://issuer.example',
      name: 'x',
    });
    expect(identityOf('x', [issuer, extension(15, Buffer.from('101'))])).not.toHaveProperty('sourceRepositoryId');
  });

  it('is none without a name or an issuer', () => {
    expect(identityOf(undefined, [issuer])).toBeUndefined();
    expect(identityOf('x', [])).toBeUndefined();
    expect(identityOf('x', [{ value: der('x') }])).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskFor, secretForms } from './mask.ts';

const forms: [string, (secret: string) => string][] = [
  ['itself', (secret) => secret],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['URL encoding', encodeURIComponent],
  ['a JSON string', (secret) => JSON.stringify(secret)],
];

describe('a mask', () => {
  it.each(forms)('hides a secret as %s', (_, form) => {
    fc.assert(
      fc.property(fc.string({ minLength: 5, unit: 'binary' }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(secret.isWellFormed() && secret.trim().length >= 5);
        const shown = maskFor([secret])(`${before}${form(secret)}${after}`);
        expect(shown).toContain('***');
        expect(maskFor([secret])(`x ${form(secret)} y`)).not.toContain(form(secret));
      }),
    );
  });

  it('hides every line of a secret with several lines', () => {
    const key = '-----BEGIN KEY-----\nMIIBVgIBADANBg\nkqhkiG9w0BAQ\n-----END KEY-----';
    expect(maskFor([key])('found MIIBVgIBADANBg and kqhkiG9w0BAQ')).toBe('found *** and ***');
  });

  it('leaves no tail when one secret begins another', () => {
    expect(maskFor(['secret', 'secret-and-more'])('secret-and-more')).toBe('***');
  });

  it('does not blank out what is too short to be a secret', () => {
    expect(secretForms('abc')).not.toContain('abc');
    expect(maskFor([''])('text')).toBe('text');
  });
});

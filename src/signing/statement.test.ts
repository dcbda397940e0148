import { describe, expect, it } from '@jest/globals';
import { readStatement } from './statement.ts';

const whole = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'app', digest: { sha256: 'ab' } }],
  predicateType: 'https://example.com/predicate/v1',
  predicate: { holds: true },
};
const read = (content: unknown): unknown => readStatement(Buffer.from(JSON.stringify(content)));

describe('a statement', () => {
  it('is read', () => {
    const { subject, predicateType, predicate } = whole;
    expect(read(whole)).toEqual({ subjects: subject, predicateType, predicate });
    expect(read({ ...whole, _type: 'https://in-toto.io/Statement/v0.1' })).toMatchObject({ predicateType });
    expect(read({ ...whole, subject: [{ digest: { sha256: 'ab' } }] })).toMatchObject({ subjects: [{ name: '' }] });
  });

  it.each<[string, unknown, RegExp]>([
    ['of another type', { ...whole, _type: 'https://in-toto.io/Statement/v2' }, /_type/],
    ['without a type', { ...whole, _type: undefined }, /_type/],
    ['without a predicate type', { ...whole, predicateType: undefined }, /predicateType/],
    ['with a predicate type that is no URI', { ...whole, predicateType: 'spdx' }, /predicateType/],
    ['without a subject', { ...whole, subject: [] }, /no subject/],
    ['whose subject is no list', { ...whole, subject: whole.subject[0] }, /no subject/],
    ['whose subject has no digest', { ...whole, subject: [{ name: 'app' }] }, /no digest/],
    ['whose subject has an empty digest', { ...whole, subject: [{ digest: {} }] }, /no digest/],
    ['whose digest is no text', { ...whole, subject: [{ digest: { sha256: 1 } }] }, /no digest/],
    ['whose subject is nothing', { ...whole, subject: [null] }, /no digest/],
    ['that is nothing', null, /_type/],
  ])('%s is refused', (_, content, message) => {
    expect(read(content)).toMatch(message);
  });

  it('that is no text is refused', () => {
    expect(readStatement(Buffer.from('{"_type"'))).toBe('It is not JSON.');
    expect(readStatement(Buffer.from([0x22, 0xff, 0x22]))).toBe('It is not JSON.');
  });
});

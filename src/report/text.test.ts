import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { count, cut, placeText, visible } from './text.ts';

describe('visible', () => {
  it.each([
    ['a\r\nb', 'a b'],
    ['a \n\n  b', 'a b'],
    ['a\tb', 'a b'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['x\u202ey', 'x\\u{202e}y'],
    ['\u{e0041}', '\\u{e0041}'],
    ['naïve 日本語 😀', 'naïve 日本語 😀'],
  ])('%j is shown as %j', (text, shown) => expect(visible(text)).toBe(shown));

  it('never leaves a control or format character', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(visible(text))));
  });
});

describe('cut', () => {
  it('keeps the length and whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const short = cut(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short.isWellFormed()).toBe(true);
        if (text.length <= max) expect(short).toBe(text);
      }),
    );
  });
});

it('places read as file:line:column and resource', () => {
  expect(placeText({ file: 'a.json', line: 3, column: 4, resource: 'service/web' })).toBe('a.json:3:4 service/web');
  expect(placeText({ file: 'a.json' })).toBe('a.json');
  expect(placeText()).toBe('');
});

it('counts read as English', () => {
  expect([count(1, 'file'), count(0, 'file'), count(2, 'policy', 'policies')]).toEqual([
    '1 file',
    '0 files',
    '2 policies',
  ]);
});

import { describe, expect, it } from '@jest/globals';
import { isLike } from './like.ts';

describe('a pattern', () => {
  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a.c', 'abc', false],
    ['*', 'service/api\ncontainer', true],
    ['api', 'api2', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(isLike(text, pattern)).toBe(expected);
  });

  it('stays quick on a pattern made to be slow', () => {
    expect(isLike('a'.repeat(5_000), `${'*a'.repeat(20)}b`)).toBe(false);
  });
});

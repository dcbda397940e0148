import { expect, it } from '@jest/globals';
import { isInside } from './inside.ts';

it.each<[string, boolean]>([
  ['/w', true],
  ['/w/a/b', true],
  ['/w/..cache', true],
  ['/w/...', true],
  ['/', false],
  ['/w/../x', false],
  ['/ww', false],
  ['/x/w', false],
])('%s is inside /w: %s', (path, inside) => expect(isInside(path, '/w')).toBe(inside));

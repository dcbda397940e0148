import { expect, it } from '@jest/globals';
import { parseReference } from './reference.ts';

it.each([
  ['$/', { kind: 'same', path: '' }],
  ['$/actions/x', { kind: 'same', path: 'actions/x' }],
  ['./.github/workflows/x.yml', { kind: 'local', path: '.github/workflows/x.yml' }],
  ['actions/checkout@v5', { kind: 'remote', repository: 'actions/checkout', path: '', ref: 'v5' }],
  ['a/b/c/d@refs/heads/x', { kind: 'remote', repository: 'a/b', path: 'c/d', ref: 'refs/heads/x' }],
])('%s is understood', (text, parsed) => {
  expect(parseReference(text)).toEqual(parsed);
});

it.each([
  ['docker://alpine:3', 'docker://'],
  ['$/actions/x@v1', 'takes no `@ref`'],
  ['$/../x', '`..`'],
  ['a/b/../../c@v1', '`..`'],
  ['actions/checkout', 'is none of'],
  ['checkout@v1', 'is none of'],
  ['', 'is none of'],
])('%s is refused: %s', (text, message) => {
  expect(() => parseReference(text)).toThrow(message);
});

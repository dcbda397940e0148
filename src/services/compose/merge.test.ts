import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../documents/json.ts';
import { plain } from '../../documents/node.ts';
import { parseYaml } from '../../documents/yaml.ts';
import { merge, settled } from './merge.ts';

const merged = (base: string, over: string, path?: string): unknown =>
  plain(settled(merge(parseYaml(base), parseYaml(over), path)));

/** test/conformance/compose-go.test.ts holds whole projects against compose-go; here is each rule by itself. */
describe('a later file over an earlier one', () => {
  it.each<[string, string, string, unknown]>([
    ['mappings are merged', '{ a: 1, b: { c: 1 } }', '{ b: { d: 2 }, e: 3 }', { a: 1, b: { c: 1, d: 2 }, e: 3 }],
    ['lists are appended', 'a: [1]', 'a: [1, 2]', { a: [1, 1, 2] }],
    ['values are replaced', 'a: 1', 'a: 2', { a: 2 }],
    ['nothing replaces nothing', 'a: 1', 'a:', { a: 1 }],
    ['reset removes', '{ a: [1], b: 2 }', 'a: !reset []', { b: 2 }],
    ['reset of what is not there', 'b: 2', 'a: !reset []', { b: 2 }],
    ['override replaces', 'a: { b: 1 }', 'a: !override { c: 2 }', { a: { c: 2 } }],
    ['a mapping over a value', 'a: 1', 'a: { b: 2 }', { a: { b: 2 } }],
    ['a reset item of a list', 'a: [1]', 'a: [!reset 2, 3]', { a: [1, 3] }],
  ])('%s', (_, base, over, expected) => expect(merged(base, over)).toEqual(expected));

  it.each<[string, string, string, unknown]>([
    ['command: [a]', 'command: [b]', 'a command is replaced', { command: ['b'] }],
    ['command: [a]', 'command:', 'by nothing, too', { command: null }],
    [
      'healthcheck: { test: [a], retries: 1 }',
      'healthcheck: { test: [b] }',
      'a test is',
      { healthcheck: { test: ['b'], retries: 1 } },
    ],
    ['labels: [a=1, b]', 'labels: { a: 2, c: 3 }', 'labels in both forms', { labels: { a: 2, b: null, c: 3 } }],
    ['labels: { a: 1 }', 'labels: [a=2=3]', 'and the other way round', { labels: { a: '2=3' } }],
    ['build: x', 'build: { target: t }', 'a build in both forms', { build: { context: 'x', target: 't' } }],
    ['build: { args: [A=1] }', 'build: { args: { B: 2 } }', 'its arguments', { build: { args: { A: '1', B: 2 } } }],
  ])('%s, %s: %s', (base, over, _, expected) => expect(merged(base, over, 'services.*')).toEqual(expected));

  it.each([
    ['a: [1]', 'a: { b: 1 }', 'A mapping cannot be put over a sequence'],
    ['a: { b: 1 }', 'a: [1]', 'A sequence cannot be put over a mapping'],
    ['a: [1]', 'a: 1', 'A scalar cannot be put over a sequence'],
  ])('%s, %s is refused', (base, over, message) => expect(() => merged(base, over)).toThrow(message));

  it('leaves a file alone when the later one says nothing, and takes it whole when the earlier one does', () => {
    const json = fc.dictionary(
      fc.string(),
      fc.jsonValue({ maxDepth: 3 }).filter((value) => value !== null),
    );
    fc.assert(
      fc.property(json, (value) => {
        const [nothing, something] = [parseJson('{}'), parseJson(JSON.stringify(value))];
        expect(plain(settled(merge(something, nothing)))).toEqual(plain(something));
        expect(plain(settled(merge(nothing, something)))).toEqual(plain(something));
      }),
    );
  });
});

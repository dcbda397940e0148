import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { load } from 'js-yaml';
import * as z from 'zod';
import { parseChecked } from './checked.ts';
import { parseJson } from './json.ts';
import { DocumentError, duplicateKeys, get, LineIndex, nearest, plain } from './node.ts';
import { parseYaml, parseYamlStream } from './yaml.ts';

const errorOf = (read: () => unknown): DocumentError => {
  try {
    read();
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('JSON', () => {
  it('reads every value that JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const numbers = (_: string, item: unknown) => (typeof item === 'bigint' ? Number(item) : item);
        expect(JSON.parse(JSON.stringify(plain(parseJson(text)), numbers))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['', 'value expected', 1, 1],
    ['{', 'not JSON', 1, 2],
    ['{"a":1,}', 'not JSON', 1, 8],
    ['{"a" 1}', 'colon expected', 1, 6],
    ['{\n  "a": 1\n  "b": 2\n}', 'comma expected', 3, 3],
    ['{"a":1} x', 'not JSON', 1, 9],
    ['// comment\n{}', 'not JSON', 1, 1],
    ["{'a':1}", 'not JSON', 1, 2],
    ['{"a":01}', 'not JSON', 1, 7],
    ['{"a":"\u0001"}', 'not JSON', 1, 6],
    ['\ufeff{}', 'byte order mark', 1, 1],
    ['[1', 'not JSON', 1, 3],
    ['1.', 'not JSON', 1, 1],
  ])('refuses %j: %s at %i:%i', (text, message, line, column) => {
    const error = errorOf(() => parseJson(text));
    expect(error.message).toContain(message);
    expect([error.line, error.column]).toEqual([line, column]);
  });

  it('keeps whole numbers beyond 2^53', () => {
    expect(plain(parseJson('{"mask":18446744073709551615}'))).toEqual({ mask: 18446744073709551615n });
  });

  it('keeps duplicate keys, and takes the last one', () => {
    const node = parseJson('{"a":1,\n "a":2}');
    expect(node.kind === 'mapping' && duplicateKeys(node)).toMatchObject([{ value: 'a', line: 2, column: 2 }]);
    expect(get(node, 'a')).toMatchObject({ value: 2 });
  });

  it('refuses 10,000 nested arrays without a stack overflow', () => {
    expect(errorOf(() => parseJson('['.repeat(10_000))).message).toContain('nested more than 100 deep');
  });

  it('treats __proto__ as a key like any other', () => {
    const value = plain(parseJson('{"__proto__":{"polluted":true}}')) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('YAML', () => {
  it.each([
    'a: 1\nb: [x, "y", \'z\']\nc: {d: null, e: ~, f: true, g: no}\n',
    'text: |\n  two\n  lines\nfolded: >-\n  one\n  line\n',
    'numbers: [1, -2, 3.5, 0x1F, 0o17, 1e3, .inf, -.Inf, 1_000, "1"]\n',
    'strings: [yes, on, 2026-01-01, 1.2.3, 0.10.0, "null", !!str 5]\n',
    'base: &base {a: 1, b: 2}\nlist: [*base, *base]\n',
    '- - - deep\n- \n',
    '"quoted key": "esc\\u0041\\n"\n? explicit\n: value\n',
  ])('reads %j as js-yaml does', (text) => {
    expect(plain(parseYaml(text))).toEqual(load(text));
  });

  it('merges mappings; own keys win, then earlier sources', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 3\n';
    expect(plain(get(parseYaml(text), 'z')!)).toEqual({ a: 3, b: 1, c: 2 });
  });

  it('says where everything is', () => {
    const node = parseYaml('a: 1\nlist:\n  - x\n  - key: "v"\n');
    expect(nearest(node, ['list', 1, 'key'])).toMatchObject({ value: 'v', line: 4, column: 11 });
    expect(nearest(node, ['list', 7, 'key'])).toMatchObject({ kind: 'sequence', line: 3 });
  });

  it.each([
    ['', 'It is empty', 1],
    ['a: 1\n---\nb: 2\n', 'more than one YAML document', 3],
    ['a: [1, 2', 'not YAML', 1],
    ['a: 1\n\tb: 2\n', 'not YAML', 2],
    ['a: *nothing\n', 'not YAML|no anchor', 1],
    ['? [a, b]\n: 1\n', 'A key is a list', 1],
    ['a: 1\n<<: text\n', 'merge key', 2],
  ])('refuses %j', (text, message, line) => {
    const error = errorOf(() => parseYaml(text));
    expect(error.message).toMatch(new RegExp(message));
    expect(error.line).toBe(line);
  });

  it('refuses a billion laughs', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
    );
    expect(errorOf(() => parseYaml(`l0: &l0 lol\n${levels.join('\n')}\n`)).message).toContain('unfold to more than');
  });

  it('reads a stream and leaves empty documents out', () => {
    expect(parseYamlStream('---\n---\na: 1\n---\n# nothing\n---\nb: 2\n').map(plain)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('keeps whole numbers beyond 2^53', () => {
    expect(plain(parseYaml('mask: 18446744073709551615'))).toEqual({ mask: 18446744073709551615n });
  });
});

describe('a checked document', () => {
  const schema = z.strictObject({ name: z.string(), list: z.array(z.strictObject({ n: z.int() })) });

  it('has every problem at its place', () => {
    const result = parseChecked('name: 5\nlist:\n  - n: 1\n  - n: x\n    m: 2\n', schema);
    expect('problems' in result && result.problems.map(({ line, message }) => [line, message.split(':')[0]])).toEqual([
      [1, 'name'],
      [4, 'list.1'],
      [4, 'list.1.n'],
    ]);
  });

  it('refuses a key that stands twice', () => {
    const result = parseChecked('name: a\nname: b\nlist: []\n', schema);
    expect('problems' in result && result.problems).toMatchObject([
      { line: 2, column: 1, message: expect.stringContaining('twice') as unknown as string },
    ]);
  });

  it('is the value when all is right', () => {
    expect(parseChecked('name: a\nlist: [{n: 1}]\n', schema)).toEqual({ value: { name: 'a', list: [{ n: 1 }] } });
  });

  it('turns a syntax error into a problem', () => {
    expect(parseChecked('name: [', schema)).toMatchObject({ problems: [{ line: 1 }] });
  });
});

it('an offset becomes line and column', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '\n', '😀'), { maxLength: 40 }), fc.nat(), (parts, at) => {
      const text = parts.join('');
      const offset = text.length === 0 ? 0 : at % text.length;
      const before = text.slice(0, offset).split('\n');
      expect(new LineIndex(text).at(offset)).toEqual({ line: before.length, column: (before.at(-1) ?? '').length + 1 });
    }),
  );
});

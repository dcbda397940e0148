import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePairs, readFileCommand } from './file-commands.ts';

describe('the file of a step', () => {
  it.each<[string, string, [string, string][]]>([
    ['a line', 'a=b\n', [['a', 'b']]],
    ['a last line without a break', 'a=b', [['a', 'b']]],
    ['more equals signs', 'a=b=c\n', [['a', 'b=c']]],
    ['an empty value', 'a=\n', [['a', '']]],
    ['a block', 'a<<EOF\none\n\ntwo\nEOF\n', [['a', 'one\n\ntwo']]],
    ['a block at the end without a break', 'a<<EOF\none\nEOF', [['a', 'one']]],
    ['an empty block', 'a<<EOF\nEOF\n', [['a', '']]],
    [
      'a block that holds an assignment',
      'a<<EOF\nb=c\nEOF\nd=e',
      [
        ['a', 'b=c'],
        ['d', 'e'],
      ],
    ],
    ['a value with two arrows', 'a=b<<c\n', [['a', 'b<<c']]],
    ['empty lines', '\n\na=b\n\n', [['a', 'b']]],
    ['carriage returns, kept as on Linux', 'a=b\r\n', [['a', 'b\r']]],
    ['nothing', '', []],
  ])('holds %s', (_, text, pairs) => {
    expect(parsePairs(text)).toEqual(pairs);
  });

  it.each([
    ['garbage', "Invalid format 'garbage'"],
    ['<<EOF\nx\nEOF\n', 'Name must not be empty'],
    ['a<<\nx\n', 'delimiter must not be empty'],
    ['a<<EOF\nx\n', "Matching delimiter not found 'EOF'"],
    ['a<<EOF\nx', 'EOF marker missing new line'],
    ['a<<EOF\n', "Matching delimiter not found 'EOF'"],
  ])('is refused: %j', (text, message) => {
    expect(() => parsePairs(text)).toThrow(message);
  });

  it('gives back any value that was written with a delimiter that is not in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '=', '<', '\n', '\r', 'E') }), (value) => {
        expect(parsePairs(`name<<delimiter_7\n${value}\ndelimiter_7\n`)).toEqual([['name', value]]);
      }),
    );
  });

  it('is empty when the step removed it, and refused when it is too large', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-'));
    expect(await readFileCommand(join(folder, 'gone'))).toBe('');
    await writeFile(join(folder, 'large'), 'x'.repeat(11));
    await expect(readFileCommand(join(folder, 'large'), 10)).rejects.toThrow('larger than 10 bytes');
    await rm(folder, { recursive: true });
  });
});

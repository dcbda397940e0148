import { expect, it } from '@jest/globals';
import { LineSplitter, maxLineLength } from './line-splitter.ts';

function split(chunks: (string | Buffer)[], overlap = 0): [string, boolean][] {
  const lines: [string, boolean][] = [];
  const splitter = new LineSplitter(
    (line, isCut) => lines.push([line, isCut]),
    () => overlap,
  );
  for (const chunk of chunks) splitter.write(Buffer.from(chunk));
  splitter.end();
  return lines;
}

it.each([
  ['lines', ['a\nb\n'], ['a', 'b']],
  ['lines over chunks', ['a', 'b\nc', '', '\n'], ['ab', 'c']],
  ['a last line without a break', ['a\nb'], ['a', 'b']],
  ['empty lines', ['\n\na\n\n'], ['', '', 'a', '']],
  ['carriage returns', ['a\r\nb\rc\r\n'], ['a', 'b\rc']],
  ['a character over chunks', [Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 0x0a])], ['€']],
  ['half a character at the end', [Buffer.from([0x61, 0xe2, 0x82])], ['a\ufffd']],
  ['nothing', [], []],
])('puts together %s', (_, chunks, lines) => {
  expect(split(chunks)).toEqual(lines.map((line) => [line, false]));
});

it('cuts a long line, keeps the overlap, and goes on with the next', () => {
  const long = 'x'.repeat(maxLineLength + 10);
  expect(split([`${long}\nshort\n`])).toEqual([
    ['x'.repeat(maxLineLength), true],
    ['short', false],
  ]);
  expect(split([long, long, '\n'], 7)).toEqual([['x'.repeat(maxLineLength + 7), true]]);
  expect(split([`${'x'.repeat(maxLineLength)}\n`])).toEqual([['x'.repeat(maxLineLength), false]]);
});

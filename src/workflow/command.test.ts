import { expect, it } from '@jest/globals';
import { parseCommand } from './command.ts';

const known = (name: string) => ['error', 'group', 'token'].includes(name);

it.each([
  ['::error::broken', { name: 'error', properties: {}, data: 'broken' }],
  ['  ::ERROR::x', { name: 'error', properties: {}, data: 'x' }],
  [
    '::error file=a%2Cb.js,line=3,endLine=4,col=1,title=A%3AB::two%0Alines 100%25',
    {
      name: 'error',
      properties: { file: 'a,b.js', line: '3', endline: '4', col: '1', title: 'A:B' },
      data: 'two\nlines 100%',
    },
  ],
  ['::error line=,x,=y,file=a::m', { name: 'error', properties: { file: 'a' }, data: 'm' }],
  ['::group::a::b', { name: 'group', properties: {}, data: 'a::b' }],
  ['::token::', { name: 'token', properties: {}, data: '' }],
  ['##[error]old form', { name: 'error', properties: {}, data: 'old form' }],
  ['before ##[error file=a;line=2]x%5D', { name: 'error', properties: { file: 'a', line: '2' }, data: 'x]' }],
])('%s is a command', (line, command) => {
  expect(parseCommand(line, known)).toEqual(command);
});

it.each(['', 'text', 'a ::error::b', '::unknown::x', '::error:x', '::error', '##[unknown]x', '##[error', '%%%'])(
  '%s is text',
  (line) => {
    expect(parseCommand(line, known)).toBeUndefined();
  },
);

it('reads a hostile line in linear time', () => {
  expect(parseCommand('##['.repeat(200_000), known)).toBeUndefined();
  expect(parseCommand(`::${' '.repeat(500_000)}`, known)).toBeUndefined();
});

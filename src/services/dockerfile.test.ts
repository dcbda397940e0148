import { describe, expect, it } from '@jest/globals';
import { readDockerfile } from './dockerfile.ts';
import { shellWords } from './shell-words.ts';

const user = (text: string, target?: string, args?: Record<string, string>): string | undefined =>
  readDockerfile(text, target, new Map(Object.entries(args ?? {})))?.user?.value;

describe('USER', () => {
  it.each([
    ['FROM a\nUSER 1:2\n', '1:2'],
    ['FROM a\nUSER 1\nUSER 2\n', '2'],
    ['FROM a\n', undefined],
    ['FROM scratch\n', '0'],
    ['from a\nuser app\n', 'app'],
    ['FROM a AS base\nUSER 1\nFROM b\nCOPY --from=base / /\n', undefined],
    ['FROM a AS base\nUSER 1\nFROM BASE\n', '1'],
    ['FROM a\nUSER 1\nFROM 0\n', '1'],
    ['FROM --platform=linux/amd64 a AS base\nUSER 1\nFROM base\n', '1'],
    ['ARG BASE=x\nFROM a AS x\nUSER 1\nFROM ${BASE}\n', '1'],
    ['FROM a\nARG ID=5\nUSER $ID:${ID}\n', '5:5'],
    ['ARG ID=5\nFROM a\nARG ID\nUSER $ID\n', '5'],
    ['ARG ID=5\nFROM a\nUSER ${ID:-7}\n', '7'],
    ['FROM a\nENV ID=8\nUSER ${ID:+9}\n', '9'],
    ['FROM a\nENV ID 8\nENV A="x y" ID2=\\$\nUSER $ID\n', '8'],
    ['FROM a\nUSER \\\n# a comment between\n\n  3\n', '3'],
    ['# escape=`\nFROM a\nUSER `\n3\n', '3'],
    ['# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nUSER `\n3\n', '3'],
    ['FROM a\nRUN <<EOF cat <<-"TWO"\nUSER 1\nEOF\n\tUSER 2\n\tTWO\nUSER 3\n', '3'],
    ['FROM a\nUSER 1\nRUN <<NEVER\nUSER 2\n', '1'],
    ['\ufeffFROM a\r\nUSER 1\r\n', '1'],
  ])('%j', (text, expected) => expect(user(text)).toBe(expected));

  it('takes build arguments before defaults', () => {
    expect(user('ARG ID=1\nFROM a\nARG ID\nUSER $ID\n', undefined, { ID: '2' })).toBe('2');
    expect(user('FROM a\nARG ID=1\nUSER $ID\n', undefined, { ID: '2' })).toBe('2');
  });

  it('is that of the stage that is asked for', () => {
    const text = 'FROM a AS One\nUSER 1\nFROM b AS two\nUSER 2\nFROM c\nUSER 3\n';
    expect([user(text, 'one'), user(text, '1'), user(text, 'TWO'), user(text)]).toEqual(['1', '2', '2', '3']);
    expect(readDockerfile(text, 'four')).toBeUndefined();
  });

  it('has a line', () => expect(readDockerfile('FROM a\n\nUSER 1')?.user).toEqual({ value: '1', line: 3 }));
});

describe('what is started', () => {
  it.each([
    ['FROM a\nENTRYPOINT ["e", "f"]\nCMD ["c"]\n', ['e', 'f'], ['c']],
    ['FROM a\nCMD run it\n', undefined, ['/bin/sh', '-c', 'run it']],
    ['FROM a\nCMD ["not, json]\n', undefined, ['/bin/sh', '-c', '["not, json]']],
    ['FROM a AS b\nCMD ["c"]\nFROM b\nENTRYPOINT ["e"]\n', ['e'], []],
    ['FROM a\nCMD ["c"]\nENTRYPOINT ["e"]\n', ['e'], ['c']],
    ['FROM a\nENTRYPOINT []\n', [], []],
    ['FROM a\nENTRYPOINT\n', [], []],
  ])('%j', (text, entrypoint, command) => {
    const defaults = readDockerfile(text);
    expect([defaults?.entrypoint, defaults?.command]).toEqual([entrypoint, command]);
  });
});

it.each([
  ['FROM a\nHEALTHCHECK --interval=5s CMD true\n', true],
  ['FROM a\nHEALTHCHECK CMD true\nHEALTHCHECK NONE\n', false],
  ['FROM a\n', undefined],
  ['FROM scratch\n', false],
])('the health check of %j is %s', (text, expected) => expect(readDockerfile(text)?.healthCheck?.value).toBe(expected));

it.each(['', '# nothing\n', 'ARG A=1\n', 'USER 1\n'])('%j has no stage', (text) =>
  expect(readDockerfile(text)).toBeUndefined(),
);

it('ends with many heredocs that nobody closes', () => {
  expect(user(`FROM a\nUSER 1\n${'RUN <<A <<B\n'.repeat(100_000)}`)).toBe('1');
});

it.each([
  ['a  b', ['a', 'b']],
  [`a 'b c' "d 'e'" f\\ g`, ['a', 'b c', "d 'e'", 'f g']],
  [`"" x`, ['', 'x']],
  ['', []],
  ['a "b', undefined],
])('the words of %j', (line, words) => expect(shellWords(line)).toEqual(words));

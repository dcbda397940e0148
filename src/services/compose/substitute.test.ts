import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEnvFile } from './env-file.ts';
import { substitute } from './substitute.ts';

const variables = new Map([
  ['SET', 'value'],
  ['EMPTY', ''],
]);

describe('variables in a value', () => {
  it.each([
    ['$SET ${SET}', 'value value'],
    ['$SET-$EMPTY-', 'value--'],
    ['$$SET $${SET}', '$SET ${SET}'],
    ['a$ $1 $', 'a$ $1 $'],
    ['${EMPTY:-d} ${EMPTY-d} ${NO:-d} ${NO-d}', 'd  d d'],
    ['${SET:+r} ${EMPTY:+r} ${EMPTY+r} ${NO+r}', 'r  r '],
    ['${SET:?no} ${EMPTY?no}', 'value '],
    ['${NO:-${ALSO_NO:-${SET}}}', 'value'],
    ['${NO:-{a}}', '{a}'],
    ['${NO:-a:-b?c}', 'a:-b?c'],
  ])('%s is %s', (template, text) => expect(substitute(template, variables).text).toBe(text));

  it('says which variables are not set, and leaves a required one as it is written', () => {
    expect(substitute('$NO ${MUST:?say ${NO}} ${EMPTY:?}', variables)).toEqual({
      text: ' ${MUST:?say ${NO}} ${EMPTY:?}',
      problems: [
        { kind: 'unset', variable: 'NO' },
        { kind: 'required', variable: 'MUST', reason: 'say ' },
        { kind: 'unset', variable: 'NO' },
        { kind: 'required', variable: 'EMPTY', reason: '' },
      ],
    });
  });

  it.each(['${', '${}', '${1}', '${A', '${A!b}', 'x ${A:} y'])('%s is no variable', (template) => {
    expect(substitute(template, variables).problems).toMatchObject([{ kind: 'invalid' }]);
  });

  it('ends with 10,000 defaults in each other', () => {
    const template = '${A:-'.repeat(10_000) + '}'.repeat(10_000);
    expect(substitute(template, variables).problems).toMatchObject([{ kind: 'invalid' }]);
  });

  it('leaves a text without dollar signs alone, and takes one with doubled ones back', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(substitute(text.replaceAll('$', '$$$$'), variables)).toEqual({ text, problems: [] });
      }),
    );
  });
});

describe('an .env file', () => {
  it.each([
    ['A=1\n# B=2\n\nC = 3 # three\r\n', { A: '1', C: '3' }],
    ['export A="x y"\nB=\'$A\'\nC=$A-z', { A: 'x y', B: '$A', C: 'x y-z' }],
    ['A="two\nlines"\nB=1', { A: 'two\nlines', B: '1' }],
    ['A="a\\n\\"b\\" \\$SET \\q"', { A: 'a\n"b" $SET \\q' }],
    ["A='it\\'s'\nB=a#b\nC=\nD: yaml", { A: "it's", B: 'a#b', C: '', D: 'yaml' }],
    ['\ufeffA=1\nno assignment\nA=2', { A: '2' }],
    ['A="open\nB=1', { A: 'open\nB=1' }],
    ['A=$SET', { A: 'value' }],
  ])('%j', (text, expected) => expect(Object.fromEntries(readEnvFile(text, variables))).toEqual(expected));

  it('with a line of a million spaces is read without delay', () => {
    const value = `a${' '.repeat(1_000_000)}b`;
    expect(readEnvFile(`A=${value}`, variables).get('A') === value).toBe(true);
  });
});

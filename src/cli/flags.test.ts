import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../definition/values.ts';
import { flagsText, readFlags, type Flags } from './flags.ts';

const flags: Flags = {
  token: { doc: 'The token.', allowed: 'text', default: '${{ github.token }}' },
  paths: { doc: 'What to read.', allowed: 'paths', default: '.' },
  image: { doc: 'The image.', allowed: 'an image by digest', required: true },
};

describe('flags', () => {
  it.each<[string, string[], Record<string, string>]>([
    ['none', [], {}],
    ['a value of its own', ['--image', 'game'], { image: 'game' }],
    ['a value after `=`', ['--image=game'], { image: 'game' }],
    ['an empty value', ['--image='], { image: '' }],
    ['a value that begins with a dash, after `=`', ['--image=--paths'], { image: '--paths' }],
    ['one that is given again has a line for each', ['--paths', 'a', '--paths=b'], { paths: 'a\nb' }],
  ])('%s', (_, args, values) => {
    expect(Object.fromEntries(readFlags(args, flags))).toEqual(values);
  });

  it.each([
    ['an unknown one', ['--images', 'game'], 'There is no flag `--images`.'],
    ['a name of every object', ['--constructor', 'game'], 'There is no flag `--constructor`.'],
    ['a short one', ['-i', 'game'], 'There is no flag `-i`.'],
    ['no value', ['--image'], '`--image` has no value.'],
    ['a word that is none', ['game'], '`game` is no flag.'],
    ['everything after `--`', ['--', 'game'], '`game` is no flag.'],
  ])('refuses %s, and says what is allowed', (_, args, problem) => {
    const read = () => readFlags(args, flags);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(problem);
    expect(read).toThrow('Allowed: --token, --paths, --image.');
  });

  it('are told with everything that is wrong at once', () => {
    expect(() => readFlags(['game', '--x', 'y', '--image'], flags)).toThrow(
      '`game` is no flag. There is no flag `--x`. `--image` has no value. Allowed:',
    );
  });

  it('are explained, each with what it takes', () => {
    expect(flagsText(flags)).toBe(
      [
        // Its default is one that only a runner can fill in.
        '  --token <value>',
        '      The token.',
        '      Allowed: text.',
        '  --paths <value>',
        '      What to read.',
        '      Allowed: paths.',
        '      Default: .',
        '  --image <value> (required)',
        '      The image.',
        '      Allowed: an image by digest.',
      ].join('\n'),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Masker } from './masker.ts';
import { maxLineLength } from './line-splitter.ts';
import { StepLog } from './step-log.ts';

function masker(...secrets: string[]): Masker {
  const made = new Masker();
  secrets.forEach((secret) => made.add(secret));
  return made;
}

describe('a masker', () => {
  it.each([
    ['itself', 'pass"wörd', 'x pass"wörd y'],
    ['in base64', 'hunter2hunter2', `Basic ${Buffer.from('hunter2hunter2').toString('base64')}`],
    ['in base64 after one byte', 'hunter2hunter2', Buffer.from('uhunter2hunter2').toString('base64')],
    ['in JSON', 'a"b\nc', JSON.stringify({ secret: 'a"b\nc' })],
    ['in a URL', 'a b/c?d', `https://x/?q=${encodeURIComponent('a b/c?d')}`],
    ['in XML', '<a>&"b"', '<t>&lt;a&gt;&amp;&quot;b&quot;</t>'],
    ['in an expression', "it's", "'it''s'"],
    ['quoted when it was given quoted', '"quoted-text"', 'quoted-text'],
    ['one line of it', '-----BEGIN-----\nabcdef\n-----END-----', 'line abcdef'],
    ['trimmed', '  padded  ', 'padded'],
    ['of one character', 'q', 'q'],
  ])('hides a secret %s', (_, secret, text) => {
    const masked = masker(secret).mask(text);
    expect(masked).toContain('***');
    expect(masked).not.toContain(secret.trim());
  });

  it('leaves no rest between secrets that overlap', () => {
    expect(masker('abcd', 'cdef').mask('xabcdefx')).toBe('x***x');
    expect(masker('aaa').mask('aaaaa')).toBe('***');
  });

  it('leaves everything else as it is', () => {
    expect(masker('secret', '', '\n').mask('nothing here')).toBe('nothing here');
    expect(masker().mask('nothing here')).toBe('nothing here');
  });
});

/** Letters that secrets and text share, so that parts of secrets stand everywhere. */
const letters = fc.stringMatching(/^[ab\né€😀]{1,12}$/u);
const secretText = fc.stringMatching(/^[abé€😀]{4,12}$/u);

describe('the log of a step', () => {
  it('never shows a secret, wherever its output is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(secretText, { minLength: 1, maxLength: 3 }),
        fc.array(fc.oneof(letters, secretText), { maxLength: 20 }),
        fc.array(fc.nat(300), { maxLength: 30 }),
        (secrets, texts, cuts) => {
          const shown: string[] = [];
          const log = new StepLog(masker(...secrets), (line) => shown.push(line));
          const output = Buffer.from(texts.join(''));
          const stream = log.stream();
          const places = [0, ...cuts.map((cut) => cut % (output.length + 1)), output.length].sort((a, b) => a - b);
          for (const [index, place] of places.entries()) stream.write(output.subarray(place, places[index + 1]));
          stream.end();
          const all = shown.join('\n');
          for (const secret of secrets) expect(all).not.toContain(secret);
          expect(shown).toEqual(log.lines);
        },
      ),
    );
  });

  it('shows no part of a secret where a huge line is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), (shift) => {
        const secret = 'S3cr3t-0123456789';
        const log = new StepLog(masker(secret), () => undefined);
        const stream = log.stream();
        stream.write(Buffer.from(`${'x'.repeat(maxLineLength + shift)}${secret}${'y'.repeat(100)}\n`));
        stream.end();
        const [line = ''] = log.lines;
        expect(line.replace(/^x*/, '')).not.toMatch(/S3c/);
        expect(line.length).toBeLessThan(maxLineLength + 50);
      }),
      { numRuns: 70 },
    );
  });
});

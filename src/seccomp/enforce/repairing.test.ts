import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BareProfile } from '../loading/profile.ts';
import { allowInText } from './edit.ts';
import { unifiedPatch } from './patch.ts';
import { findNeeds, type Trial } from './reduce.ts';
import { allowing, letsThrough, logging, loggingAllBut } from './variants.ts';

const profile = (rules: string, head = '"defaultAction": "SCMP_ACT_ERRNO"'): string =>
  `{\n  ${head},\n  "syscalls": [\n${rules}\n  ]\n}\n`;
const allow = (names: string): string => `    { "names": [${names}], "action": "SCMP_ACT_ALLOW" }`;
const deny = (names: string): string => `    { "names": [${names}], "action": "SCMP_ACT_ERRNO" }`;

describe('calls put into the text of a profile', () => {
  const onSocket =
    '    { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_EQ" }] }';
  it.each([
    ['into their place', ['c'], allow('"a", "d"'), allow('"a", "c", "d"')],
    ['at the end', ['e'], allow('"a", "d"'), allow('"a", "d", "e"')],
    ['beside a single one', ['b'], allow('"a"'), allow('"a", "b"')],
    ['in the way that the list is written', ['c'], allow('\n"a",\n"d"\n'), allow('\n"a",\n"c",\n"d"\n')],
    ['not twice', ['a'], allow('"a"'), allow('"a"')],
    ['not into a rule with conditions', ['b'], `${onSocket},\n${allow('"a"')}`, `${onSocket},\n${allow('"a", "b"')}`],
    [
      'out of a rule that denies them',
      ['b'],
      `${deny('"b", "x"')},\n${allow('"a"')}`,
      `${deny('"x"')},\n${allow('"a", "b"')}`,
    ],
    [
      'out of every such rule',
      ['b'],
      `${deny('"b"')},\n${deny('"b"')},\n${allow('"a"')}`,
      `    ${allow('"a", "b"').trim()}`,
    ],
    [
      'clone3 with ENOSYS',
      ['clone3'],
      allow('"a"'),
      `${allow('"a"')}, {"names":["clone3"],"action":"SCMP_ACT_ERRNO","errnoRet":38}`,
    ],
  ])('%s', (_, names, before, after) => expect(allowInText(profile(before), names)).toBe(profile(after)));

  it('make a rule where there is none', () =>
    expect(allowInText('{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[]}', ['a'])).toBe(
      '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["a"],"action":"SCMP_ACT_ALLOW"}]}',
    ));
  it('are only no longer denied where all is allowed by default', () =>
    expect(allowInText(profile(deny('"a", "b"'), '"defaultAction": "SCMP_ACT_ALLOW"'), ['b'])).toBe(
      profile(deny('"a"'), '"defaultAction": "SCMP_ACT_ALLOW"'),
    ));
  it('need a list of rules', () => expect(allowInText('{}', ['a'])).toBeUndefined());
});

describe('unified difference', () => {
  it('of equal texts is empty', () => expect(unifiedPatch('f', 'a\n', 'a\n')).toBe(''));
  it('shows three lines around each change', () => {
    const lines = (...more: string[]): string =>
      `${['a b c d e f g h'.split(' '), more, 'i j k l m n o p'.split(' ')].flat().join('\n')}\n`;
    expect(unifiedPatch('p.json', lines(), lines('X'))).toBe(
      '--- a/p.json\n+++ b/p.json\n@@ -6,6 +6,7 @@\n f\n g\n h\n+X\n i\n j\n k\n',
    );
  });
  it('says that the last line has no end', () =>
    expect(unifiedPatch('f', 'a\nb', 'a\nc')).toBe(
      '--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n',
    ));
  it('replaces a part with too many pairs as a whole', () => {
    const many = (what: string): string => Array.from({ length: 2100 }, (_, at) => `${what}${at}\n`).join('');
    expect(unifiedPatch('f', many('a'), many('b'))).toContain('@@ -1,2100 +1,2100 @@');
  });

  /** What `patch` does with a difference. */
  function apply(before: string, patch: string): string {
    const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const result: string[] = [];
    let at = 0;
    for (const line of patch.split(/(?<=\n)/).slice(2)) {
      const hunk = /^@@ -(\d+),(\d+) /.exec(line);
      if (hunk !== null) {
        const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
        result.push(...old.slice(at, start));
        at = start;
      } else if (line.startsWith('\\')) result.push((result.pop() ?? '').replace(/\n$/, ''));
      else if (line.startsWith('+')) result.push(line.slice(1));
      else {
        if (line.startsWith(' ')) result.push(line.slice(1));
        at++;
      }
    }
    return [...result, ...old.slice(at)].join('');
  }
  it('turns one text into the other', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n'), { maxLength: 30 }).map((lines) => lines.join(''));
    fc.assert(fc.property(text, text, (before, after) => apply(before, unifiedPatch('f', before, after)) === after));
  });
});

describe('which of the missing calls a program needs', () => {
  /** A program that fails without `fatal`, and ends otherwise without `degraded`. */
  const program =
    (fatal: readonly string[], degraded: readonly string[]) =>
    (allowed: readonly string[]): Promise<Trial> => {
      const has = (name: string): boolean => allowed.includes(name);
      return Promise.resolve(!fatal.every(has) ? 'fails' : degraded.every(has) ? 'same' : 'degraded');
    };
  const names = 'a b c d e f g h i j'.split(' ');

  it('tells fatal, degraded and tolerated apart', async () =>
    expect(await findNeeds(names, program(['b', 'h'], ['d']), 100)).toEqual({
      fatal: ['b', 'h'],
      degraded: ['d'],
      tolerated: ['a', 'c', 'e', 'f', 'g', 'i', 'j'],
      cutShort: false,
    }));
  it('keeps one of two that stand in for each other', async () => {
    const either = (allowed: readonly string[]): Promise<Trial> =>
      Promise.resolve(allowed.includes('a') || allowed.includes('b') ? 'same' : 'fails');
    expect((await findNeeds(['a', 'b', 'c'], either, 100)).fatal).toHaveLength(1);
  });
  it('finds them whatever they are', async () => {
    const some = fc.subarray(names);
    await fc.assert(
      fc.asyncProperty(some, some, async (fatal, others) => {
        const degraded = others.filter((name) => !fatal.includes(name));
        expect(await findNeeds(names, program(fatal, degraded), 1000)).toMatchObject({ fatal, degraded });
      }),
    );
  });
  it('stops when the starts are used up, and keeps what it has not tried', async () => {
    let starts = 0;
    const counted = (allowed: readonly string[]): Promise<Trial> => {
      starts++;
      return program(['b', 'h'], [])(allowed);
    };
    const needs = await findNeeds(names, counted, 5);
    expect([starts, needs.cutShort]).toEqual([5, true]);
    expect([...needs.fatal, ...needs.degraded]).toEqual(expect.arrayContaining(['b', 'h']));
  });
});

describe('variants of a profile', () => {
  const rule = (names: string[], action: string) => ({
    names,
    action: `SCMP_ACT_${action}`,
    errnoRet: undefined,
    args: [],
  });
  const oci = (defaultAction: string, ...syscalls: BareProfile['syscalls']): BareProfile => ({
    defaultAction: `SCMP_ACT_${defaultAction}`,
    defaultErrnoRet: 1n,
    architectures: [],
    flags: ['SECCOMP_FILTER_FLAG_LOG'],
    listenerPath: '',
    syscalls,
  });

  it('logs what is not allowed, what was denied first, and execve', () =>
    expect(logging(oci('ERRNO', rule(['b'], 'KILL'), rule(['a', 'b', 'execve'], 'ALLOW')))).toEqual({
      ...oci('LOG', rule(['a'], 'ALLOW')),
      defaultErrnoRet: undefined,
      flags: [],
    }));
  it('logs the denials of a profile that allows by default', () =>
    expect(logging(oci('ALLOW', rule(['a'], 'ERRNO'))).syscalls).toEqual([
      rule(['execve'], 'LOG'),
      rule(['a'], 'LOG'),
    ]));
  it('logs all but what is known', () => {
    expect(loggingAllBut(['a', 'execve'], ['SCMP_ARCH_X86_64']).syscalls).toEqual([rule(['a'], 'ALLOW')]);
    expect(loggingAllBut([], []).syscalls).toEqual([]);
  });
  it('allows calls before anything else is said of them, and answers ENOSYS to clone3', () => {
    const denying = oci('ERRNO', rule(['a', 'b'], 'KILL'), rule(['c'], 'KILL'));
    expect(allowing(denying, ['a', 'c', 'clone3']).syscalls).toEqual([
      rule(['a', 'c'], 'ALLOW'),
      { ...rule(['clone3'], 'ERRNO'), errnoRet: 38n },
      rule(['b'], 'KILL'),
    ]);
    expect(allowing(denying, [])).toBe(denying);
  });
  it.each([
    ['an allowed call', oci('ERRNO', rule(['a'], 'ALLOW')), true],
    ['one that was denied first', oci('ERRNO', rule(['a'], 'KILL'), rule(['a'], 'ALLOW')), false],
    ['one of which nothing is said', oci('ERRNO'), false],
    ['the same where all is allowed', oci('ALLOW'), true],
    [
      'one that is allowed on a condition',
      oci('ERRNO', { ...rule(['a'], 'ALLOW'), args: [{ index: 0n, value: 1n, valueTwo: 0n, op: 'SCMP_CMP_EQ' }] }),
      false,
    ],
  ])('lets through %s: %#', (_, one, expected) => expect(letsThrough(one, 'a')).toBe(expected));
});

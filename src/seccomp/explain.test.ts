import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allowList, lenientPolicy } from '../../test/support/judged-profile.ts';
import { explainProfile } from './explain.ts';
import { grouped } from './groups.ts';
import { syscallsOf } from './syscalls/lookup.ts';

const dockerDefault = readFileSync('policies/seccomp/docker-default.json', 'utf8');
const explained = (profile: object | string, policy = lenientPolicy): string =>
  explainProfile(typeof profile === 'string' ? profile : JSON.stringify(profile), 'web.json', policy, {
    dockerDefault,
  }).join('\n');

describe('an allow-list', () => {
  const socket = { names: ['socket'], action: 'SCMP_ACT_ALLOW', args: [{ index: 0, value: 1, op: 'SCMP_CMP_EQ' }] };
  const text = explained(allowList([socket, { names: ['mbind'], action: 'SCMP_ACT_ALLOW' }], {}, ['uname']), {
    ...lenientPolicy,
    targets: ['docker', 'podman'],
  });
  it.each([
    /^web\.json\n/,
    /\n {2}EPERM under docker and podman; newer than every call it names: ENOSYS \(docker\)\n/,
    /\n {2}podman +x86_64 \d+ of 385, i386 none: it ends the thread, x32 none: it ends the thread\n/,
    /\n {2}sockets: 0 allowed, 1 with conditions, \d+ denied\n {4}with conditions: socket\n {4}denied: accept /,
    /\n {2}clone may run if argument 0 has none of the bits 0x7e020000\n {2}socket may run if argument 0 is 1\n/,
    /\n {2}glibc yes under docker and podman\n/,
    /\n {2}node {2}no under docker and podman: uname denied\n/,
    /\n {2}looser by 1: mbind\n {2}tighter by \d+: accept /,
    /\nWhat is wrong\n {2}warning: A call is possible that Docker's default profile denies/,
  ])('%s', (line) => expect(text).toMatch(line));
  it('no line is wider than a terminal', () =>
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(104));
});

it('conditions in words', () => {
  const condition = (op: string, more: object = {}) => ({ index: 1, value: 7, op: `SCMP_CMP_${op}`, ...more });
  const rules = [
    {
      names: ['mkdir'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: 13,
      args: [condition('GT'), condition('LT', { value: 9 })],
    },
    {
      names: ['rmdir'],
      action: 'SCMP_ACT_ALLOW',
      args: [condition('MASKED_EQ', { valueTwo: 3 }), condition('NE', { index: 0 })],
    },
  ];
  const text = explained(allowList(rules));
  expect(text).toContain('mkdir meets SCMP_ACT_ERRNO 13 if argument 1 is more than 7 or argument 1 is less than 9');
  expect(text).toContain('rmdir may run if argument 1 has of the bits 7 exactly 3 and argument 0 is not 7');
});

it('what no target takes is said, and no more', () => {
  const text = explained({ defaultAction: 'SCMP_ACT_DENY' });
  expect(text).toMatch(/Refused by\n {2}docker: There is no action `SCMP_ACT_DENY`\.\n\nWhat is wrong\n/);
});

it('no filter is said', () => expect(explained({})).toContain('No filter at all under\n  docker'));

it('names from the file cannot change the terminal', () =>
  expect(explained({ defaultAction: '\u001b[31m' })).not.toContain('\u001b'));

it('hardly a call is in no group', () => {
  const names = new Set(syscallsOf('x86_64').keys());
  const others = grouped(names).find(({ title }) => title === 'others')?.names ?? [];
  expect(others.length).toBeLessThan(names.size / 10);
});

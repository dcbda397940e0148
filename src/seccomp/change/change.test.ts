import { describe, expect, it } from '@jest/globals';
import { environmentsOf } from '../environments.ts';
import { changeLines } from './change-text.ts';
import { compareProfiles, type ProfileUse } from './change.ts';

const docker = { targets: ['docker'], hosts: ['x86_64'], kernel: '6.8' } as const;
const both = { targets: ['docker', 'podman'], hosts: ['x86_64'], kernel: '6.8' } as const;
const allowing = (...names: string[]): object => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: 1,
  syscalls: [{ names: ['read', 'rseq', ...names], action: 'SCMP_ACT_ALLOW' }],
});
const socket = (...args: object[]): object => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls: [{ names: ['socket'], action: 'SCMP_ACT_ALLOW', args }],
});
const below = (value: number): object => ({ index: 0, op: 'SCMP_CMP_LT', value });

function lines(before: object, after: object, policy: Parameters<typeof environmentsOf>[0] = docker): string[] {
  const texts = [before, after].map((profile) => JSON.stringify(profile));
  const uses = texts.map((text) => ({ text, capabilities: new Set<string>() }));
  return changeLines(compareProfiles(uses[0]!, uses[1]!, environmentsOf(policy)));
}

describe('what a change of a profile changes', () => {
  it('nothing, when only the way of writing changed', () => {
    const written = allowing('mount');
    const other = {
      ...written,
      syscalls: [...(allowing() as { syscalls: object[] }).syscalls, { names: ['mount'], action: 'SCMP_ACT_ALLOW' }],
    };
    expect(lines(written, other, both)).toEqual(['Both mean the same everywhere.']);
  });

  it('names what became possible and what became impossible, with arguments where they matter', () => {
    expect(lines(socket(below(16)), { ...allowing('mount'), ...socket(below(41)) })).toEqual([
      'Looser: 1 call now possible',
      '  socket(16, …)  EPERM -> allowed  x86_64  everywhere',
    ]);
    expect(lines(allowing('mount'), allowing('bpf'))).toEqual([
      'Looser: 1 call now possible',
      '  bpf  EPERM -> allowed  x86_64  everywhere',
      '',
      'Tighter: 1 call no longer possible',
      '  mount  allowed -> EPERM  x86_64  everywhere',
    ]);
  });

  it('counts the rules of a capability for who has it', () => {
    const mount = { names: ['mount'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_SYS_ADMIN'] } };
    const text = JSON.stringify({ ...allowing(), syscalls: [{ names: ['rseq'], action: 'SCMP_ACT_ALLOW' }, mount] });
    const use = (...names: string[]): ProfileUse => ({ text, capabilities: new Set(names) });
    expect(changeLines(compareProfiles(use(), use('CAP_SYS_ADMIN'), environmentsOf(docker)))).toEqual([
      'Looser: 1 call now possible',
      '  mount  EPERM -> allowed  x86_64  everywhere',
    ]);
  });

  it('says under which engine something differs', () => {
    // runc answers ENOSYS above the highest number that the profile names; crun does not.
    expect(lines(allowing('openat2'), allowing('pidfd_getfd'), both)).toEqual([
      'Looser: 2 calls now possible',
      '  pidfd_getfd  ENOSYS -> allowed  x86_64  docker on x86_64',
      '  pidfd_getfd  EPERM -> allowed   x86_64  podman on x86_64',
      '',
      'Tighter: 1 call no longer possible',
      '  openat2  allowed -> EPERM  x86_64  everywhere',
    ]);
  });

  it('cannot compare with a profile that an engine refuses, and says so', () => {
    expect(lines({ syscalls: [], defaultAction: 'SCMP_ACT_DENY' }, allowing())).toEqual([
      'Not compared: docker on x86_64 refuses the old one: There is no action `SCMP_ACT_DENY`.',
    ]);
  });

  it('takes a profile that filters nothing for one that lets everything pass', () => {
    const [heading] = lines({}, allowing());
    expect(heading).toMatch(/^Tighter: \d+ calls no longer possible$/);
  });
});

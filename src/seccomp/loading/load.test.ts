import { describe, expect, it } from '@jest/globals';
import { effectOf } from '../bpf/action.ts';
import { decide } from '../filter/filter.ts';
import { architectures, type Architecture } from '../syscalls/architectures.ts';
import { numberOf } from '../syscalls/lookup.ts';
import type { Environment } from './profile.ts';
import { outcomeOf } from './runtime.ts';

const moby: Environment = {
  loader: 'moby',
  runtime: 'runc 1.3.6',
  host: 'x86_64',
  kernel: [6, 8],
  capabilities: new Set(['CAP_CHOWN']),
  libseccomp: '2.5.4',
};
const profileOf = (more: object, rule: object = {}) =>
  JSON.stringify({
    defaultAction: 'SCMP_ACT_ERRNO',
    ...more,
    syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_ALLOW', ...rule }],
  });

function seen(
  text: string,
  change: Partial<Environment> = {},
  name = 'mkdir',
  architecture: Architecture = 'x86_64',
): string {
  const outcome = outcomeOf(text, { ...moby, ...change });
  if (outcome.kind !== 'filter') return outcome.kind;
  const nr = numberOf(name, architecture) ?? -1;
  const effect = effectOf(decide(outcome.filter, { nr, arch: architectures[architecture].audit, args: [] }));
  return effect.kind === 'errno' ? `errno ${effect.errno}` : effect.kind;
}

describe('rules that count on some machines only', () => {
  const includes = (when: object) => profileOf({}, { includes: when });
  const excludes = (when: object) => profileOf({}, { excludes: when });
  it.each([
    ['a capability that the container has', includes({ caps: ['CAP_CHOWN'] }), 'allow'],
    ['all of several', includes({ caps: ['CAP_CHOWN', 'CAP_BPF'] }), 'errno 1'],
    ['without any of several', excludes({ caps: ['CAP_CHOWN', 'CAP_BPF'] }), 'errno 1'],
    ['a kernel that is there', includes({ minKernel: '6.8' }), 'allow'],
    ['a later one', includes({ minKernel: '6.10' }), 'errno 1'],
    ['only before a kernel', excludes({ minKernel: '4.8' }), 'errno 1'],
    ['a kernel of three parts', includes({ minKernel: '4.8.1' }), 'refused'],
    ['a kernel of more than 8 bits', includes({ minKernel: '256.0' }), 'refused'],
    ['another architecture', includes({ arches: ['arm64'] }), 'errno 1'],
  ])('%s', (_, text, answer) => expect(seen(text)).toBe(answer));
});

describe('archMap', () => {
  const text = profileOf({
    archMap: [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] }],
  });
  it('adds the architectures of the machine', () => expect(seen(text, {}, 'mkdir', 'i386')).toBe('allow'));
  it('counts for no other machine', () =>
    expect(seen(text, { host: 'aarch64' }, 'mkdirat', 'aarch64')).toBe('errno 1'));
  it('is not read by containerd', () =>
    expect(seen(text, { loader: 'containerd' }, 'mkdir', 'i386')).toBe('kill-thread'));
});

describe('names of errors', () => {
  const text = profileOf({ defaultErrno: 'ENOSYS', defaultErrnoRet: 1 });
  const answers = { moby: 'errno 1', 'containers-common': 'errno 38' } as const;
  it.each(['moby', 'containers-common'] as const)('%s', (loader) =>
    expect(seen(text, { loader }, 'read')).toBe(answers[loader]),
  );
  it('one that does not exist is refused', () =>
    expect(seen(profileOf({ defaultErrno: 'EWHAT' }), { loader: 'containers-common' })).toBe('refused'));
});

describe('calls above the highest number of the profile', () => {
  const text = profileOf({});
  it.each([
    ['runc 1.3.6', 'errno 38'],
    ['crun 1.28', 'errno 1'],
    // It looks at listed architectures only, and none is listed.
    ['runc 1.1.5', 'errno 1'],
  ] as const)('under %s: %s', (runtime, answer) => expect(seen(text, { runtime }, 'clone3')).toBe(answer));
  it('are not refused where the default allows', () =>
    expect(seen(text.replace('SCMP_ACT_ERRNO', 'SCMP_ACT_LOG'), {}, 'clone3')).toBe('log'));
});

describe('names that libseccomp does not know', () => {
  const text = profileOf({}, { names: ['mkdir', 'fchmodat2', 'clone3'] });
  it.each([
    ['2.5.4', 'errno 38'],
    ['2.6.1', 'allow'],
  ] as const)('are dropped: %s, %s', (libseccomp, answer) =>
    expect(seen(text, { libseccomp }, 'fchmodat2')).toBe(answer),
  );
});

it('an action that the kernel does not know is refused', () =>
  expect(seen(profileOf({}).replace('SCMP_ACT_ERRNO', 'SCMP_ACT_KILL_PROCESS'), { kernel: [4, 4] })).toBe('refused'));
it.each(['runc 1.1.5', 'crun 1.8.1'] as const)('%s does not read the conditions of a rule without names', (runtime) => {
  const nameless = { names: [], action: 'SCMP_ACT_ALLOW', args: [{ index: 0, value: 1, op: 'LIKE' }] };
  const text = JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [nameless] });
  expect(seen(text, { loader: 'none', runtime })).toBe('allow');
});
it('a conflict of conditions is refused', () => {
  const rule = { names: ['mkdir'], args: [{ index: 1, value: 5, op: 'SCMP_CMP_EQ' }] };
  const syscalls = ['SCMP_ACT_ALLOW', 'SCMP_ACT_KILL'].map((one) => ({ ...rule, action: one }));
  expect(seen(JSON.stringify({ defaultAction: 'SCMP_ACT_ERRNO', syscalls }))).toBe('refused');
});

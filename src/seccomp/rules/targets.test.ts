import { describe, expect, it } from '@jest/globals';
import { allowList, basicNames, findingsOf, judged, type Setup } from '../../../test/support/judged-profile.ts';

const allow = 'SCMP_ACT_ALLOW';
const deny = 'SCMP_ACT_ERRNO';
const rule = (name: string, action = allow, more: object = {}) => ({ names: [name], action, ...more });
const found = (id: string, profile: object | string, setup?: Setup) =>
  findingsOf(id, profile, setup).map(({ message }) => message);
const three: Setup = { targets: ['docker', 'podman', 'containerd'] };

describe('a target that refuses the profile', () => {
  it('all of them are in one finding, by reason', () => {
    const profile = allowList([rule('mkdir', 'SCMP_ACT_DENY')], {}, []);
    expect(found('refused', profile, three)).toEqual([
      'Every target refuses the profile. docker, podman and containerd: There is no action `SCMP_ACT_DENY`.',
    ]);
  });
  it('the others judge on', () => {
    const profile = allowList([rule('bpf')], { flags: ['SECCOMP_FILTER_FLAG_LOG'] });
    const setup: Setup = { targets: ['runc-1.1', 'docker'], profiles: { 'dangerous-calls': ['bpf'] } };
    expect(found('refused', profile, setup)).toEqual([
      '1 target refuses the profile. runc-1.1: runc 1.1.5 does not take the flag `SECCOMP_FILTER_FLAG_LOG`.',
    ]);
    expect(found('dangerous-call', profile, setup)).toEqual(['The profile lets bpf on x86_64 pass under docker.']);
  });
  it('a file that nobody reads is said once', () => {
    expect(judged('{', three).findings.map(({ rule: { id } }) => id)).toEqual(['seccomp/unreadable']);
  });
  it('a file that one target reads is not', () => {
    const text = JSON.stringify(allowList()).replace(/}$/, ',}');
    const ids = judged(text, { targets: ['docker', 'crun'] }).findings.map(({ rule: { id } }) => id);
    expect(ids).toEqual(['seccomp/unreadable', 'seccomp/refused']);
  });
  it('by its place', () => {
    const [finding] = findingsOf('refused', allowList([rule('mkdir', deny, { errnoRet: 70000 })]));
    expect(finding?.place?.line).toBeGreaterThan(basicNames.length);
  });
});

describe('conditions that a target does not read', () => {
  const profile = allowList([rule('bpf', allow, { includes: { caps: ['CAP_BPF'] } })]);
  it('are said, and nothing else of that target', () => {
    const setup: Setup = { targets: ['docker', 'containerd'], profiles: { 'dangerous-calls': ['bpf'] } };
    expect(found('ignored-conditions', profile, setup)).toEqual([
      '`includes` and `excludes` are ignored by containerd: these rules count there always, and what the profile means there was not judged further (bpf).',
    ]);
    expect(found('dangerous-call', profile, setup)).toEqual([]);
  });
  it('are nothing to Docker', () => expect(found('ignored-conditions', profile)).toEqual([]));
  it('archMap is a note', () => {
    const mapped = allowList([], { architectures: undefined, archMap: [{ architecture: 'SCMP_ARCH_X86_64' }] });
    expect(found('ignored-arch-map', mapped, three)).toEqual([
      '`archMap` is not read by containerd: the architectures that it lists do not count there.',
    ]);
    expect(found('ignored-arch-map', mapped)).toEqual([]);
    expect(found('ignored-arch-map', allowList(), three)).toEqual([]);
  });
});

describe('names that a target drops', () => {
  const old: Setup = { targets: ['docker', 'docker-runc-1.1'] };
  it.each<[string, object, string, string[]]>([
    [
      'an allowance',
      allowList([rule('mseal'), rule('cachestat')]),
      'dropped-name',
      ['The profile names calls that are unknown to docker-runc-1.1: fchmodat2, mseal, cachestat.'],
    ],
    [
      'a denial of an allow-list',
      allowList([rule('mseal', deny, { errnoRet: 38 })], {}, ['fchmodat2']),
      'dropped-name',
      [],
    ],
    [
      'a denial of a deny-list',
      { defaultAction: allow, architectures: ['SCMP_ARCH_X86_64'], syscalls: [rule('mseal', deny)] },
      'dropped-denial',
      ['The profile names calls that are unknown to docker-runc-1.1: mseal.'],
    ],
    ['an allowance of an allow-list', allowList([rule('mseal')]), 'dropped-denial', []],
  ])('%s', (_, profile, id, messages) => expect(found(id, profile, old)).toEqual(messages));
});

describe('what a program needs to start', () => {
  const starting = (kind: 'glibc' | 'musl' | 'go' | 'node', hosts: Setup['hosts'] = ['x86_64']): Setup => ({
    hosts,
    profiles: { starts: [kind] },
  });
  it.each<[string, object, Setup, string[]]>([
    ['glibc has it', allowList(), starting('glibc'), []],
    [
      'glibc without its loader',
      allowList([], {}, ['arch_prctl', 'newfstatat', 'rseq']),
      starting('glibc'),
      ['glibc: does not start without arch_prctl, newfstatat (docker). Denied as well, without consequence: rseq.'],
    ],
    [
      'a call that only one machine has',
      allowList([], {}, ['arch_prctl', 'mmap']),
      starting('musl', ['x86_64', 'aarch64']),
      ['musl: does not start without arch_prctl, mmap (docker on x86_64); mmap (docker on aarch64).'],
    ],
    [
      'node',
      allowList([], {}, ['epoll_pwait', 'uname']),
      starting('node'),
      ['node: does not start without epoll_pwait, uname (docker).'],
    ],
    ['go takes ENOSYS for getrandom', allowList([], { defaultErrnoRet: 38 }, ['getrandom']), starting('go'), []],
    [
      'but no EPERM',
      allowList([], {}, ['getrandom']),
      starting('go'),
      ['go: does not start without getrandom (docker).'],
    ],
    ['nobody asks', allowList([], {}, ['mmap']), {}, []],
  ])('%s', (_, profile, setup, messages) => expect(found('start-floor', profile, setup)).toEqual(messages));

  it('threads are a note', () =>
    expect(found('start-degraded', allowList([], {}, ['clone']), starting('glibc'))).toEqual([
      'glibc: no threads or processes without clone (docker).',
    ]));
});

describe('what the runtime needs', () => {
  it.each<[string, string, object, Setup, string[]]>([
    [
      'runc reads its descriptors',
      'runtime-floor',
      allowList([], {}, ['getdents64', 'openat2']),
      { targets: ['docker', 'docker-runc-1.1', 'podman'] },
      ['No container starts under docker without getdents64, openat2; docker-runc-1.1 without getdents64.'],
    ],
    [
      'everybody executes',
      'runtime-floor',
      allowList([], {}, ['execve']),
      three,
      ['No container starts under docker, podman and containerd without execve.'],
    ],
    [
      'before no-new-privileges',
      'needs-no-new-privileges',
      allowList([], {}, ['capset', 'setgroups']),
      three,
      ['No container starts under docker and containerd without capset, setgroups; podman without capset.'],
    ],
    ['all is there', 'needs-no-new-privileges', allowList(), three, []],
  ])('%s', (_, id, profile, setup, messages) => expect(found(id, profile, setup)).toEqual(messages));
});

describe('errors of new calls', () => {
  const without = (...names: string[]) => allowList([], {}, names);
  it('clone3 with EPERM ends threads', () => {
    const { syscalls, ...rest } = allowList() as { syscalls: { names: string[] }[] };
    const profile = { ...rest, syscalls: syscalls.filter(({ names }) => !names.includes('clone3')) };
    expect(found('clone3-error', profile, { targets: ['docker', 'podman'] })).toEqual([
      '`clone` is allowed, but not `clone3` (EPERM) under docker and podman.',
    ]);
    expect(found('clone3-error', { ...profile, defaultErrnoRet: 38 })).toEqual([]);
    expect(found('clone3-error', allowList())).toEqual([]);
  });
  it('others stop programs that would have another way', () => {
    expect(found('new-call-error', without('statx', 'faccessat2'))).toEqual([
      'Newer calls do not get ENOSYS: under docker statx, faccessat2.',
    ]);
    expect(found('new-call-error', allowList([], { defaultErrnoRet: 38 }, ['statx']))).toEqual([]);
  });
});

describe('targets that disagree', () => {
  const both: Setup = { targets: ['docker', 'podman'] };
  it('on the error', () => {
    expect(found('errors-differ', allowList(), both)).toEqual([
      expect.stringMatching(
        /^\d+ calls \(.*map_shadow_stack on x86_64.*, …\): ENOSYS under docker, EPERM under podman\.$/,
      ),
    ]);
    expect(found('errors-differ', allowList([], { defaultErrnoRet: 38 }), both)).toEqual([]);
  });
  it('on what is possible', () => {
    const profile = allowList([rule('mseal')]);
    expect(found('differs-between-targets', profile, { targets: ['docker', 'docker-runc-1.1'] })).toEqual([
      '2 calls (fchmodat2 on x86_64, mseal on x86_64): allowed under docker, ENOSYS under docker-runc-1.1.',
    ]);
    expect(found('differs-between-targets', profile, both)).toEqual([]);
  });
});

it('a summary says what a table shows', () => {
  const { summaries } = judged(allowList([], { flags: ['SECCOMP_FILTER_FLAG_LOG'] }), {
    targets: ['docker', 'runc-1.1'],
  });
  expect(summaries).toEqual([
    {
      name: '',
      defaultAction: deny,
      possible: { x86_64: basicNames.length },
      refusedBy: ['runc-1.1'],
      unconfinedBy: [],
    },
  ]);
});

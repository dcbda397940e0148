import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allowList, findingsOf, judged, type Setup } from '../../../test/support/judged-profile.ts';

const allow = 'SCMP_ACT_ALLOW';
const deny = 'SCMP_ACT_ERRNO';
const rule = (name: string, action = allow, more: object = {}) => ({ names: [name], action, ...more });
const when = (op: string, value: number, index = 0, more: object = {}) => ({
  index,
  value,
  op: `SCMP_CMP_${op}`,
  ...more,
});
const openToI386 = { architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86'] };
const openToBoth = { architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'] };
const dockerDefault = readFileSync('policies/seccomp/docker-default.json', 'utf8');

const found = (id: string, profile: object | string, setup?: Setup) =>
  findingsOf(id, profile, setup).map(({ message, subject }) =>
    subject === undefined ? message : `${subject}: ${message}`,
  );

describe('sockets of forbidden families', () => {
  const setup: Setup = { profiles: { 'forbidden-families': ['AF_ALG', 'AF_VSOCK'] } };
  const equal = (family: number) => rule('socket', allow, { args: [when('EQ', family)] });

  it.each<[string, object[], Readonly<Record<string, unknown>>, string[]]>([
    ['only the families of the network', [equal(1), equal(2), equal(10)], {}, []],
    [
      'every family',
      [rule('socket')],
      {},
      [
        'AF_ALG: A socket of AF_ALG can be opened by socket(38, …) on x86_64 under docker.',
        'AF_VSOCK: A socket of AF_VSOCK can be opened by socket(40, …) on x86_64 under docker.',
      ],
    ],
    // The kernel takes the family for an int: 0x100000028 is 40 to it. Seen with runc 1.1.5 and crun 1.8.1 on Linux 6.18.
    [
      'more than 40',
      [rule('socket', allow, { args: [when('GT', 40)] })],
      {},
      [
        'AF_ALG: A socket of AF_ALG can be opened by socket(0x100000026, …) on x86_64 under docker.',
        'AF_VSOCK: A socket of AF_VSOCK can be opened by socket(0x100000028, …) on x86_64 under docker.',
      ],
    ],
    [
      'all but one, and 32-bit programs',
      [rule('socket', allow, { args: [when('EQ', 1)] })],
      openToI386,
      [
        'AF_ALG: A socket of AF_ALG can be opened by socketcall(1, …) on i386 under docker.',
        'AF_VSOCK: A socket of AF_VSOCK can be opened by socketcall(1, …) on i386 under docker.',
      ],
    ],
  ])('%s', (_, rules, more, messages) =>
    expect(found('socket-family', allowList(rules, more), setup)).toEqual(messages),
  );

  it('are not asked about by a policy without them', () =>
    expect(found('socket-family', allowList([rule('socket')]))).toEqual([]));
});

describe('namespaces', () => {
  const setup: Setup = { profiles: { 'dangerous-calls': ['unshare'] } };
  it.each<[string, object, string[]]>([
    ['of nobody', allowList(), []],
    [
      'by clone',
      allowList([rule('clone')], {}, ['clone']),
      ['clone: A process can make namespaces of its own by clone(0x10000000, …) on x86_64 under docker.'],
    ],
    [
      'by clone but those of users',
      allowList([rule('clone', allow, { args: [when('MASKED_EQ', 0x10000000)] })], {}, ['clone']),
      ['clone: A process can make namespaces of its own by clone(0x20000, …) on x86_64 under docker.'],
    ],
    [
      'by clone3',
      allowList([rule('clone3')], { defaultErrnoRet: 38 }),
      ['clone3: A process can make namespaces of its own by clone3 on x86_64 under docker.'],
    ],
  ])('%s', (_, profile, messages) => expect(found('namespaces', profile, setup)).toEqual(messages));
});

describe('dangerous calls', () => {
  const setup: Setup = { profiles: { 'dangerous-calls': ['ptrace', 'mount', 'umount'] } };
  it('each has a finding at its name, with every way to it', () => {
    const profile = allowList([{ names: ['mkdir', 'ptrace'], action: allow, args: [when('EQ', 3)] }], openToI386);
    const findings = findingsOf('dangerous-call', profile, setup);
    expect(findings.map(({ message }) => message)).toEqual([
      'The profile lets ptrace(3, …) on x86_64 and i386 pass under docker.',
    ]);
    expect(findings[0]?.place?.line).toBe(JSON.stringify(profile, null, 1).split('"ptrace"')[0]?.split('\n').length);
  });
  it('those that nobody denies have one together', () => {
    const profile = { defaultAction: allow, architectures: ['SCMP_ARCH_X86_64'], syscalls: [rule('mount', deny)] };
    expect(found('dangerous-call', profile, setup)).toEqual([
      'The default action lets dangerous calls pass that no rule denies: ptrace.',
    ]);
  });
  it('a capability that a service adds opens them', () => {
    const profile = allowList([rule('ptrace', allow, { includes: { caps: ['CAP_SYS_PTRACE'] } })]);
    expect(found('dangerous-call', profile, setup)).toEqual([]);
    expect(
      found('dangerous-call', profile, { ...setup, context: { addedCapabilities: new Set(['CAP_SYS_PTRACE']) } }),
    ).toEqual(['ptrace: The profile lets ptrace on x86_64 pass under docker with CAP_SYS_PTRACE.']);
  });
});

describe('ways around a denial', () => {
  it.each<[string, string, object, string[]]>([
    [
      'multiplexer-bypass',
      'conditions on a call that has a multiplexer',
      allowList(
        [rule('semget', allow, { args: [when('EQ', 1)] }), rule('socket', allow, { args: [when('EQ', 1)] })],
        openToI386,
      ),
      [
        'semget: The conditions on `semget` are passed by ipc(2, …) on i386, under docker.',
        'socket: The conditions on `socket` are passed by socketcall(1, …) on i386, under docker.',
      ],
    ],
    [
      'multiplexer-bypass',
      'without 32-bit programs',
      allowList([rule('socket', allow, { args: [when('EQ', 1)] })]),
      [],
    ],
    ['multiplexer-bypass', 'without conditions', allowList([rule('socket')], openToI386), []],
    [
      'other-convention',
      'the multiplexer alone',
      allowList([rule('ipc')], openToI386),
      [
        'Calls that are denied to x86_64 programs are possible by i386 under docker: msgctl, msgget, msgrcv, msgsnd, semctl, semget, semop, semtimedop, shmat, shmctl, shmdt, shmget.',
      ],
    ],
    ['other-convention', 'what is allowed everywhere', allowList([], openToBoth), []],
  ])('%s: %s', (id, _, profile, messages) => expect(found(id, profile)).toEqual(messages));
});

describe('against the default profile of Docker', () => {
  it('the default itself is no looser', () => expect(found('looser-than-default', dockerDefault)).toEqual([]));
  it('a call that a rule names', () => {
    const findings = findingsOf('looser-than-default', allowList([rule('mbind')]), { hosts: ['x86_64', 'aarch64'] });
    expect(findings).toMatchObject([
      {
        subject: 'mbind',
        message: "The profile lets mbind on x86_64 and aarch64 pass under docker; Docker's default answers EPERM.",
        rule: { outcome: 'warning' },
      },
    ]);
  });
  it('arguments that it denies', () =>
    expect(found('looser-than-default', allowList([rule('personality', allow, { args: [when('EQ', 7)] })]))).toEqual([
      "personality: The profile lets personality(7, …) on x86_64 pass under docker; Docker's default answers EPERM.",
    ]));
  it('what no rule names', () => {
    const profile = { defaultAction: allow, architectures: ['SCMP_ARCH_X86_64'], syscalls: [rule('mount', deny)] };
    expect(found('looser-than-default', profile)).toEqual([
      expect.stringMatching(/^\d+ calls that no rule names pass by default: .*acct/),
    ]);
  });
  it('a call that is dangerous, too, is named once', () => {
    const profile = allowList([rule('ptrace'), rule('bpf')]);
    const { findings } = judged(profile, { profiles: { 'dangerous-calls': ['bpf'] } });
    expect(findings.filter(({ subject }) => subject === 'bpf').map(({ rule: { id } }) => id)).toEqual([
      'seccomp/dangerous-call',
    ]);
  });
});

it('what libseccomp makes of some rules together is not known', () => {
  const rules = (...args: object[]): object => allowList(args.map((one) => rule('socket', allow, { args: [one] })));
  expect(found('undecided', rules(when('LT', 38), when('GT', 2 ** 33)))).toEqual([
    'Nobody knows what becomes of socket on x86_64 under docker.',
  ]);
  // As Docker's default writes it: what comes out was measured.
  expect(found('undecided', rules(when('EQ', 39), when('GT', 40), when('LT', 38)))).toEqual([]);
});

describe('no filter', () => {
  it.each<[string, object, string[]]>([
    [
      'below Docker',
      { syscalls: [], architectures: [] },
      ['Under this profile these targets install no filter: docker.'],
    ],
    ['that denies', { defaultAction: allow }, ['Under this profile these targets let every system call pass: docker.']],
    ['but a call', { defaultAction: allow, syscalls: [rule('mkdir', deny)] }, []],
  ])('%s', (_, profile, messages) => expect(found('no-filter', profile)).toEqual(messages));
  it('an empty object has one finding', () => expect(found('no-filter', {})).toHaveLength(1));
});

import { describe, expect, it } from '@jest/globals';
import { allowList, findingsOf, judged, type Setup } from '../../../test/support/judged-profile.ts';

const allow = 'SCMP_ACT_ALLOW';
const deny = 'SCMP_ACT_ERRNO';
const args = (...all: object[]) => all.map((one) => ({ index: 0, op: 'SCMP_CMP_EQ', ...one }));
const rule = (name: string, action: string, more: object = {}) => ({ names: [name], action, ...more });
/** A deny-list. */
const denials = (...syscalls: object[]) => ({ defaultAction: allow, architectures: ['SCMP_ARCH_X86_64'], syscalls });

const everyTarget: Setup = { targets: ['docker', 'podman', 'containerd', 'crun'], hosts: ['x86_64', 'aarch64'] };

it('nothing is wrong with a good profile, under any target', () => {
  const profile = allowList([], { defaultErrnoRet: 38 });
  const setup: Setup = { ...everyTarget, profiles: { starts: ['glibc', 'musl', 'go', 'node'] } };
  expect(judged(profile, setup).findings).toEqual([]);
});

/** Rule, what is judged, and the message of each finding. */
describe.each<[string, [string, object, (string | RegExp)[], Setup?][]]>([
  [
    'same-argument',
    [
      [
        'a range',
        allowList([
          rule('personality', allow, { args: args({ value: 1, op: 'SCMP_CMP_GT' }, { value: 9, op: 'SCMP_CMP_LT' }) }),
        ]),
        [/^`personality`: 2 conditions with two on argument 0; any one of them suffices\.$/],
      ],
      [
        'two arguments',
        allowList([rule('personality', allow, { args: args({ value: 1 }, { value: 9, index: 1 }) })]),
        [],
      ],
      [
        'more than crun reads',
        allowList([rule('personality', allow, { args: args(...[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value }))) })]),
        [/crun reads the first 6 of its 7 conditions only/],
      ],
    ],
  ],
  [
    'odd-condition',
    [
      [
        'less than 0',
        allowList([rule('personality', allow, { args: args({ value: 0, op: 'SCMP_CMP_LT' }) })]),
        [/never holds: nothing is less than 0/],
      ],
      [
        '0 or more',
        allowList([rule('personality', allow, { args: args({ value: 0, op: 'SCMP_CMP_GE' }) })]),
        [/always holds/],
      ],
      [
        'a mask of 0',
        allowList([rule('personality', allow, { args: args({ value: 0, op: 'SCMP_CMP_MASKED_EQ' }) })]),
        [/always holds: its mask/],
      ],
      [
        'a value outside its mask',
        allowList([rule('personality', allow, { args: args({ value: 2, valueTwo: 3, op: 'SCMP_CMP_MASKED_EQ' }) })]),
        [/drops them in silence/],
      ],
      [
        'a denial without the value',
        denials(rule('mkdir', deny, { args: args({ value: 2, op: 'SCMP_CMP_MASKED_EQ' }) })),
        [/has no `valueTwo`/],
      ],
      ['an allowance of what has none of the bits', allowList(), []],
    ],
  ],
  [
    'errno-range',
    [
      [
        '0 by rule',
        allowList([rule('mkdir', deny, { errnoRet: 0 })]),
        ['`errnoRet` is 0: the call does nothing and returns success.'],
      ],
      [
        '0 by default',
        allowList([], { defaultErrnoRet: 0 }),
        ['`defaultErrnoRet` is 0: the call does nothing and returns success.'],
      ],
      [
        'more than 16 bits',
        allowList([rule('mkdir', deny, { errnoRet: 65549 })]),
        ['`errnoRet` is 65549: the runtime makes 13 of it.'],
      ],
      ['0 for an action that has no error', allowList([rule('mkdir', allow, { errnoRet: 0 })]), []],
    ],
  ],
  [
    'rule-for-nobody',
    [
      [
        'a capability without its prefix',
        allowList([rule('bpf', allow, { includes: { caps: ['BPF'] } })]),
        ['The rule asks for `BPF`, and nothing is called so.'],
      ],
      [
        'a name of another family',
        allowList([rule('bpf', allow, { excludes: { arches: ['x86_64'] } })]),
        ['The rule asks for `x86_64`, and nothing is called so.'],
      ],
      [
        'needed and barred',
        allowList([rule('bpf', allow, { includes: { caps: ['CAP_BPF'] }, excludes: { caps: ['CAP_BPF'] } })]),
        ['The rule needs `CAP_BPF`, and is left out with it.'],
      ],
      ['words that exist', allowList([rule('bpf', allow, { includes: { caps: ['CAP_BPF'], arches: ['amd64'] } })]), []],
    ],
  ],
  [
    'overridden-rule',
    [
      [
        'conditions beside a rule without',
        allowList([rule('socket', allow), rule('socket', allow, { args: args({ value: 1 }) })]),
        [
          /^socket: the rule of line \d+ has no conditions, so its conditions are void: SCMP_ACT_ALLOW counts for every argument\.$/,
        ],
      ],
      [
        'a denial behind an allowance',
        allowList([rule('mkdir', allow), rule('mkdir', deny, { errnoRet: 13 })]),
        [/SCMP_ACT_ALLOW counts, not SCMP_ACT_ERRNO/],
      ],
      [
        'an allowance that does what the default does',
        denials(rule('mkdir', allow), rule('mkdir', deny)),
        [/SCMP_ACT_ERRNO counts, not SCMP_ACT_ALLOW/],
      ],
      ['the same twice', allowList([rule('mkdir', allow), rule('mkdir', allow)]), []],
      [
        'for other capabilities',
        allowList([
          rule('bpf', allow, { includes: { caps: ['CAP_BPF'] } }),
          rule('bpf', deny, { errnoRet: 13, excludes: { caps: ['CAP_BPF'] } }),
        ]),
        [],
      ],
    ],
  ],
  [
    'rule-without-effect',
    [
      [
        'the default action',
        allowList([rule('mkdir', deny)]),
        [/The rule \(SCMP_ACT_ERRNO\) for mkdir does what the default action does/],
      ],
      [
        'the default action with its error',
        allowList([rule('mkdir', deny, { errnoRet: 1 })]),
        [/does what the default action does/],
      ],
      ['another error', allowList([rule('mkdir', deny, { errnoRet: 13 })]), []],
      ['a repetition', allowList([rule('read', allow)]), [/repeats what rules before it say/]],
      ['no name', allowList([{ names: [], action: allow }]), [/for nothing names no call/]],
      ['one name of two is new', allowList([{ names: ['read', 'mkdir'], action: allow }]), []],
    ],
  ],
  [
    'action-lets-pass',
    [
      [
        'recording by default',
        { ...allowList(), defaultAction: 'SCMP_ACT_LOG', defaultErrnoRet: undefined },
        [/^The default action SCMP_ACT_LOG lets the call run/],
      ],
      [
        'a rule that records',
        allowList([rule('mkdir', 'SCMP_ACT_LOG')]),
        [/^SCMP_ACT_LOG for mkdir lets the call run/],
      ],
      ['a rule for a tracer', allowList([rule('mkdir', 'SCMP_ACT_TRACE')]), [/fails it where nobody does/]],
    ],
  ],
  [
    'speculation-allowed',
    [
      [
        'the flag',
        allowList([], { flags: ['SECCOMP_FILTER_FLAG_SPEC_ALLOW'] }),
        ['The profile asks for SECCOMP_FILTER_FLAG_SPEC_ALLOW.'],
      ],
      ['another flag', allowList([], { flags: ['SECCOMP_FILTER_FLAG_LOG'] }), []],
    ],
  ],
  [
    'flags-need-new-runtime',
    [
      [
        'a flag',
        allowList([], { flags: ['SECCOMP_FILTER_FLAG_LOG'] }),
        ['Older runtimes refuse the profile for its flags: SECCOMP_FILTER_FLAG_LOG.'],
      ],
      ['no flag', allowList([], { flags: [] }), []],
      [
        'one that a target refuses has its own finding',
        allowList([], { flags: ['SECCOMP_FILTER_FLAG_LOG'] }),
        [],
        { targets: ['runc-1.1'] },
      ],
    ],
  ],
  [
    'listener',
    [
      [
        'a path',
        allowList([], { listenerPath: '/run/agent.sock' }),
        ['The profile hands calls to the program behind `/run/agent.sock`.'],
      ],
      ['an empty path', allowList([], { listenerPath: '' }), []],
    ],
  ],
  [
    'host-not-listed',
    [
      [
        'the other machine',
        allowList([], { architectures: ['SCMP_ARCH_X86_64'] }),
        ['SCMP_ARCH_AARCH64 is not listed; affected: docker on aarch64.'],
        { hosts: ['x86_64', 'aarch64'] },
      ],
      [
        'by archMap',
        allowList([], { architectures: undefined, archMap: [{ architecture: 'SCMP_ARCH_AARCH64' }] }),
        ['SCMP_ARCH_X86_64 is not listed; affected: docker.'],
      ],
      ['nothing is listed', allowList([], { architectures: [] }), []],
    ],
  ],
  [
    'too-many-conditions',
    [
      [
        '129 rules',
        allowList(Array.from({ length: 129 }, (_, value) => rule('personality', allow, { args: args({ value }) }))),
        ['`personality` has more than 128 conditions.'],
      ],
      [
        '128 rules',
        allowList(Array.from({ length: 128 }, (_, value) => rule('personality', allow, { args: args({ value }) }))),
        [],
      ],
    ],
  ],
])('%s', (id, cases) => {
  it.each(cases)('%s', (...[, profile, messages, setup]) => {
    const found = findingsOf(id, profile, setup).map(({ message }) => message);
    expect(found).toHaveLength(messages.length);
    messages.forEach((message, at) =>
      expect(found[at]).toMatch(
        typeof message === 'string' ? new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : message,
      ),
    );
  });
});

describe('a custom resource', () => {
  const resource = (spec: object) =>
    JSON.stringify({
      apiVersion: 'security-profiles-operator.x-k8s.io/v1',
      kind: 'SeccompProfile',
      metadata: { name: 'web' },
      spec,
    });

  it('that builds on another profile is not judged by what it lacks', () => {
    const spec = {
      defaultAction: deny,
      baseProfileName: 'runc-v1.4.2',
      architectures: ['SCMP_ARCH_X86_64'],
      syscalls: [],
    };
    const { findings, summaries } = judged(resource(spec), { profiles: { starts: ['glibc'] } });
    expect(findings.map(({ rule: { id, outcome } }) => [id, outcome])).toEqual([
      ['seccomp/base-profile', 'inconclusive'],
    ]);
    expect(summaries).toMatchObject([{ name: 'web', defaultAction: deny }]);
  });

  it('has no keys of Docker', () => {
    const spec = {
      ...allowList([rule('bpf', allow, { includes: { caps: ['CAP_BPF'] } })], { defaultErrnoRet: undefined }),
    };
    expect(findingsOf('unknown-key', resource(spec)).map(({ message }) => message)).toEqual([
      'No runtime reads the key `includes`.',
    ]);
  });
});

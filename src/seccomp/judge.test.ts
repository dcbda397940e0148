import { describe, expect, it } from '@jest/globals';
import { allowList, judged } from '../../test/support/judged-profile.ts';
import { syscallsOf } from './syscalls/lookup.ts';

const names = [...syscallsOf('x86_64').keys()];
const allow = 'SCMP_ACT_ALLOW';
const everywhere = { targets: ['docker', 'podman', 'containerd'], hosts: ['x86_64', 'aarch64'] } as const;
const setup = { targets: [...everywhere.targets], hosts: [...everywhere.hosts] };
const onEveryArgument = (of: (index: number) => object) => [0, 1, 2, 3, 4, 5].map((index) => ({ index, ...of(index) }));

describe('a hostile profile is judged, or said not to be, in no time', () => {
  const rules = (count: number, of: (at: number) => object) => Array.from({ length: count }, (_, at) => of(at));
  const masks = (at: number) => ({
    names: ['socket'],
    action: allow,
    args: onEveryArgument(() => ({ value: 2 ** at * 1025, valueTwo: 2 ** at, op: 'SCMP_CMP_MASKED_EQ' })),
  });
  it.each<[string, object[], string]>([
    [
      '18,000 rules',
      rules(18_000, (at) => ({ names: [names[at % names.length]], action: allow })),
      'rule-without-effect',
    ],
    [
      'one rule of 60,000 names',
      [{ names: rules(60_000, (at) => names[at % names.length] as unknown as object), action: allow }],
      'looser-than-default',
    ],
    [
      'conditions that no program holds',
      rules(21, (at) => ({
        names: ['socket'],
        action: allow,
        args: onEveryArgument(() => ({ value: at, op: 'SCMP_CMP_NE' })),
      })),
      'refused',
    ],
    ['masks that nobody can follow', rules(21, masks), 'too-many-conditions'],
    [
      'conditions on every call',
      names.map((name, at) => ({
        names: [name],
        action: allow,
        args: onEveryArgument(() => ({ value: at, op: 'SCMP_CMP_GT' })),
      })),
      'too-many-conditions',
    ],
  ])('%s', (_, syscalls, expected) => {
    const ids = judged(JSON.stringify(allowList(syscalls)), setup).findings.map(({ rule: { id } }) => id);
    expect(ids).toContain(`seccomp/${expected}`);
  });

  it('a key in another case hides no conditions', () => {
    const { syscalls, ...rest } = allowList(
      rules(129, (at) => ({ names: ['socket'], action: allow, Args: [{ index: 0, value: at, op: 'SCMP_CMP_EQ' }] })),
    ) as { syscalls: object[] };
    const ids = judged(JSON.stringify({ ...rest, SYSCALLS: syscalls })).findings.map(({ rule: { id } }) => id);
    expect(ids).toContain('seccomp/too-many-conditions');
  });
});

it('a capability that services add counts', () => {
  const profile = allowList([{ names: ['bpf'], action: allow, includes: { caps: ['CAP_BPF'] } }]);
  const { findings } = judged(profile, {
    profiles: { 'dangerous-calls': ['bpf'] },
    context: { addedCapabilities: new Set(['CAP_BPF']) },
  });
  expect(findings.map(({ subject }) => subject)).toContain('bpf');
});

import { describe, expect, it } from '@jest/globals';
import { told } from '../../../test/support/found-services.ts';
import { applyWaivers } from '../../waivers/apply.ts';
import { environmentsOf } from '../environments.ts';
import { judgeChanges, type Loosenings } from './loosening.ts';
import type { ProfilePair } from './pairs.ts';

/** crun answers what a profile does not name as its default says; runc answers newer calls with ENOSYS. */
const environments = environmentsOf({ targets: ['podman'], hosts: ['x86_64'], kernel: '6.8' });
/** One rule for each call, on lines of their own, with an empty comment before them as Docker's default has. */
const allowing = (...rules: readonly (string | object)[]): string =>
  JSON.stringify(
    {
      comment: '',
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: ['read', ...rules].map((rule) => ({
        ...(typeof rule === 'string' ? { names: [rule] } : rule),
        action: 'SCMP_ACT_ALLOW',
      })),
    },
    null,
    1,
  );
const capabilities: ReadonlySet<string> = new Set();
const file = (name: string, text: string): ProfilePair['before'] => ({ name, text, isFile: true, capabilities });
const nothing = { name: 'no filter', text: '{"defaultAction": "SCMP_ACT_ALLOW"}', isFile: false, capabilities };
const change = (before: string, after: string): ProfilePair => ({
  before: file('web.json', before),
  after: file('web.json', after),
  users: ['service/web', 'service/api'],
});
const judge = (pair: ProfilePair, loosening: 'fail' | 'warn' = 'fail'): Loosenings =>
  judgeChanges([pair], environments, { loosening });
const socket = { names: ['socket'], args: [{ index: 0, value: 2, op: 'SCMP_CMP_EQ' }] };

describe('a change that loosens a profile', () => {
  it('is a finding for each call, at the line that names it', () => {
    const { findings } = judge(change(allowing(), allowing('mount', 'bpf')));
    expect(told(findings)).toEqual([
      'seccomp/loosening web.json:19:5: `service/web`, `service/api` can call `bpf` on x86_64 now, which web.json stopped.',
      'seccomp/loosening web.json:13:5: `service/web`, `service/api` can call `mount` on x86_64 now, which web.json stopped.',
    ]);
    expect(findings.map(({ rule, subject }) => [rule.outcome, subject])).toEqual([
      ['fail', 'bpf'],
      ['fail', 'mount'],
    ]);
  });

  it('is placed in a custom resource too', () => {
    const resource = (...names: string[]): string =>
      `apiVersion: security-profiles-operator.x-k8s.io/v1beta1\nkind: SeccompProfile\nmetadata:\n  name: mount\nspec:\n  defaultAction: SCMP_ACT_ERRNO\n  syscalls:\n    - action: SCMP_ACT_ALLOW\n      names:\n${names.map((name) => `        - ${name}\n`).join('')}`;
    const { findings } = judge({
      before: file('web.yaml', resource('read')),
      after: file('web.yaml', resource('read', 'mount')),
      users: ['service/web'],
    });
    expect(findings.map(({ place }) => place)).toEqual([{ file: 'web.yaml', line: 11, column: 11 }]);
  });

  it('names the arguments when only some became possible', () => {
    const wider = { ...socket, args: [{ ...socket.args[0], op: 'SCMP_CMP_LE' }] };
    const [finding] = judge(change(allowing(socket), allowing(wider))).findings;
    expect(finding?.message).toContain('can call `socket(0, …)` on x86_64');
  });

  it('is a warning where the policy tolerates it', () => {
    const { findings } = judge(change(allowing(), allowing('mount')), 'warn');
    expect(findings.map(({ rule }) => [rule.id, rule.outcome])).toEqual([['seccomp/loosening-tolerated', 'warning']]);
  });

  it('of more than 20 calls is one finding about the file as a whole', () => {
    const before = file('web.json', allowing());
    const after = file('web.json', allowing().replace('ACT_ERRNO', 'ACT_ALLOW'));
    const { findings } = judge({ before, after, users: ['service/web'] });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ place: { file: 'web.json' }, rule: { id: 'seccomp/loosening' } });
    expect(findings[0]?.place).not.toHaveProperty('line');
    expect(findings[0]?.message).toMatch(/^`service\/web` can make \d{3} system calls now that web\.json stopped: /);
    expect(findings[0]?.message.length).toBeLessThan(1000);
  });

  it('takes the profile away: who ran under it is the place', () => {
    const [finding] = judge({
      before: file('web.json', allowing()),
      after: nothing,
      users: ['service/web'],
    }).findings;
    expect(finding?.place).toEqual({ resource: 'service/web' });
  });

  it('can be waived for one call, by its file', () => {
    const waiver = {
      rule: 'seccomp/loosening',
      where: 'web.json',
      subject: 'mount',
      owner: 'platform team',
      reason: 'It mounts its own tmpfs.',
      expires: '2026-12-31',
    };
    const { findings } = judge(change(allowing(), allowing('mount', 'bpf')));
    const left = applyWaivers(findings, [waiver], new Date('2026-06-01'), 'seccomp.yaml');
    expect(left.map(({ rule, subject }) => [rule.id, subject])).toEqual([
      ['seccomp/loosening', 'bpf'],
      ['waiver/used', 'mount'],
    ]);
  });
});

describe('a change that loosens nothing', () => {
  it.each<[string, string, string, number]>([
    ['takes a call away', allowing('mount'), allowing(), 1],
    ['writes the same in another order', allowing('mount', 'bpf'), allowing('bpf', 'mount'), 0],
    ['stops a call in another way', allowing(), allowing().replace('ACT_ERRNO', 'ACT_KILL_PROCESS'), 100],
  ])('%s', (_, before, after, rows) => {
    const { findings, sections } = judge(change(before, after));
    expect(findings).toEqual([]);
    expect(sections[0]?.rows.length).toBeGreaterThanOrEqual(rows);
    if (rows < 100) expect(sections[0]?.rows).toHaveLength(rows);
  });

  it('leaves no table when no profile changed', () =>
    expect(judgeChanges([], environments, { loosening: 'fail' })).toEqual({ findings: [], sections: [] }));
});

describe('the table of a change', () => {
  it('shows direction, effects, architectures and engines', () => {
    const [table] = judge(change(allowing('mount'), allowing('bpf'))).sections;
    expect(table?.rows).toEqual([
      ['web.json', 'looser', 'bpf', 'EPERM → allowed', 'x86_64', 'everywhere'],
      ['web.json', 'tighter', 'mount', 'allowed → EPERM', 'x86_64', 'everywhere'],
    ]);
  });

  it('says how many rows it leaves out', () => {
    const [table] = judge(change(allowing(), allowing().replace('ACT_ERRNO', 'ACT_ALLOW'))).sections;
    expect(table?.rows).toHaveLength(101);
    expect(table?.rows.at(-1)?.[2]).toMatch(/^\d+ more$/);
  });
});

it('a profile with more conditions than are judged is not compared, and that is inconclusive', () => {
  const many = Array.from({ length: 129 }, (_, value) => ({
    names: ['socket'],
    args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }],
  }));
  for (const pair of [change(allowing(...many), allowing('mount')), change(allowing(), allowing(...many))]) {
    const { findings, sections } = judge(pair);
    expect(told(findings)).toEqual([
      'seccomp/change-undecided web.json: `service/web`, `service/api`: web.json and web.json were not compared, because one has more conditions than are judged.',
    ]);
    expect(sections).toEqual([]);
  }
});

it('a call of which libseccomp is not known is inconclusive, at its line', () => {
  const rules = [
    ['LT', 38],
    ['GT', 2 ** 33],
  ].map(([op, value]) => ({ names: ['socket'], args: [{ index: 0, value, op: `SCMP_CMP_${op}` }] }));
  const { findings } = judge(change(allowing('socket'), allowing(...rules)));
  expect(told(findings)).toEqual([
    'seccomp/change-undecided web.json:13:5: What web.json does to `socket` is not known for every argument.',
  ]);
  expect(findings[0]).toMatchObject({ rule: { outcome: 'inconclusive' }, subject: 'socket' });
});

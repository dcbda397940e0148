import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../report/report.ts';
import { defineRules } from '../report/rule.ts';
import { applyWaivers } from './apply.ts';
import type { Waiver } from './waiver.ts';

const { dangerous } = defineRules({
  dangerous: { id: 'seccomp/dangerous-call', title: 't', why: 'w', fix: 'f', outcome: 'fail' },
});
const finding = (subject: string, file = 'seccomp/worker.json'): Finding => ({
  rule: dangerous,
  message: `The profile lets \`${subject}\` through.`,
  place: { file, line: 3, column: 5 },
  subject,
});
const waiver: Waiver = {
  rule: 'seccomp/dangerous-call',
  where: 'seccomp/worker.json',
  subject: 'bpf',
  owner: 'platform team',
  reason: 'The profiler of the GPU needs it.',
  expires: '2026-12-31',
};
const at = (time: string, findings: Finding[], ...waivers: Waiver[]): string[] =>
  applyWaivers(findings, waivers, new Date(time), 'slipway/seccomp.yaml').map(({ rule }) => rule.id);
const june = '2026-06-01T12:00:00Z';

describe('waivers', () => {
  it('turns the waived finding into a note that names owner, day and rule, at the same place', () => {
    const [first, ...others] = applyWaivers([finding('bpf')], [waiver], new Date(june), 'slipway/seccomp.yaml');
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      rule: { id: 'waiver/used', outcome: 'note' },
      message: 'The profile lets `bpf` through. seccomp/dangerous-call: waived by platform team until 2026-12-31.',
      place: { file: 'seccomp/worker.json', line: 3, column: 5 },
      fix: 'Reason given: The profiler of the GPU needs it.',
    });
  });

  it.each<[string, Partial<Waiver>, string[]]>([
    ['another subject', { subject: 'mount' }, ['seccomp/dangerous-call', 'waiver/unused']],
    ['another file', { where: 'seccomp/api.json' }, ['seccomp/dangerous-call', 'waiver/unused']],
    ['another rule', { rule: 'seccomp/no-filter' }, ['seccomp/dangerous-call', 'waiver/unused']],
    ['any text in the place', { where: 'seccomp/*' }, ['waiver/used']],
  ])('%s', (_, change, expected) => {
    expect(at(june, [finding('bpf')], { ...waiver, ...change })).toEqual(expected);
  });

  it('waives every finding of the rule at the place when it names no subject', () => {
    const any = { ...waiver, subject: undefined };
    expect(at(june, [finding('bpf'), finding('mount')], any)).toEqual(['waiver/used', 'waiver/used']);
  });

  it('counts until its last day has ended, warns two weeks before, and fails afterwards', () => {
    expect(at('2026-12-17T00:00:00Z', [finding('bpf')], waiver)).toEqual(['waiver/used']);
    expect(at('2026-12-18T00:00:00Z', [finding('bpf')], waiver)).toEqual(['waiver/used', 'waiver/ending']);
    expect(at('2026-12-31T23:59:59Z', [finding('bpf')], waiver)).toEqual(['waiver/used', 'waiver/ending']);
    expect(at('2027-01-01T00:00:00Z', [finding('bpf')], waiver)).toEqual(['seccomp/dangerous-call', 'waiver/expired']);
  });

  it('fails when it has expired although nothing would need it', () => {
    expect(at('2027-01-01T00:00:00Z', [], waiver)).toEqual(['waiver/expired']);
  });
});

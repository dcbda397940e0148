import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../report/report.ts';
import { readDocuments } from './loading/document.ts';
import { checkDocument } from './profile.ts';

const allow = { names: ['read', 'write'], action: 'SCMP_ACT_ALLOW' };
const good = { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [allow] };
const checkProfile = (text: string, file: string): Finding[] =>
  readDocuments(text).flatMap((document) => checkDocument(document, file));
const rulesOf = (profile: unknown): string[] =>
  checkProfile(typeof profile === 'string' ? profile : JSON.stringify(profile), 'p.json').map(({ rule }) => rule.id);

describe('a profile without fault', () => {
  it.each<[string, unknown]>([
    ['an allow-list', good],
    [
      'Docker format with archMap, includes and comments',
      {
        ...good,
        archMap: [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] }],
        syscalls: [
          {
            ...allow,
            comment: 'c',
            includes: { caps: ['CAP_SYS_ADMIN'], minKernel: '4.8' },
            excludes: { arches: ['s390x'] },
          },
        ],
      },
    ],
    [
      'OCI format with architectures and conditions',
      {
        ...good,
        defaultErrnoRet: 1,
        architectures: ['SCMP_ARCH_AARCH64'],
        flags: ['SECCOMP_FILTER_FLAG_LOG'],
        syscalls: [{ ...allow, args: [{ index: 0, value: 2080505856, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] }],
      },
    ],
    [
      'empty archMap beside architectures, as runtimes write it',
      { ...good, architectures: ['SCMP_ARCH_X86_64'], archMap: [] },
    ],
    ['null lists, as Go writes them', { ...good, syscalls: [{ ...allow, args: null, includes: null }] }],
    ['the old single name', { ...good, syscalls: [{ name: 'read', action: 'SCMP_ACT_ALLOW' }] }],
    [
      'a condition of 64 bits',
      '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":18446744073709551615,"op":"SCMP_CMP_EQ"}]}]}',
    ],
    [
      'a call of another architecture only',
      { ...good, syscalls: [{ ...allow, names: ['socketcall', 's390_pci_mmio_read', 'set_tls'] }] },
    ],
  ])('%s', (_, profile) => expect(rulesOf(profile)).toEqual([]));
});

describe('a profile with a fault', () => {
  it.each<[string, unknown, string[]]>([
    ['no JSON', '{"defaultAction": }', ['seccomp/unreadable']],
    [
      'trailing comma (crun 1.28 takes it, runc does not)',
      '{"defaultAction":"SCMP_ACT_ERRNO",}',
      ['seccomp/unreadable'],
    ],
    ['byte order mark', `\ufeff${JSON.stringify(good)}`, ['seccomp/unreadable']],
    ['{}', {}, ['seccomp/no-filter']],
    [
      'misspelt keys',
      { defaultActon: 'SCMP_ACT_ERRNO', syscals: [] },
      ['seccomp/unknown-key', 'seccomp/unknown-key', 'seccomp/no-filter'],
    ],
    ['misspelt `syscalls` only', { defaultAction: 'SCMP_ACT_ALLOW', syscall: [allow] }, ['seccomp/unknown-key']],
    [
      'keys in another case (crun does not read them)',
      { DefaultAction: 'SCMP_ACT_ERRNO', Syscalls: [] },
      ['seccomp/unknown-key', 'seccomp/unknown-key', 'seccomp/no-filter'],
    ],
    ['rules without default action', { syscalls: [allow] }, ['seccomp/no-default-action']],
    ['unknown default action', { ...good, defaultAction: 'SCMP_ACT_DENY' }, ['seccomp/unknown-action']],
    ['unknown action', { ...good, syscalls: [{ ...allow, action: 'ALLOW' }] }, ['seccomp/unknown-action']],
    ['rule without action', { ...good, syscalls: [{ names: ['read'] }] }, ['seccomp/unknown-action']],
    [
      'unknown operator',
      { ...good, syscalls: [{ ...allow, args: [{ index: 0, value: 1, op: 'EQ' }] }] },
      ['seccomp/unknown-operator'],
    ],
    [
      'condition without operator',
      { ...good, syscalls: [{ ...allow, args: [{ index: 0, value: 1 }] }] },
      ['seccomp/unknown-operator'],
    ],
    ['unknown architecture', { ...good, architectures: ['x86_64'] }, ['seccomp/unknown-architecture']],
    [
      'unknown sub-architecture',
      { ...good, archMap: [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X68'] }] },
      ['seccomp/unknown-architecture'],
    ],
    ['unknown system call', { ...good, syscalls: [{ ...allow, names: ['raed'] }] }, ['seccomp/unknown-syscall']],
    ['empty name', { ...good, syscalls: [{ ...allow, names: [''] }] }, ['seccomp/unknown-syscall']],
    [
      'architectures with archMap',
      { ...good, architectures: ['SCMP_ARCH_X86_64'], archMap: [{ architecture: 'SCMP_ARCH_X86_64' }] },
      ['seccomp/architectures-and-arch-map'],
    ],
    ['name with names', { ...good, syscalls: [{ ...allow, name: 'read' }] }, ['seccomp/name-and-names']],
    [
      'value as text (crun: a condition that never holds)',
      { ...good, syscalls: [{ ...allow, args: [{ index: 0, value: '511', op: 'SCMP_CMP_EQ' }] }] },
      ['seccomp/wrong-type'],
    ],
    [
      'negative value',
      { ...good, syscalls: [{ ...allow, args: [{ index: 0, value: -1, op: 'SCMP_CMP_EQ' }] }] },
      ['seccomp/wrong-type'],
    ],
    ['list where an object is needed', [], ['seccomp/wrong-type']],
    ['object where a list is needed', { ...good, syscalls: {} }, ['seccomp/wrong-type']],
    ['number as name', { ...good, syscalls: [{ ...allow, names: [5] }] }, ['seccomp/wrong-type']],
    [
      'duplicate key',
      '{"defaultAction":"SCMP_ACT_ERRNO","defaultAction":"SCMP_ACT_ALLOW","syscalls":[]}',
      ['seccomp/duplicate-key'],
    ],
    ['unknown key in a rule', { ...good, syscalls: [{ ...allow, arg: [] }] }, ['seccomp/unknown-key']],
  ])('%s', (_, profile, rules) => expect(rulesOf(profile)).toEqual(rules));

  it('is shown at line and column', () => {
    const text =
      '{\n  "defaultAction": "SCMP_ACT_ERRNO",\n  "syscalls": [\n    { "names": ["read", "raed"], "action": "SCMP_ACT_ALLOW" }\n  ]\n}';
    expect(checkProfile(text, 'dir/p.json')[0]).toMatchObject({
      message: 'There is no system call `raed`.',
      place: { file: 'dir/p.json', line: 4, column: 25 },
    });
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void checkProfile(text, 'p.json')));
  });
});

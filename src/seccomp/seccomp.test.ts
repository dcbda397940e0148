import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { isComposeFile, readServices } from './compose.ts';
import { checkProfile, looksLikeProfile } from './profile.ts';
import { readSeccompTree, serviceTable } from './tree.ts';

const allow = { names: ['read', 'write'], action: 'SCMP_ACT_ALLOW' };
const good = { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [allow] };
const rulesOf = (profile: unknown): string[] =>
  checkProfile(typeof profile === 'string' ? profile : JSON.stringify(profile), 'p.json').findings.map(
    ({ rule }) => rule.id,
  );

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
    expect(checkProfile(text, 'dir/p.json').findings[0]).toMatchObject({
      message: 'There is no system call `raed`.',
      place: { file: 'dir/p.json', line: 4, column: 25 },
    });
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void checkProfile(text, 'p.json')));
  });
});

it('a profile is told from other JSON', () => {
  expect(looksLikeProfile(JSON.stringify(good))).toBe(true);
  expect(looksLikeProfile('{"name":"package"}')).toBe(false);
});

describe('a Compose file', () => {
  it.each<[string, boolean]>([
    ['compose.yaml', true],
    ['docker-compose.yml', true],
    ['compose.prod.yaml', true],
    ['docker-compose.override.yml', true],
    ['decompose.yaml', false],
    ['compose.yaml.bak', false],
    ['values.yaml', false],
  ])('%s: %s', (name, expected) => expect(isComposeFile(name)).toBe(expected));

  const choice = (options: string) =>
    readServices(`services:\n  web:\n${options}`, 'compose.yaml').services[0]?.profile;

  it.each<[string, string, Record<string, unknown>]>([
    ['no security_opt', '    image: x\n', { kind: 'none' }],
    ['security_opt of something else', '    security_opt: [no-new-privileges:true]\n', { kind: 'none' }],
    [
      'unconfined with a colon',
      '    security_opt: ["seccomp:unconfined"]\n',
      { kind: 'unconfined', line: 3, column: 21 },
    ],
    [
      'unconfined with an equals sign',
      '    security_opt:\n      - seccomp=unconfined\n',
      { kind: 'unconfined', line: 4, column: 9 },
    ],
    ['unconfined with spaces', '    security_opt: ["seccomp = unconfined"]\n', { kind: 'unconfined' }],
    ['a file', '    security_opt: ["seccomp=./p.json"]\n', { kind: 'file', path: './p.json' }],
    ['a file with a colon', '    security_opt: ["seccomp:p.json"]\n', { kind: 'file', path: 'p.json' }],
    [
      'two options: the last counts',
      '    security_opt: ["seccomp=p.json", "seccomp=unconfined"]\n',
      { kind: 'unconfined' },
    ],
  ])('%s', (_, options, expected) => expect(choice(options)).toMatchObject(expected));

  it('follows anchors and merge keys', () => {
    const text = 'x-safe: &safe\n  security_opt: ["seccomp=p.json"]\nservices:\n  web:\n    <<: *safe\n    image: x\n';
    expect(readServices(text, 'c.yaml').services[0]?.profile).toMatchObject({ kind: 'file', path: 'p.json' });
  });

  it.each(['services: [', 'a: 1\n', '', '- list\n', 'services: text\n'])(
    'that cannot be read is a finding: %j',
    (text) => {
      expect(readServices(text, 'c.yaml')).toMatchObject({
        services: [],
        findings: [{ rule: { id: 'seccomp/unreadable' } }],
      });
    },
  );
});

describe('a tree', () => {
  const compose = (option: string) => `services:\n  web:\n    security_opt: ["${option}"]\n`;
  const read = (content: Record<string, string>, paths = ['/w']) => readSeccompTree(memoryFiles(content), '/w', paths);
  const ids = async (content: Record<string, string>, paths?: string[]) =>
    (await read(content, paths)).findings.map(({ rule }) => rule.id);
  const text = JSON.stringify(good);

  it('reads services and the profiles they name, relative to the Compose file', async () => {
    const tree = await read({
      '/w/deploy/compose.yaml': compose('seccomp=p.json'),
      '/w/deploy/p.json': text,
      '/w/package.json': '{}',
    });
    expect(tree.findings).toEqual([]);
    expect([...tree.profiles.keys()]).toEqual(['deploy/p.json']);
    expect(serviceTable(tree).rows).toEqual([
      ['web', 'deploy/compose.yaml:2', 'p.json (SCMP_ACT_ERRNO, 2 system calls named)'],
    ]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a profile that does not exist', { '/w/compose.yaml': compose('seccomp=none.json') }, ['seccomp/profile-missing']],
    ['a folder as profile', { '/w/compose.yaml': compose('seccomp=p'), '/w/p/x': '' }, ['seccomp/profile-missing']],
    ['a service without profile', { '/w/compose.yaml': 'services:\n  web: {}\n' }, ['seccomp/service-without-profile']],
    ['a service with unconfined', { '/w/compose.yaml': compose('seccomp:unconfined') }, ['seccomp/service-unconfined']],
    [
      'a bad profile named by no service',
      { '/w/x/p.json': '{"defaultAction":"X","syscalls":[]}' },
      ['seccomp/unknown-action'],
    ],
    ['an empty object in a folder called seccomp', { '/w/seccomp/p.json': '{}' }, ['seccomp/no-filter']],
    [
      'a link out of the workspace',
      { '/w/compose.yaml': compose('seccomp=p.json'), '/w/p.json': '-> /secret', '/secret': text },
      ['seccomp/unreadable'],
    ],
    ['a profile that is too large', { '/w/seccomp.json': `"${'x'.repeat(1024 * 1024)}"` }, ['seccomp/unreadable']],
    ['other JSON, and dependencies', { '/w/package.json': '{}', '/w/node_modules/a/seccomp.json': '{}' }, []],
  ])('%s', async (_, content, expected) => expect(await ids(content)).toEqual(expected));

  it('a workspace in a folder called seccomp has other JSON as well', async () => {
    const files = memoryFiles({ '/seccomp-lab/package.json': '{}', '/seccomp-lab/p.json': text });
    const { profiles, findings } = await readSeccompTree(files, '/seccomp-lab', ['/seccomp-lab']);
    expect([[...profiles.keys()], findings]).toEqual([['p.json'], []]);
  });

  it("passes over what Slipway's own runs left", async () => {
    expect(await ids({ '/w/.slipway/seccomp-validate/report.json': '{}' })).toEqual([]);
  });

  it('reads a folder whose name only starts like the way out', async () => {
    const { profiles, findings } = await read({ '/w/..cache/p.json': text });
    expect([[...profiles.keys()], findings]).toEqual([['..cache/p.json'], []]);
  });

  it('checks a file that is given by name, whatever it is called', async () => {
    expect(await ids({ '/w/a.json': '{}' }, ['/w/a.json'])).toEqual(['seccomp/no-filter']);
  });

  it('reads a profile once when two services name it', async () => {
    const tree = await read({
      '/w/compose.yaml': `${compose('seccomp=p.json')}  api:\n    security_opt: ["seccomp=./p.json"]\n`,
      '/w/p.json': '{}',
    });
    expect(tree.findings).toHaveLength(1);
  });

  it('a given path that does not exist is a finding', async () => {
    expect(await ids({ '/w/x': '' }, ['/w/compose.yaml'])).toEqual(['seccomp/unreadable']);
  });
});

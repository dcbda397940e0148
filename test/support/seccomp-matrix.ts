import type { Environment } from '../../src/seccomp/loading/profile.ts';

const base = { host: 'x86_64', kernel: [6, 18], capabilities: new Set<string>(), libseccomp: '2.5.4' } as const;

/** Where the rows were measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28, podman 4.3.1 over runc. */
export const matrixSetups: Readonly<Record<'old runc' | 'runc' | 'old crun' | 'crun' | 'podman', Environment>> = {
  'old runc': { ...base, loader: 'none', runtime: 'runc 1.1.5' },
  runc: { ...base, loader: 'none', runtime: 'runc 1.3.6' },
  'old crun': { ...base, loader: 'none', runtime: 'crun 1.8.1' },
  crun: { ...base, loader: 'none', runtime: 'crun 1.28' },
  podman: { ...base, loader: 'containers-common', runtime: 'runc 1.1.5' },
};
type Setup = keyof typeof matrixSetups;

/** Arguments of the call that was made under each profile: `mkdir(path, 0777)`. */
export const witnessArguments = [0x7f0000001000n, 511n];

const allow = { defaultAction: 'SCMP_ACT_ALLOW' };
const deny = { names: ['mkdir'], action: 'SCMP_ACT_ERRNO' };
const mode = (op: string, value: unknown, more: object = {}) => ({ index: 1, op: `SCMP_CMP_${op}`, value, ...more });
const withRules = (...syscalls: object[]) => ({ ...allow, syscalls });
const withArgs = (...args: object[]) => withRules({ ...deny, args });
/** One answer of all, those of runc, crun and podman, or those of each setup. */
type Answers = string | readonly [runc: string, crun: string, podman: string] | Readonly<Record<Setup, string>>;
const runcOnly = (old: string, current: string, crun: string, podman: string): Answers => ({
  'old runc': old,
  runc: current,
  'old crun': crun,
  crun,
  podman,
});

const rows: readonly (readonly [title: string, profile: string | object, answers: Answers])[] = [
  [
    'architectures and archMap',
    { ...withRules(deny), architectures: ['SCMP_ARCH_X86_64'], archMap: [{ architecture: 'SCMP_ARCH_X86_64' }] },
    ['errno 1', 'errno 1', 'refused'],
  ],
  ['name and names', withRules({ ...deny, name: 'rmdir' }), ['errno 1', 'errno 1', 'refused']],
  ['name without names', withRules({ name: 'mkdir', action: 'SCMP_ACT_ERRNO' }), ['allow', 'refused', 'errno 1']],
  ['names with an empty one', withRules({ ...deny, names: [''] }), ['refused', 'allow', 'refused']],
  ['names that is empty', withRules({ ...deny, names: [] }), 'allow'],
  ['an unknown call', withRules({ ...deny, names: ['mkdirr'] }), 'allow'],
  ['an unknown action', withRules({ ...deny, action: 'SCMP_ACT_DENY' }), 'refused'],
  ['an unknown operator', withArgs(mode('LIKE', 511)), 'refused'],
  ['an unknown architecture', { ...withRules(deny), architectures: ['SCMP_ARCH_Z80'] }, 'refused'],
  ['an unknown flag', { ...withRules(deny), flags: ['SECCOMP_FILTER_FLAG_X'] }, 'refused'],
  [
    'an architecture without its prefix',
    { ...withRules(deny), architectures: ['X86_64'] },
    ['refused', 'errno 1', 'refused'],
  ],
  ['rules without a default action', { syscalls: [deny] }, 'refused'],
  ['{}', '{}', ['unconfined', 'refused', 'unconfined']],
  ['a misspelt key', { ...allow, syscall: [deny] }, 'allow'],
  ['keys in another case', { DefaultAction: 'SCMP_ACT_ALLOW', Syscalls: [deny] }, ['errno 1', 'refused', 'errno 1']],
  [
    'a key twice',
    '{"defaultAction":"SCMP_ACT_KILL","defaultAction":"SCMP_ACT_ALLOW"}',
    { 'old runc': 'allow', runc: 'allow', 'old crun': 'kill-thread', crun: 'allow', podman: 'allow' },
  ],
  [
    'a trailing comma',
    '{"defaultAction":"SCMP_ACT_ALLOW",}',
    { 'old runc': 'refused', runc: 'refused', 'old crun': 'refused', crun: 'allow', podman: 'refused' },
  ],
  ['a byte order mark', '\ufeff{"defaultAction":"SCMP_ACT_ALLOW"}', 'refused'],
  ['the same rule twice', withRules(deny, deny), 'errno 1'],
  ['ERRNO 1, then ERRNO 13', withRules(deny, { ...deny, errnoRet: 13 }), 'errno 1'],
  ['ERRNO, then KILL_PROCESS', withRules(deny, { ...deny, action: 'SCMP_ACT_KILL_PROCESS' }), 'errno 1'],
  [
    'ERRNO, then ALLOW, under LOG',
    { defaultAction: 'SCMP_ACT_LOG', syscalls: [deny, { ...deny, action: 'SCMP_ACT_ALLOW' }] },
    'errno 1',
  ],
  ['KILL_PROCESS, then ERRNO', withRules({ ...deny, action: 'SCMP_ACT_KILL_PROCESS' }, deny), 'kill-process'],
  [
    'ALLOW on an argument, then ERRNO',
    {
      defaultAction: 'SCMP_ACT_LOG',
      syscalls: [{ ...deny, action: 'SCMP_ACT_ALLOW', args: [mode('EQ', 511)] }, deny],
    },
    'errno 1',
  ],
  [
    'ERRNO, then ALLOW on an argument',
    {
      defaultAction: 'SCMP_ACT_LOG',
      syscalls: [deny, { ...deny, action: 'SCMP_ACT_ALLOW', args: [mode('EQ', 511)] }],
    },
    'errno 1',
  ],
  ['two conditions on one argument: either suffices', withArgs(mode('GT', 1000), mode('LT', 2000)), 'errno 1'],
  [
    'the same beside a condition on another argument',
    withArgs(mode('GT', 1000), mode('LT', 600), { index: 0, op: 'SCMP_CMP_EQ', value: 0 }),
    'errno 1',
  ],
  ['an action that is the default', withRules({ ...deny, action: 'SCMP_ACT_ALLOW' }), 'allow'],
  [
    'errnoRet on ALLOW',
    { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [{ ...deny, action: 'SCMP_ACT_ALLOW', errnoRet: 5 }] },
    ['allow', 'refused', 'allow'],
  ],
  [
    'errnoRet on KILL',
    withRules({ ...deny, action: 'SCMP_ACT_KILL', errnoRet: 5 }),
    ['kill-thread', 'refused', 'kill-thread'],
  ],
  ['defaultErrnoRet with ALLOW', { ...withRules(deny), defaultErrnoRet: 5 }, ['errno 1', 'refused', 'errno 1']],
  ['errnoRet 0', withRules({ ...deny, errnoRet: 0 }), 'errno 0'],
  ['errnoRet 4096', withRules({ ...deny, errnoRet: 4096 }), 'refused'],
  ['errnoRet 70000', withRules({ ...deny, errnoRet: 70000 }), 'refused'],
  ['argument 6', withArgs({ ...mode('EQ', 511), index: 6 }), 'refused'],
  ['MASKED_EQ without a second value', withArgs(mode('MASKED_EQ', 511)), 'allow'],
  ['MASKED_EQ with both', withArgs(mode('MASKED_EQ', 0xf00, { valueTwo: 0x100 })), 'errno 1'],
  ['a value in quotes', withArgs(mode('EQ', '511')), ['refused', 'allow', 'refused']],
  ['a hexadecimal value in quotes', withArgs(mode('EQ', '0x1ff')), ['refused', 'allow', 'refused']],
  ['a value of -1', withArgs(mode('EQ', -1)), ['refused', 'allow', 'refused']],
  ['a value of 511.0', JSON.stringify(withArgs(mode('EQ', 511))).replace('511', '511.0'), 'refused'],
  ['a foreign architecture only', { ...withRules(deny), architectures: ['SCMP_ARCH_AARCH64'] }, 'errno 1'],
  ['one of the other byte order', { ...withRules(deny), architectures: ['SCMP_ARCH_S390X'] }, 'refused'],
  // crun starts a container under which no call is answered; it dies.
  ['NOTIFY as default', { defaultAction: 'SCMP_ACT_NOTIFY' }, ['refused', 'notify', 'refused']],
  [
    'flag LOG',
    { ...withRules(deny), flags: ['SECCOMP_FILTER_FLAG_LOG'] },
    runcOnly('refused', 'errno 1', 'errno 1', 'refused'),
  ],
  [
    'flag TSYNC',
    { ...withRules(deny), flags: ['SECCOMP_FILTER_FLAG_TSYNC'] },
    runcOnly('refused', 'errno 1', 'errno 1', 'refused'),
  ],
  [
    'flag SPEC_ALLOW',
    { ...withRules(deny), flags: ['SECCOMP_FILTER_FLAG_SPEC_ALLOW'] },
    runcOnly('refused', 'errno 1', 'errno 1', 'refused'),
  ],
  [
    'includes with a missing capability',
    withRules({ ...deny, includes: { caps: ['CAP_SYS_ADMIN'] } }),
    ['errno 1', 'errno 1', 'allow'],
  ],
  ['excludes of the machine', withRules({ ...deny, excludes: { arches: ['amd64'] } }), ['errno 1', 'errno 1', 'allow']],
  // containers/common does not read it.
  ['minKernel of the future', withRules({ ...deny, includes: { minKernel: '9.9' } }), 'errno 1'],
];

/** A malformed or ambiguous profile, and what became of the witness: `refused`, `unconfined` or its effect. */
export interface MatrixRow {
  readonly title: string;
  readonly profile: string;
  readonly answers: Readonly<Record<Setup, string>>;
}

export const matrix: readonly MatrixRow[] = rows.map(([title, profile, answers]) => ({
  title,
  profile: typeof profile === 'string' ? profile : JSON.stringify(profile),
  answers: answersOf(answers),
}));

function answersOf(answers: Answers): MatrixRow['answers'] {
  if (typeof answers === 'object' && 'podman' in answers) return answers;
  const [runc, crun, podman] = typeof answers === 'string' ? [answers, answers, answers] : answers;
  return { 'old runc': runc, runc, 'old crun': crun, crun, podman };
}

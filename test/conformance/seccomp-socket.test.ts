/** What Docker's conditions on `socket` really do, in the filters that the installed runtimes make of them. */
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { effectOf } from '../../src/seccomp/bpf/action.ts';
import { run } from '../../src/seccomp/bpf/run.ts';
import { architectures } from '../../src/seccomp/syscalls/architectures.ts';
import { numberOf } from '../../src/seccomp/syscalls/lookup.ts';
import { RuntimeLab, type RealRuntime } from '../support/installed-filter.ts';

jest.setTimeout(120_000);

let lab: RuntimeLab;
beforeAll(async () => {
  lab = await RuntimeLab.open();
});
afterAll(() => lab.close());

const conditions = [
  ['LT', 38],
  ['EQ', 39],
  ['GT', 40],
] as const;
const profile = JSON.stringify({
  defaultAction: 'SCMP_ACT_ERRNO',
  architectures: ['SCMP_ARCH_X86_64'],
  syscalls: [
    { names: ['execve', 'exit_group', 'write', 'close', 'read', 'pause', 'nanosleep'], action: 'SCMP_ACT_ALLOW' },
    ...conditions.map(([op, value]) => ({
      names: ['socket'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: 0, value, op: `SCMP_CMP_${op}` }],
    })),
  ],
});

it.each<RealRuntime>(['runc', 'crun'])(
  'AF_ALG and AF_VSOCK are denied, but not with bits above those that the kernel looks at: %s',
  async (runtime) => {
    const installed = await lab.load(runtime, profile);
    if (installed.kind !== 'filter') throw new Error(`${runtime}: ${installed.kind}`);
    const effects = [2n, 38n, 39n, 40n, 41n, 0x100000026n, 0x100000028n].map((family) => {
      const nr = numberOf('socket', 'x86_64') ?? -1;
      const call = { nr, arch: architectures.x86_64.audit, instructionPointer: 0n, args: [family] };
      return effectOf(run(installed.program, call)).kind;
    });
    expect(effects).toEqual(['allow', 'errno', 'allow', 'errno', 'allow', 'allow', 'allow']);
  },
);

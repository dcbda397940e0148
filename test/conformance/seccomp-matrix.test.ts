import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { effectOf } from '../../src/seccomp/bpf/action.ts';
import { run } from '../../src/seccomp/bpf/run.ts';
import { architectures } from '../../src/seccomp/syscalls/architectures.ts';
import { numberOf } from '../../src/seccomp/syscalls/lookup.ts';
import { RuntimeLab, type RealRuntime } from '../support/installed-filter.ts';
import { matrix, witnessArguments } from '../support/seccomp-matrix.ts';

jest.setTimeout(120_000);

let lab: RuntimeLab;
beforeAll(async () => {
  lab = await RuntimeLab.open();
});
afterAll(() => lab.close());

/** What the filter that the runtime really installed does to the witness. */
async function seen(runtime: RealRuntime, profile: string): Promise<string> {
  const installed = await lab.load(runtime, profile);
  if (installed.kind !== 'filter') return installed.kind;
  const nr = numberOf('mkdir', 'x86_64') ?? -1;
  const call = { nr, arch: architectures.x86_64.audit, instructionPointer: 0n, args: witnessArguments };
  const effect = effectOf(run(installed.program, call));
  return effect.kind === 'errno' ? `errno ${effect.errno}` : effect.kind;
}

describe.each([
  ['runc', 'old runc'],
  ['crun', 'old crun'],
] as const)('the installed %s takes a profile as the model says', (runtime, setup) => {
  it.each(matrix)('$title', async ({ profile, answers }) => expect(await seen(runtime, profile)).toBe(answers[setup]));
});

import { Decider } from '../src/seccomp/bpf/specialise.ts';
import type { SeccompData } from '../src/seccomp/bpf/data.ts';
import { run } from '../src/seccomp/bpf/run.ts';
import { compareOutcomes, type Running } from '../src/seccomp/comparison/differences.ts';
import { compile } from '../src/seccomp/filter/compile.ts';
import type { Environment } from '../src/seccomp/loading/profile.ts';
import { outcomeOf } from '../src/seccomp/loading/runtime.ts';
import { architectures, type Architecture } from '../src/seccomp/syscalls/architectures.ts';
import { syscallsOf } from '../src/seccomp/syscalls/lookup.ts';

/** How fast calls are decided under a profile of the size of Docker's default, and two such profiles compared. */
export interface DecisionRates {
  /** Decisions a second, in the best round. */
  readonly interpreted: number;
  readonly specialised: number;
  /** Milliseconds of comparing two such profiles on three architectures, in the best round. */
  readonly comparison: number;
}

const environment: Environment = {
  loader: 'none',
  runtime: 'runc 1.3.6',
  host: 'x86_64',
  kernel: [6, 18],
  capabilities: new Set(),
  libseccomp: '2.6.1',
};
const conditional = ['clone', 'personality', 'socket'];

/** As Docker's default is built: most calls allowed as they are, three of them by argument, the rest refused. */
function profileOf(isLeftOut: (at: number) => boolean): Running {
  const names = [...syscallsOf('x86_64').keys(), ...syscallsOf('i386').keys()];
  const allowed = [...new Set(names)].filter((name, at) => !isLeftOut(at) && !conditional.includes(name));
  const rule = (name: string, op: string, value: number): object => ({
    names: [name],
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: 0, op: `SCMP_CMP_${op}`, value, valueTwo: 0 }],
  });
  const profile = {
    defaultAction: 'SCMP_ACT_ERRNO',
    architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
    syscalls: [
      { names: allowed, action: 'SCMP_ACT_ALLOW' },
      rule('clone', 'MASKED_EQ', 0x7e020000),
      ...[0, 8, 0x20000, 0x20008, 0xffffffff].map((persona) => rule('personality', 'EQ', persona)),
      rule('socket', 'LT', 38),
      rule('socket', 'EQ', 39),
      rule('socket', 'GT', 40),
    ],
  };
  const outcome = outcomeOf(JSON.stringify(profile), environment);
  if (outcome.kind !== 'filter') throw new Error(`The profile of the benchmark is ${outcome.kind}.`);
  return outcome;
}

/** Every call of three architectures; those with conditions get an argument. */
function calls(): SeccompData[] {
  return (['x86_64', 'i386', 'x32'] as Architecture[]).flatMap((architecture) =>
    [...syscallsOf(architecture)].map(([name, nr]) => ({
      nr,
      arch: architectures[architecture].audit,
      instructionPointer: 0n,
      args: conditional.includes(name) ? [40n] : [],
    })),
  );
}

export function decisionRates(rounds: number): DecisionRates {
  const [first, second] = [profileOf((at) => at % 7 === 0), profileOf((at) => at % 8 === 0)];
  const program = first.kind === 'filter' ? compile(first.filter) : [];
  const decider = new Decider(program);
  const data = calls();
  const rate = (decide: (call: SeccompData) => number): number => {
    const passes = 100;
    const seconds = fastest(rounds, () => {
      for (let pass = 0; pass < passes; pass++) for (const call of data) decide(call);
    });
    return (passes * data.length) / seconds;
  };
  return {
    interpreted: rate((call) => run(program, call)),
    specialised: rate((call) => decider.decide(call)),
    comparison: 1000 * fastest(rounds, () => void compareOutcomes(first, second, { host: 'x86_64' })),
  };
}

/** Seconds of the fastest round: whatever else the machine does only adds. */
function fastest(rounds: number, work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...times);
}

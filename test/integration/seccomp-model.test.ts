import { release } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../src/seccomp/bpf/check.ts';
import type { SeccompData } from '../../src/seccomp/bpf/data.ts';
import { Decider } from '../../src/seccomp/bpf/specialise.ts';
import { compile } from '../../src/seccomp/filter/compile.ts';
import { decide, isDecided, type Filter } from '../../src/seccomp/filter/filter.ts';
import type { Environment } from '../../src/seccomp/loading/profile.ts';
import { outcomeOf } from '../../src/seccomp/loading/runtime.ts';
import { architectureNames, architectures, x32Bit } from '../../src/seccomp/syscalls/architectures.ts';
import { numberOf } from '../../src/seccomp/syscalls/lookup.ts';
import { RuntimeLab, type Installed, type RealRuntime } from '../support/installed-filter.ts';
import { oneArgumentProfile, randomProfile, value, type RandomProfile } from '../support/random-profiles.ts';

jest.setTimeout(900_000);

/** The same profiles in every run; other ones with `SECCOMP_MODEL_SEED=<number>`, or `fresh` for a seed that is printed. */
const given = process.env.SECCOMP_MODEL_SEED ?? '20261121';
const seed = given === 'fresh' ? Date.now() % 2 ** 31 : Number(given);
/** A runtime waits more than it works. */
const workers = 6;

const [major = 0, minor = 0] = release().split('.').map(Number);
const setup = {
  loader: 'none',
  host: 'x86_64',
  kernel: [major, minor],
  capabilities: new Set<string>(),
  // Debian's 2.5.4-1+deb12u1 knows the names of 2.5.5.
  libseccomp: '2.5.5',
} as const;
const environments: Readonly<Record<RealRuntime, Environment>> = {
  runc: { ...setup, runtime: 'runc 1.1.5' },
  crun: { ...setup, runtime: 'crun 1.8.1' },
};

let lab: RuntimeLab;
beforeAll(async () => {
  lab = await RuntimeLab.open();
});
afterAll(() => lab.close());

/**
 * What was compared. `undecided` counts the calls that differ where the model says that it does not know, `multiplexers` the profiles of
 * `isAboutMultiplexer`.
 */
let tally = { profiles: 0, filters: 0, refused: 0, calls: 0, undecided: 0, multiplexers: 0 };
beforeEach(() => {
  tally = { profiles: 0, filters: 0, refused: 0, calls: 0, undecided: 0, multiplexers: 0 };
});

/** Calls by the profile's names and around their numbers, with arguments around its values. */
function callsFor({ names, values }: RandomProfile, random: readonly bigint[]): SeccompData[] {
  const near = [...values.flatMap((one) => [one, one - 1n, one + 1n, one ^ (1n << 32n)]), ...random].map((one) =>
    BigInt.asUintN(64, one),
  );
  const audits = [...new Set([...architectureNames.map((name) => architectures[name].audit), 0x8])];
  return audits.flatMap((arch) => {
    const own = architectureNames.filter((name) => architectures[name].audit === arch);
    const named = own.flatMap((architecture) =>
      [...names, 'socketcall', 'ipc'].flatMap((name) => numberOf(name, architecture) ?? []),
    );
    const others = [0, 1, 59, 222, 335, 400, 451, 470, 511, x32Bit, x32Bit + 59, x32Bit + 520, 2 * x32Bit, 0xffffffff];
    const numbers = [...new Set([...named, ...named.map((number) => number + 1), ...others])];
    return numbers.flatMap((nr, at) => {
      const tries = named.includes(nr) ? 12 : 1;
      return Array.from({ length: tries }, (_, round): SeccompData => {
        const args = Array.from(
          { length: 6 },
          (__, index) => near[(at * 7 + round * 13 + index * (5 + round)) % near.length] ?? 0n,
        );
        // The subcalls of the multiplexers.
        if (round % 3 === 0) args[0] = BigInt((at + round) % 25);
        return { nr, arch, instructionPointer: 0n, args };
      });
    });
  });
}

/**
 * Rules for `socketcall` or `ipc` itself meet those that libseccomp makes for the calls that go through it. Which of them conflict is not
 * modelled in full: the model refuses some such profiles that runtimes take.
 */
function isAboutMultiplexer({ names }: RandomProfile): boolean {
  return names.includes('socketcall') || names.includes('ipc');
}

/** What differs between the model and the runtime; undefined where nothing does. */
function difference(
  runtime: RealRuntime,
  profile: RandomProfile,
  installed: Installed,
  random: readonly bigint[],
): string | undefined {
  const model = outcomeOf(profile.text, environments[runtime]);
  if (model.kind === 'refused' && installed.kind === 'filter' && isAboutMultiplexer(profile)) {
    tally.multiplexers++;
    return undefined;
  }
  if (model.kind !== installed.kind) {
    const reasons = [model, installed].map((one) =>
      one.kind === 'refused' ? `${one.kind} (${one.reason})` : one.kind,
    );
    return `${runtime}: the model says ${reasons.join(', the runtime ')}`;
  }
  if (model.kind !== 'filter' || installed.kind !== 'filter') {
    tally.refused++;
    return undefined;
  }
  tally.filters++;
  return filterDifference(runtime, model.filter, new Decider(installed.program), callsFor(profile, random));
}

function filterDifference(
  runtime: RealRuntime,
  filter: Filter,
  real: Decider,
  calls: readonly SeccompData[],
): string | undefined {
  const program = compile(filter);
  const broken = refusal(program);
  if (broken !== undefined) return broken;
  const compiled = new Decider(program);
  for (const call of calls) {
    tally.calls++;
    const [wanted, ours] = [decide(filter, call), compiled.decide(call)];
    const shown = `${runtime}: arch 0x${call.arch.toString(16)}, number ${call.nr}, arguments ${call.args.join()}`;
    if (wanted !== ours) return `${shown}: the model says ${hex(wanted)}, its program ${hex(ours)}`;
    const found = real.decide(call);
    if (found === wanted) continue;
    if (isDecided(filter, call)) return `${shown}: the model says ${hex(wanted)}, the runtime's filter ${hex(found)}`;
    tally.undecided++;
  }
  return undefined;
}

const hex = (number: number): string => `0x${number.toString(16)}`;

it.each([
  ['of every kind', randomProfile, 2000],
  ['with several rules on one argument', oneArgumentProfile, 200],
] as const)(
  `the model does what runc and crun do, on random profiles %s (seed ${seed})`,
  async (kind, generator, profiles) => {
    const samples = fc.sample(fc.tuple(generator, fc.array(value, { minLength: 40, maxLength: 40 })), {
      numRuns: profiles,
      seed,
    });
    const differences: string[] = [];
    const queue = samples.entries();
    const work = async (): Promise<void> => {
      for (const [at, [profile, random]] of queue) {
        for (const runtime of ['runc', 'crun'] as const) {
          const found = difference(runtime, profile, await lab.load(runtime, profile.text), random);
          if (found !== undefined) differences.push(`profile ${at}: ${found}\n${profile.text}`);
        }
        tally.profiles++;
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    process.stderr.write(`seccomp model, ${kind}, seed ${seed}: ${JSON.stringify(tally)}\n`);
    expect(differences.slice(0, 20)).toEqual([]);
    expect(tally.profiles).toBe(profiles);
  },
);

import type { BareProfile } from '../loading/profile.ts';
import { RefusedError, type Environment, type Loader } from '../loading/profile.ts';
import { loadText } from '../loading/load.ts';
import { unifiedPatch } from './patch.ts';
import { compare, repairProfile, type ProfileFile, type Repair } from './repair.ts';
import { environmentOf, type Machine } from './runtimes.ts';
import { startUnder } from './start-under.ts';
import type { EnforceEffects, Runtime, Start, StartResult } from './start.ts';

/** A service that is to be started under its profile. */
export interface StartCheck {
  /** Name as findings give it: `service/api`. */
  readonly resource: string;
  readonly start: Start;
  readonly profile: ProfileFile;
  /** Who reads the profile's file where the service runs. */
  readonly loader: Loader;
}

/** What one runtime did. */
export interface RuntimeRun {
  readonly runtime: Runtime;
  readonly control: StartResult;
  /** Undefined when the control run failed: a failure under the profile would then say nothing about it. */
  readonly under: StartResult | undefined;
}

/** A change of the profile under which the service was seen to start with every runtime. */
export interface ProvenPatch {
  readonly text: string;
  /** Unified difference, for `git apply`. */
  readonly patch: string;
}

export interface CheckedStart {
  readonly check: StartCheck;
  readonly runs: readonly RuntimeRun[];
  /** What was missing, by runtime; a runtime that the change for one before it repairs too is not in it. */
  readonly repairs: readonly { readonly runtime: Runtime; readonly repair: Repair }[];
  /** Why a runtime's failure could not be repaired. */
  readonly unrepaired: readonly {
    readonly runtime: Runtime;
    readonly why: string;
    readonly missing: readonly string[];
  }[];
  readonly proven: ProvenPatch | undefined;
}

/** Starts a service without and with its profile under each runtime; where it fails, seeks the change that repairs it and tries that one with all. */
export async function checkStart(
  effects: EnforceEffects,
  runtimes: readonly Runtime[],
  machine: Machine,
  check: StartCheck,
): Promise<CheckedStart> {
  const runs: RuntimeRun[] = [];
  for (const runtime of runtimes) runs.push(await runOnce(effects, runtime, machine, check));

  const repairs: { runtime: Runtime; repair: Repair }[] = [];
  const unrepaired: { runtime: Runtime; why: string; missing: readonly string[] }[] = [];
  let { profile } = check;
  for (const { runtime, control, under } of runs) {
    if (under === undefined || under.outcome === 'runtime-refused' || compare(control, under) === 'same') continue;
    const now = profile === check.profile ? under : await startWith(effects, runtime, machine, { ...check, profile });
    if (compare(control, now) === 'same') continue;
    const environment = environmentFor(runtime, machine, check);
    const result = await repairProfile(effects, runtime, check.start, profile, environment, control);
    if ('none' in result) unrepaired.push({ runtime, why: result.none, missing: result.missing });
    else {
      repairs.push({ runtime, repair: result.repair });
      profile = { ...profile, text: result.repair.text };
    }
  }
  const isProven = repairs.length > 0 && (await startsWithAll(effects, runs, machine, { ...check, profile }));
  const patch = unifiedPatch(check.profile.file, check.profile.text, profile.text);
  return { check, runs, repairs, unrepaired, proven: isProven ? { text: profile.text, patch } : undefined };
}

async function runOnce(
  effects: EnforceEffects,
  runtime: Runtime,
  machine: Machine,
  check: StartCheck,
): Promise<RuntimeRun> {
  const control = await startUnder(effects, runtime, check.start, undefined);
  const isUsable = control.outcome === 'started' || control.outcome === 'did-not-stop';
  const under = isUsable ? await startWith(effects, runtime, machine, check) : undefined;
  return { runtime, control, under };
}

function environmentFor(runtime: Runtime, machine: Machine, { start, loader }: StartCheck): Environment {
  return environmentOf(runtime, machine, start.capabilities, loader);
}

/** A start under what the loader makes of the profile. What the loader refuses never reaches the runtime. */
async function startWith(
  effects: EnforceEffects,
  runtime: Runtime,
  machine: Machine,
  check: StartCheck,
): Promise<StartResult> {
  let profile: BareProfile | undefined;
  try {
    profile = loadText(check.profile.text, environmentFor(runtime, machine, check));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { name, version, path } = runtime;
    const nothing = { exit: null, filters: undefined, readyAfter: undefined, took: 0, output: '' };
    return { runtime: { name, version, path }, outcome: 'runtime-refused', refusal: error.message, ...nothing };
  }
  return startUnder(effects, runtime, check.start, profile);
}

async function startsWithAll(
  effects: EnforceEffects,
  runs: readonly RuntimeRun[],
  machine: Machine,
  check: StartCheck,
): Promise<boolean> {
  for (const { runtime, control, under } of runs) {
    if (under === undefined) continue;
    if (compare(control, await startWith(effects, runtime, machine, check)) !== 'same') return false;
  }
  return true;
}

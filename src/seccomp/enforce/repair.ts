import { loadText } from '../loading/load.ts';
import type { Environment, BareProfile } from '../loading/profile.ts';
import { allowInText } from './edit.ts';
import { observe, type Observed } from './observe.ts';
import { findNeeds, type Needs, type Trial } from './reduce.ts';
import { startUnder } from './start-under.ts';
import type { EnforceEffects, Runtime, Start, StartResult } from './start.ts';
import { allowing, letsThrough, logging } from './variants.ts';

/** A profile's file. */
export interface ProfileFile {
  /** Path as findings name it. */
  readonly file: string;
  readonly text: string;
}

/** Why a start under a profile failed, and what would make it succeed. */
export interface Repair extends Needs {
  readonly observed: Pick<Observed, 'by' | 'complete'>;
  /** Calls of these that the profile allowed on conditions; a record holds no arguments, so they are now allowed with any. */
  readonly widened: readonly string[];
  /** The profile with the calls that are fatal or degraded. */
  readonly text: string;
}

export type RepairResult =
  | { readonly repair: Repair }
  /** Why there is none, as a sentence. */
  | { readonly none: string; readonly missing: readonly string[] };

const maxStarts = 40;

/** How a start went, against the same start without a profile. */
export function compare(control: StartResult, under: StartResult): Trial {
  const wasReady = (result: StartResult): boolean => result.outcome === 'started' || result.outcome === 'did-not-stop';
  if (!wasReady(under)) return 'fails';
  const exit = ({ exit }: StartResult): string => JSON.stringify(exit);
  return under.outcome === control.outcome && exit(under) === exit(control) ? 'same' : 'degraded';
}

/**
 * Finds the calls that a profile lacks for a program, tells by trying which of them it needs, and makes the smallest change of the profile that lets
 * it start and stop as without a profile.
 * @param control the start without a profile
 */
export async function repairProfile(
  effects: EnforceEffects,
  runtime: Runtime,
  start: Start,
  profile: ProfileFile,
  environment: Environment,
  control: StartResult,
): Promise<RepairResult> {
  const loaded = loadText(profile.text, environment);
  if (loaded === undefined) return { none: 'The profile filters nothing.', missing: [] };
  const observed = await observe(effects, runtime, start, logging(loaded), environment.host);
  if (observed === undefined)
    return {
      none: "Which calls it lacks is not known: neither the kernel's log nor strace can be used here.",
      missing: [],
    };
  const missing = missingCalls(loaded, observed);
  // Failed starts are told apart from slow ones by what the control run took.
  const readyWithin = Math.min(start.readyWithin, 3000 + 5 * (control.readyAfter ?? start.readyWithin));
  const attempt = async (allowed: readonly string[]): Promise<Trial> =>
    compare(control, await startUnder(effects, runtime, { ...start, readyWithin }, allowing(loaded, allowed)));
  if ((await attempt(missing)) !== 'same')
    return {
      none: 'Allowing all calls that were logged is not enough; a condition on arguments may be what it fails at.',
      missing,
    };
  const needs = await findNeeds(missing, attempt, maxStarts);
  const needed = [...needs.fatal, ...needs.degraded];
  const text = allowInText(profile.text, needed) ?? profile.text;
  const conditional = loaded.syscalls.filter(({ action, args }) => action === 'SCMP_ACT_ALLOW' && args.length > 0);
  const widened = needed.filter((name) => conditional.some(({ names }) => names.includes(name)));
  return { repair: { ...needs, observed, widened, text } };
}

/** Names that were logged and are not let through whatever their arguments; sorted. With clone3, clone is what replaces it. */
function missingCalls(profile: BareProfile, { calls }: Observed): string[] {
  const names = new Set(calls.map(({ name }) => name));
  const isNamed = (name: string): boolean => profile.syscalls.some((rule) => rule.names.includes(name));
  if (names.has('clone3') && !isNamed('clone')) names.add('clone');
  return [...names].filter((name) => !letsThrough(profile, name)).sort();
}

import type { Effect } from '../bpf/action.ts';
import { compareOutcomes, isPossible, type Difference, type Witness } from '../comparison/differences.ts';
import type { NamedEnvironment } from '../environments.ts';
import type { Environment } from '../loading/profile.ts';
import { outcomeOf, type Outcome } from '../loading/runtime.ts';
import type { Architecture } from '../syscalls/architectures.ts';

/** A call that a change of the profile treats otherwise. */
export interface ChangedCall extends Pick<Witness, 'call' | 'args'> {
  /** `looser`: it was impossible and is possible; `tighter`: the reverse; `other`: another error, or another way to be stopped or let through. */
  readonly direction: 'looser' | 'tighter' | 'other';
  readonly before: Effect;
  readonly after: Effect;
  readonly architectures: readonly Architecture[];
  readonly environments: readonly string[];
}

/** What a change of a profile changes, over every environment. */
export interface ProfileChange {
  /** Where both run, so that they were compared. */
  readonly compared: readonly string[];
  readonly calls: readonly ChangedCall[];
  /** Where one of the two does not run, so that nothing can be compared. */
  readonly refused: readonly { readonly environment: string; readonly side: 'old' | 'new'; readonly reason: string }[];
  /** Calls that the model cannot decide. */
  readonly undecided: readonly { readonly environment: string; readonly witness: Witness }[];
}

const directions = ['looser', 'tighter', 'other'] as const;

/** A profile as a service uses it. */
export interface ProfileUse {
  /** Text of its file. */
  readonly text: string;
  /** Bounding set of the container: rules can count for some capabilities only. */
  readonly capabilities: ReadonlySet<string>;
}

/** Compares two uses of a profile for every call and argument wherever they are put to use. */
export function compareProfiles(
  before: ProfileUse,
  after: ProfileUse,
  environments: readonly NamedEnvironment[],
): ProfileChange {
  const calls = new Map<string, ChangedCall & { architectures: Architecture[]; environments: string[] }>();
  const compared: string[] = [];
  const refused: ProfileChange['refused'][number][] = [];
  const undecided: ProfileChange['undecided'][number][] = [];
  for (const { name, environment } of environments) {
    const [old, current] = [outcomeUnder(before, environment), outcomeUnder(after, environment)];
    if (old.kind === 'refused') refused.push({ environment: name, side: 'old', reason: old.reason });
    if (current.kind === 'refused') refused.push({ environment: name, side: 'new', reason: current.reason });
    if (old.kind === 'refused' || current.kind === 'refused') continue;
    compared.push(name);
    const comparison = compareOutcomes(old, current, environment);
    undecided.push(...comparison.undecided.map((witness) => ({ environment: name, witness })));
    for (const difference of comparison.differences) {
      const { witness, before: was, after: is } = difference;
      const { call, args, architecture } = witness;
      const key = [call, args.join(), JSON.stringify(was), JSON.stringify(is)].join(' ');
      const known = calls.get(key) ?? {
        ...{ call, args, before: was, after: is, direction: directionOf(difference) },
        ...{ architectures: [], environments: [] },
      };
      if (!known.architectures.includes(architecture)) known.architectures.push(architecture);
      if (!known.environments.includes(name)) known.environments.push(name);
      calls.set(key, known);
    }
  }
  const inOrder = [...calls.values()].sort(
    (a, b) => directions.indexOf(a.direction) - directions.indexOf(b.direction) || a.call.localeCompare(b.call, 'en'),
  );
  return { calls: inOrder, compared, refused, undecided };
}

function outcomeUnder({ text, capabilities }: ProfileUse, environment: Environment): Outcome {
  return outcomeOf(text, { ...environment, capabilities });
}

function directionOf({ before, after }: Difference): ChangedCall['direction'] {
  if (isPossible(before) === isPossible(after)) return 'other';
  return isPossible(after) ? 'looser' : 'tighter';
}

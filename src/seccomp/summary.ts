import { get } from '../documents/node.ts';
import { conventionsOf, type Architecture } from './syscalls/architectures.ts';
import { possibleCalls } from './rules/calls.ts';
import type { JudgedProfile } from './rules/profile-rule.ts';
import type { TargetName } from './targets.ts';

/** What a table of profiles shows of one. */
export interface ProfileSummary {
  /** Of a custom resource its name, else empty. */
  readonly name: string;
  readonly defaultAction: string;
  /** Calls that may run with some arguments, by architecture, in the case that lets most run; only architectures that the filter knows. */
  readonly possible: Readonly<Partial<Record<Architecture, number>>>;
  readonly refusedBy: readonly TargetName[];
  readonly unconfinedBy: readonly TargetName[];
}

export function summaryOf({ document, cases, filtered }: JudgedProfile): ProfileSummary {
  const possible: Partial<Record<Architecture, number>> = {};
  for (const { environment, outcome } of filtered) {
    for (const architecture of conventionsOf[environment.host]) {
      if (!outcome.filter.calls.has(architecture)) continue;
      possible[architecture] = Math.max(
        possible[architecture] ?? 0,
        possibleCalls(outcome.filter, architecture).length,
      );
    }
  }
  const targetsWith = (kind: 'refused' | 'unconfined'): TargetName[] => [
    ...new Set(cases.filter(({ outcome }) => outcome.kind === kind).map(({ target }) => target)),
  ];
  const name = get(get(document.root, 'metadata'), 'name');
  const action = get(document.profile, 'defaultAction');
  return {
    name: document.format === 'custom-resource' && name?.kind === 'scalar' ? String(name.value) : '',
    defaultAction: action?.kind === 'scalar' ? String(action.value) : '',
    possible,
    refusedBy: targetsWith('refused'),
    unconfinedBy: targetsWith('unconfined'),
  };
}

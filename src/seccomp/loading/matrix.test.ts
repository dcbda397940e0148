import { describe, expect, it } from '@jest/globals';
import { matrix, matrixSetups, witnessArguments } from '../../../test/support/seccomp-matrix.ts';
import { effectOf } from '../bpf/action.ts';
import { decide } from '../filter/filter.ts';
import { architectures } from '../syscalls/architectures.ts';
import { numberOf } from '../syscalls/lookup.ts';
import type { Environment } from './profile.ts';
import { outcomeOf } from './runtime.ts';

function seen(profile: string, environment: Environment): string {
  const outcome = outcomeOf(profile, environment);
  if (outcome.kind !== 'filter') return outcome.kind;
  const call = { nr: numberOf('mkdir', 'x86_64') ?? -1, arch: architectures.x86_64.audit, args: witnessArguments };
  const effect = effectOf(decide(outcome.filter, call));
  return effect.kind === 'errno' ? `errno ${effect.errno}` : effect.kind;
}

describe('what each runtime makes of a profile', () => {
  it.each(matrix)('$title', ({ profile, answers }) => {
    const model = Object.entries(matrixSetups).map(([name, environment]) => [name, seen(profile, environment)]);
    expect(Object.fromEntries(model)).toEqual(answers);
  });
});

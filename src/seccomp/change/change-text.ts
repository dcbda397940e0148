import { callText, effectText } from '../comparison/text.ts';
import { aligned, count } from '../../report/text.ts';
import type { ChangedCall, ProfileChange } from './change.ts';

const headings: Readonly<Record<ChangedCall['direction'], (calls: string) => string>> = {
  looser: (calls) => `Looser: ${calls} now possible`,
  tighter: (calls) => `Tighter: ${calls} no longer possible`,
  other: (calls) => `Neither: ${calls} stopped, or let through, in another way`,
};

/** A comparison for a terminal, a line each. */
export function changeLines({ calls, compared, refused, undecided }: ProfileChange): string[] {
  const groups = (['looser', 'tighter', 'other'] as const).flatMap((direction) => {
    const some = calls.filter((call) => call.direction === direction);
    if (some.length === 0) return [];
    return [
      headings[direction](count(some.length, 'call')),
      ...aligned(some.map((call) => cells(call, compared))).map((line) => `  ${line}`),
      '',
    ];
  });
  const lines = [
    ...groups,
    ...refused.map(
      ({ environment, side, reason }) => `Not compared: ${environment} refuses the ${side} one: ${reason}`,
    ),
    ...undecided.map(
      ({ environment, witness }) => `Not known: what \`${callText(witness)}\` meets under ${environment}.`,
    ),
  ];
  if (lines.length === 0) return ['Both mean the same everywhere.'];
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function cells(changed: ChangedCall, compared: readonly string[]): string[] {
  const { before, after, architectures, environments } = changed;
  return [
    callText(changed),
    `${effectText(before)} -> ${effectText(after)}`,
    architectures.join(', '),
    environments.length === compared.length ? 'everywhere' : environments.join(', '),
  ];
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { standInProblems, type StandIn } from './stand-in.ts';
import { standIns } from './stand-ins.ts';

const standIn: StandIn = {
  action: 'a/b',
  instead: 'Nothing.',
  inputs: { name: { required: true }, mode: { default: 'x', allowed: ['x', 'y'], reason: 'So it is.' }, free: {} },
  outputs: [],
  run: () => Promise.resolve(),
};

describe('the inputs of a stand-in', () => {
  it.each<[Record<string, string | undefined>, (string | undefined)[]]>([
    [{ name: 'n' }, []],
    [{ name: 'n', mode: 'y', free: 'anything' }, []],
    [{ name: 'n', mode: undefined }, []],
    [{ name: 'n', mode: 'z' }, ['The stand-in for a/b honours `mode` only as `x` or `y`, not `z`. So it is.']],
    [{ name: 'n', other: 'z' }, ['The stand-in for a/b does not honour the input `other`.']],
    [{}, ['a/b needs the input `name`.']],
  ])('%j', (given, messages) => {
    expect(standInProblems(standIn, new Map(Object.entries(given))).map(({ message }) => message)).toEqual(messages);
  });

  it('are checked also where the default is not honoured', () => {
    const strict: StandIn = { ...standIn, inputs: { sure: { default: 'true', allowed: ['false'] } } };
    expect(standInProblems(strict, new Map())).toEqual([
      expect.objectContaining({ message: expect.stringContaining('not `true`') }),
    ]);
    expect(standInProblems(strict, new Map([['sure', 'false']]))).toEqual([]);
  });
});

describe('the table of stand-ins', () => {
  it('names each action once, as owner and name in lower case', () => {
    const actions = standIns.map(({ action }) => action);
    expect(new Set(actions).size).toBe(actions.length);
    for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
  });

  it('is the one that the guide shows', () => {
    const guide = readFileSync('docs/how-to/local-run-fidelity.md', 'utf8');
    // Prettier aligns the columns of a table with spaces.
    const rows = guide
      .split('\n')
      .flatMap((line) => (/^\| `[\w-]+\/[\w-]+`/.test(line) ? [line.replace(/ +/g, ' ')] : []));
    expect(rows).toEqual(standIns.map(row));
  });
});

function row({ action, instead, inputs, outputs }: StandIn): string {
  const honoured = Object.entries(inputs).map(([name, { allowed }]) =>
    allowed === undefined ? `\`${name}\`` : `\`${name}\` (${allowed.join(', ')})`,
  );
  const list = (names: string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  return `| \`${action}\` | ${instead} | ${list(honoured)} | ${list(outputs.map((name) => `\`${name}\``))} |`;
}

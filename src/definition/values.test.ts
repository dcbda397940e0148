import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { commit, flag, InputProblem, secret, text, type Input, type InputScope } from './inputs.ts';
import { readInputs } from './values.ts';

const scope: InputScope = { root: '/work', temp: '/temp', files: memoryFiles({}), packaged: (path) => path };
const costly: Input<string> = {
  ...text({ doc: 'doc', default: 'policy.yaml' }),
  parse: () => {
    throw new InputProblem('it was read');
  },
};

describe('a default', () => {
  it('is not read when something that was given is wrong: the error need not wait for it', async () => {
    const inputs = { costly, flag: flag({ doc: 'doc' }) };
    const error = await readInputs(inputs, (name) => (name === 'flag' ? 'maybe' : ''), scope).catch((e: unknown) => e);
    expect(error).toMatchObject({ inputs: [{ name: 'flag' }] });
  });

  it('that is wrong is told when the rest is right', async () => {
    const inputs = { costly, flag: flag({ doc: 'doc' }) };
    const error = await readInputs(inputs, (name) => (name === 'flag' ? 'true' : ''), scope).catch((e: unknown) => e);
    expect(error).toMatchObject({ inputs: [{ name: 'costly', problem: 'it was read' }] });
  });

  it.each([
    ['${{ github.token }}', ''],
    ['plain', 'plain'],
  ])('`%s` gives `%s` outside a runner, which alone can fill in an expression', async (given, value) => {
    const inputs = { token: secret({ doc: 'doc', default: given }) };
    expect(await readInputs(inputs, () => '', scope)).toEqual({ token: value });
  });

  it.each([
    ['', undefined],
    ['c0ffee'.padEnd(40, '0'), 'c0ffee'.padEnd(40, '0')],
  ])('that is an expression may come to nothing where the input is optional: `%s`', async (filled, value) => {
    const base = commit({ doc: 'doc', default: '${{ github.event.pull_request.base.sha }}', optional: true });
    expect(await readInputs({ base }, () => filled, scope)).toEqual({ base: value });
  });

  it('that is an expression does not make the input of every value: what it comes to is checked', async () => {
    const base = commit({ doc: 'doc', default: '${{ github.sha }}', optional: true });
    const error = await readInputs({ base }, () => 'main', scope).catch((e: unknown) => e);
    expect(error).toMatchObject({ inputs: [{ name: 'base', given: 'main', allowed: 'a commit of 40 hex digits' }] });
  });

  it('that is an expression is written to `action.yml`, and the input is not required', () => {
    const base = commit({ doc: 'doc', default: '${{ github.sha }}', optional: true });
    expect(base).toMatchObject({ default: '${{ github.sha }}', required: false });
  });
});

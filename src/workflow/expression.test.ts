import { describe, expect, it } from '@jest/globals';
import { environmentValue, evaluate, holds, parseCondition, parseExpression, pathsIn, toValue } from './expression.ts';
import type { Status } from './expression.ts';

const running: Status = { success: true, failure: false, cancelled: false };
const failed: Status = { success: false, failure: true, cancelled: false };
const cancelled: Status = { success: false, failure: false, cancelled: true };

describe('a condition', () => {
  it.each([
    ['', 'success()'],
    ["github.ref == 'x'", "success() && (github.ref == 'x')"],
    ['true', 'success() && (true)'],
    ['always()', 'always()'],
    ['!cancelled() && true', '!cancelled() && true'],
    ['a.b', undefined],
    ["'success()'", "success() && ('success()')"],
    ['fromJSON(toJSON(failure()))', 'fromJSON(toJSON(failure()))'],
    ['Always()', 'Always()'],
  ])('%s means %s', (source, meaning) => {
    if (meaning === undefined) expect(() => parseCondition(source)).toThrow("Unrecognized named-value: 'a'");
    else expect(parseCondition(source).source).toBe(meaning);
  });

  it.each([
    ['success()', true, false, false],
    ['failure()', false, true, false],
    ['cancelled()', false, false, true],
    ['always()', true, true, true],
    ['!cancelled()', true, true, false],
    ['success() || failure()', true, true, false],
    ['github.ref == null', true, false, false],
  ])('%s holds when all is well: %s, after a failure: %s, after a cancellation: %s', (source, ...expected) => {
    const answers = [running, failed, cancelled].map((status) =>
      holds(parseCondition(source), { contexts: {}, status }),
    );
    expect(answers).toEqual(expected);
  });

  it.each([
    ['0', false],
    ["''", false],
    ['null', false],
    ["'false'", true],
    ["fromJSON('[]')", true],
    ['1', true],
  ])('the value %s counts as %s', (source, expected) => {
    expect(holds(parseExpression(source), { contexts: {}, status: running })).toBe(expected);
  });
});

it.each([
  ["success('build')", 'Too many parameters supplied'],
  ["hashFiles('**')", 'Unrecognized function'],
  ['foo.bar', "Unrecognized named-value: 'foo'"],
  ['', 'An expression is empty.'],
])('%s is refused: %s', (source, message) => {
  expect(() => parseExpression(source)).toThrow(message);
});

it('tells environment variables that differ in case, and nothing else', () => {
  const contexts = {
    env: environmentValue(
      new Map([
        ['name', 'small'],
        ['NAME', 'large'],
      ]),
    ),
    vars: toValue({ Name: 'any' }),
  };
  const text = (source: string) => evaluate(parseExpression(source), { contexts, status: running }).coerceString();
  expect([text('env.name'), text('env.NAME'), text('env.Name'), text('vars.NAME')]).toEqual([
    'small',
    'large',
    '',
    'any',
  ]);
  expect(text('toJSON(env)')).toBe('{\n  "name": "small",\n  "NAME": "large"\n}');
});

it.each([
  ['needs.build.outputs.digest', [['needs', 'build', 'outputs', 'digest']]],
  ["needs['build'].Outputs['a-b']", [['needs', 'build', 'outputs', 'a-b']]],
  ['needs[github.job].outputs.x', [['needs'], ['github', 'job']]],
  ['needs.*.result', [['needs']]],
  ["contains(needs.*.result, 'failure') && inputs.x", [['needs'], ['inputs', 'x']]],
  ['fromJSON(inputs.json).a.b', [['inputs', 'json']]],
  ['!(steps.a.outcome == 1)', [['steps', 'a', 'outcome']]],
])('%s reaches for %j', (source, paths) => {
  expect(pathsIn(parseExpression(source))).toEqual(paths);
});

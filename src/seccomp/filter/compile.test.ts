import { expect, it } from '@jest/globals';
import { action } from '../bpf/action.ts';
import { syscallsOf } from '../syscalls/lookup.ts';
import { compile, fits } from './compile.ts';
import { condition } from './condition.ts';
import { FilterBuilder } from './filter.ts';

const names = [...syscallsOf('x86_64').keys()];

it.each<[string, (builder: FilterBuilder) => void]>([
  ['no rule', () => undefined],
  ['every second call', (builder) => names.forEach((name, at) => at % 2 === 0 && builder.rule(name, action.allow, []))],
  [
    'another error for each call',
    (builder) => names.forEach((name, at) => builder.rule(name, action.errno + at, [condition(0, 'GT', 7n, 0n)])),
  ],
  [
    'six conditions on many values',
    (builder) => {
      for (let value = 0n; value < 40n; value++)
        builder.rule(
          'socket',
          action.allow,
          [0, 1, 2, 3, 4, 5].map((at) => condition(at, 'NE', value, 0n)),
        );
    },
  ],
])('a filter fits exactly if its program does: %s', (_, fill) => {
  const builder = new FilterBuilder(action.errno + 1, 'x86_64', ['i386', 'x32']);
  fill(builder);
  const filter = builder.build();
  const { length } = compile(filter);
  expect([length - 1, length, 4096].map((limit) => fits(filter, limit))).toEqual([false, true, length <= 4096]);
});

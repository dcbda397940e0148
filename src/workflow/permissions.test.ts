import { expect, it } from '@jest/globals';
import { elevations, readOnly, type Level } from './permissions.ts';

it.each<[Record<string, Level>, Record<string, Level>, string[]]>([
  [{ contents: 'read' }, { contents: 'read' }, []],
  [{ contents: 'read' }, { contents: 'write' }, []],
  [{ contents: 'write' }, { contents: 'read' }, ['contents: write > read']],
  [{ 'id-token': 'write' }, {}, ['id-token: write > none']],
  [{ contents: 'none' }, {}, []],
  [{ checks: 'write', actions: 'read' }, { checks: 'read' }, ['checks: write > read', 'actions: read > none']],
])('asking for %j where %j is granted goes beyond in %j', (asked, granted, beyond) => {
  const found = elevations(new Map(Object.entries(asked)), new Map(Object.entries(granted)));
  expect(found.map(({ area, asked: level, allowed }) => `${area}: ${level} > ${allowed}`)).toEqual(beyond);
});

it('leaves a fork nothing to write with, and no identity', () => {
  const granted = new Map<string, Level>([
    ['contents', 'write'],
    ['checks', 'read'],
    ['id-token', 'write'],
    ['issues', 'none'],
  ]);
  expect(Object.fromEntries(readOnly(granted))).toEqual({
    contents: 'read',
    checks: 'read',
    'id-token': 'none',
    issues: 'none',
  });
});

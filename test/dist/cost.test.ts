import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { bytesOfDist, bytesOfSourceArchive } from '../../scripts/sizes.ts';
import { startTimes } from '../../scripts/start-times.ts';
import { catalog } from '../../src/action/catalog.ts';

jest.setTimeout(120_000);

it('every action comes to its first error in a few times what a Node that does nothing takes', async () => {
  const { node, actions } = await startTimes(9, 'none');
  const shown = actions.map(({ name, median, ratio }) => `${name} ${median.toFixed(0)} ms (${ratio.toFixed(1)})`);
  process.stderr.write(`node -e 0 ${node.toFixed(0)} ms; ${shown.join(', ')}\n`);
  expect(actions.map(({ name }) => name)).toEqual(Object.keys(catalog));
  // The budget is 50 ms where Node takes 24: 2.1. A library that every start would load costs more than this margin.
  expect(actions.filter(({ ratio }) => ratio > 4)).toEqual([]);
});

it('dist and the archive that a runner downloads stay within their budgets', () => {
  expect(bytesOfDist()).toBeLessThanOrEqual(3_000_000);
  expect(bytesOfSourceArchive()).toBeLessThanOrEqual(1_500_000);
});

it('nothing in dist tells where it was built', () => {
  // Folders of a machine: homes, work folders of runners, temporary folders, drives.
  const place = /(?:file:\/\/\/|[A-Z]:\\\\?Users\\|\/(?:home|root|Users|work|workspace|builds|tmp|opt)\/)[\w.-]+\/[\w./-]+/g;
  const found = readdirSync('dist').flatMap((file) =>
    [...readFileSync(join('dist', file), 'utf8').matchAll(place)].map(([text]) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
  const here = readdirSync('dist').filter((file) => readFileSync(join('dist', file), 'utf8').includes(process.cwd()));
  expect(here).toEqual([]);
});

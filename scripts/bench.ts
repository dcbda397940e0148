/**
 * Prints what Slipway costs, as ratios against a Node that does nothing in the same run, and as bytes. Nothing is
 * asserted: `test/dist` does that, with a margin for a busy machine.
 * Usage: npm run bench -- [rounds]
 */
import { decisionRates } from './decision-rates.ts';
import { costOfTree } from './seccomp-tree.ts';
import { startTimes } from './start-times.ts';
import { bytesOfDist, bytesOfSourceArchive } from './sizes.ts';

const rounds = Number(process.argv[2] ?? 15);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`rounds is ${process.argv[2]}. Allowed: a whole number from 1.`);
  process.exit(2);
}

for (const [inputs, title] of [
  ['none', 'without inputs'],
  ['defaults', 'with the defaults that GitHub sets'],
] as const) {
  const { node, actions } = await startTimes(rounds, inputs);
  print(`Start to the first error, ${title}, fastest of ${rounds}`, [
    ['node -e 0', milliseconds(node), '1.0'],
    ...actions.map(({ name, time, ratio }) => [name, milliseconds(time), ratio.toFixed(1)]),
  ]);
}
const { interpreted, specialised, comparison } = decisionRates(rounds);
print(`Seccomp, a profile of the size of Docker's default, fastest of ${rounds}`, [
  ['program interpreted', perSecond(interpreted), '1.0'],
  ['specialised for a call', perSecond(specialised), (specialised / interpreted).toFixed(1)],
  ['two profiles compared', milliseconds(comparison), 'three architectures'],
]);
const tree = costOfTree(rounds);
print(`seccomp-validate, 10 profiles, 60 Compose services and 90 manifests, fastest of ${rounds}`, [
  ['node -e 0', milliseconds(tree.node), '1.0'],
  ['start to end', milliseconds(tree.milliseconds), `${(tree.milliseconds / tree.node).toFixed(1)}, budget 1000 ms`],
  ['peak memory', megabytes(tree.peakMegabytes * 1e6), 'budget 150 MB'],
]);
print('Size', [
  ['dist/', megabytes(bytesOfDist()), 'budget 3.00 MB'],
  ['source archive of HEAD', megabytes(bytesOfSourceArchive()), 'budget 1.50 MB'],
]);

function print(title: string, rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}`);
  for (const [name = '', value = '', note = ''] of rows)
    console.log(`  ${name.padEnd(24)} ${value.padStart(9)}  ${note}`);
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function perSecond(value: number): string {
  return `${(value / 1e6).toFixed(2)} M/s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

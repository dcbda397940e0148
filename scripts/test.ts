/**
 * Runs all tests, one kind after the other, and writes the counts to build/tests.json. Kinds that run real programs
 * run one file at a time: they share two cores with what they measure.
 * Usage: npm run test:kind -- [kind…] [-- jest arguments]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const kinds = ['unit', 'contract', 'conformance', 'dist', 'integration', 'faults', 'e2e'];
const parallel = ['unit', 'contract', 'conformance'];

const separator = process.argv.indexOf('--', 2);
const words = process.argv.slice(2, separator === -1 ? undefined : separator);
const jestArguments = separator === -1 ? [] : process.argv.slice(separator + 1);
const chosen = words.length > 0 ? words : kinds;
const unknown = chosen.filter((kind) => !kinds.includes(kind));
if (unknown.length > 0) {
  console.error(`There is no kind of test ${unknown.join(', ')}. Known: ${kinds.join(', ')}.`);
  process.exit(2);
}

mkdirSync('build', { recursive: true });
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const kind of chosen) {
  const started = Date.now();
  const counts = runKind(kind);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(
    `${kind}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${Math.round((Date.now() - started) / 1000)} s`,
  );
}
writeFileSync('build/tests.json', JSON.stringify(total));
process.exit(total.failed > 0 ? 1 : 0);

function runKind(kind: string): Counts {
  const output = `build/tests-${kind}.json`;
  rmSync(output, { force: true });
  const jest = [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    kind,
    '--json',
    '--outputFile',
    output,
    '--passWithNoTests=false',
  ];
  const { status } = spawnSync(
    process.execPath,
    [...jest, ...(parallel.includes(kind) ? [] : ['--runInBand']), ...jestArguments],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    },
  );
  return countsOf(output, status);
}

/** A jest that broke before it wrote its result is a failure, not zero tests. */
function countsOf(output: string, status: number | null): Counts {
  try {
    const result = JSON.parse(readFileSync(output, 'utf8')) as JestResult;
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    const skipped = result.numPendingTests + result.numTodoTests;
    return { passed: result.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * Judges our workflows and those of the examples with zizmor's strictest persona for libraries.
 * Usage: npm run check:workflows
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { install } from '../src/tools/install.ts';
import { withWorkshop } from './with-workshop.ts';

await withWorkshop(async (workshop) => {
  const [zizmor] = await install(['zizmor'], { release: false }, workshop);
  const files = ['.github/workflows', ...globSync('examples/*/.github/workflows')];
  const { status } = spawnSync(zizmor?.path ?? '', ['--offline', '--persona', 'pedantic', ...files], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
});

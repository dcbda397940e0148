/**
 * Makes external programs ready on this machine (docs/how-to/external-programs.md).
 * Usage: npm run tools -- [--release] [name…]
 * Without names: every program that is built from source or taken from PyPI. Programs of the operating system are
 * installed only by name. Progress goes to standard error; standard output gets a line `name path` for each program.
 */
import { UsageError } from '../src/definition/values.ts';
import { install, ownPrograms } from '../src/tools/install.ts';
import { withWorkshop } from './with-workshop.ts';

await withWorkshop(async (workshop) => {
  const given = process.argv.slice(2);
  const option = given.find((word) => word.startsWith('-') && word !== '--release');
  if (option !== undefined) throw new UsageError(`There is no option ${option}. Allowed: --release.`);
  const names = given.filter((word) => word !== '--release');
  const choice = { release: given.includes('--release') };
  for (const { name, path } of await install(names.length > 0 ? names : ownPrograms, choice, workshop)) {
    console.log(`${name} ${path}`);
  }
});

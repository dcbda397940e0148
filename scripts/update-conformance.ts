/**
 * Copies the test cases that GitHub's own parsers share into test/conformance/data/languageservices: the files and the
 * commit that its selection.json names. Everything else there is removed.
 * Usage: npm run update:conformance -- <a clone of actions/languageservices>
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = 'test/conformance/data/languageservices';
const clone = process.argv[2];
if (clone === undefined) throw new Error('Give the folder of a clone of actions/languageservices.');
const { commit, files } = JSON.parse(readFileSync(join(folder, 'selection.json'), 'utf8')) as {
  commit: string;
  files: string[];
};
for (const name of readdirSync(folder)) if (name !== 'selection.json') rmSync(join(folder, name));
for (const file of files) {
  const content = execFileSync('git', ['-C', clone, 'show', `${commit}:${file}`], { encoding: 'utf8' });
  writeFileSync(join(folder, basename(file)), content);
}
console.log(`${files.length} files of commit ${commit}`);

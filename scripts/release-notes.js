/**
 * Prints what CHANGELOG.md says of the version that a tag names. JavaScript, so that the Node of a runner can ask it
 * first, before anything is installed.
 * Usage: node scripts/release-notes.js v1.2.3
 */
import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const [section] = readFileSync('CHANGELOG.md', 'utf8')
  .split(/^(?=## )/m)
  .filter((text) => text.startsWith(`## [${version}]`));
const notes = section?.replace(/^.*\n/, '').trim();

if (tag !== `v${version}`) fail(`The tag ${tag} is not the version ${version} of package.json.`);
if (notes === undefined) fail(`CHANGELOG.md has no section "## [${version}]".`);
if (notes === '') fail(`The section "## [${version}]" of CHANGELOG.md is empty.`);
process.stdout.write(`${notes}\n`);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

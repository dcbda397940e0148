/**
 * Writes policies/seccomp/docker-default.json: what Docker's default profile allows, against which profiles are measured. Names are sorted and
 * comments left out; every rule, condition and order of rules is that of the source.
 *
 * Source: github.com/moby/profiles/seccomp (Apache-2.0), by Go at a pinned version.
 * Usage: npm run update:default-profile -- [version]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [version = 'v0.2.3'] = process.argv.slice(2);
const source = 'github.com/moby/profiles/seccomp';
const file = 'policies/seccomp/docker-default.json';

const download = JSON.parse(
  execFileSync('go', ['mod', 'download', '-json', `${source}@${version}`], { encoding: 'utf8' }),
) as { Dir: string; Sum: string };

interface Rule {
  readonly names: readonly string[];
  readonly comment?: string;
}
const { syscalls, ...top } = JSON.parse(readFileSync(join(download.Dir, 'default.json'), 'utf8')) as {
  syscalls: readonly Rule[];
};
const rules = syscalls.map(({ names, ...rest }) => {
  const facts = Object.entries(rest).filter(([key]) => key !== 'comment');
  return { names: names.toSorted(), ...(Object.fromEntries(facts) as object) };
});

mkdirSync('policies/seccomp', { recursive: true });
const [first, ...others] = rules;
// A key of its own would be one that no runtime reads.
const comment = `Facts from ${source}@${version} (${download.Sum}, Apache-2.0), written by scripts/update-default-profile.ts.`;
writeFileSync(file, `${JSON.stringify({ ...top, syscalls: [{ comment, ...first }, ...others] }, null, 2)}\n`);
execFileSync('node', ['node_modules/prettier/bin/prettier.cjs', '--write', file], { stdio: 'ignore' });
console.log(`${rules.length} rules, ${new Set(rules.flatMap(({ names }) => names)).size} calls`);

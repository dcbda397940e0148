/**
 * Writes policies/sigstore/trusted_root.json: whose signatures count when nothing else is said, the Sigstore public good
 * instance. Source: the root that @sigstore/tuf (Apache-2.0) carries to begin TUF with; npm checks the package's digest.
 * Usage: npm run update:trusted-root -- [version]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';

const version = process.argv[2] ?? '5.0.1';
const repository = 'https://tuf-repo-cdn.sigstore.dev';
const folder = mkdtempSync(join(tmpdir(), 'trusted-root-'));

interface Seed {
  readonly 'root.json': string;
  readonly targets: Readonly<Record<string, string>>;
}

try {
  const packed = execFileSync('npm', ['pack', '--json', `@sigstore/tuf@${version}`], { cwd: folder, encoding: 'utf8' });
  const [{ filename, integrity }] = JSON.parse(packed) as [{ filename: string; integrity: string }];
  execFileSync('tar', ['-xzf', filename], { cwd: folder });
  const seeds = JSON.parse(readFileSync(join(folder, 'package/seeds.json'), 'utf8')) as Record<string, Seed>;
  const seed = seeds[repository];
  const target = seed?.targets['trusted_root.json'];
  if (seed === undefined || target === undefined)
    throw new Error(`@sigstore/tuf ${version} carries no root of ${repository}`);
  const { signed } = JSON.parse(decode(seed['root.json'])) as { signed: { version: number; expires: string } };
  writeFileSync('policies/sigstore/trusted_root.json', await format(decode(target), { parser: 'json' }));
  writeFileSync('policies/sigstore/README.md', await format(provenance(integrity, signed), { parser: 'markdown' }));
} finally {
  rmSync(folder, { recursive: true });
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function provenance(integrity: string, root: { version: number; expires: string }): string {
  return `# Trusted root

\`trusted_root.json\` says whose certificates, logs and timestamps count when no \`trusted-root\` is given: those of the Sigstore
public good instance. It is used as it is, without any network.

| What | Value |
| --- | --- |
| Source | target \`trusted_root.json\` of <${repository}>, as carried by @sigstore/tuf ${version} |
| Integrity of the package | \`${integrity}\` |
| TUF root | version ${root.version}, expires ${root.expires} |
| Taken on | ${new Date().toISOString().slice(0, 10)} |
| Licence | Apache-2.0 |

Written by \`scripts/update-trusted-root.ts\`; run it again with a newer version when Sigstore changes its keys.
`;
}

/**
 * Writes src/local/data/gateway-api.yaml: the custom resources of the Gateway API that the local cluster offers.
 * Source: sigs.k8s.io/gateway-api (Apache-2.0), standard channel; descriptions are left out, the rules are not. Needs Go.
 * Usage: npm run update:gateway-api -- [version]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { format, resolveConfig } from 'prettier';

const version = process.argv[2] ?? 'v1.6.0';
const kinds = ['gatewayclasses', 'gateways', 'httproutes'];

const download = JSON.parse(
  execFileSync('go', ['mod', 'download', '-json', `sigs.k8s.io/gateway-api@${version}`], { encoding: 'utf8' }),
) as { Dir: string; Sum: string };

const resources = kinds.map((kind) => {
  const file = join(download.Dir, `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`);
  return withoutDescriptions(load(readFileSync(file, 'utf8')));
});
const file = 'src/local/data/gateway-api.yaml';
const text =
  `# Written by scripts/update-gateway-api.ts from sigs.k8s.io/gateway-api@${version} (${download.Sum}, Apache-2.0),\n` +
  `# standard channel, without descriptions.\n` +
  resources.map((resource) => dump(resource, { lineWidth: 120, noRefs: true })).join('---\n');
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));

/** Leaves out texts for readers. A property that is itself named `description` is a schema, not a text, and stays. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, child]) => key !== 'description' || typeof child !== 'string')
      .map(([key, child]) => [key, withoutDescriptions(child)]),
  );
}

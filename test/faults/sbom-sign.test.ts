import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { listReferrers } from '../../src/registry/referrers.ts';
import { faultyProxy, type Fault } from '../support/faulty-proxy.ts';
import { pushImage } from '../support/image.ts';
import type { Job } from '../support/job.ts';
import { bothRegistries, registryWithReferrers, sharedRegistry, type RunningRegistry } from '../support/registries.ts';
import { signingWorld } from '../support/signed.ts';
import { signingJob } from '../support/signing-job.ts';

/**
 * The bundled action when the registry or a signing service fails. Most of the time is spent in pauses between tries, so
 * the cases of a test run side by side.
 */

jest.setTimeout(180_000);

const world = signingWorld();
let images = 0;

/** What came of a step: exit code, rules that were broken, and how many manifests lie at the image afterwards. */
interface Ending {
  readonly code: number | null;
  readonly rules: readonly string[] | undefined;
  readonly attached: number;
  readonly headline: string | undefined;
}

/** Signs a new image of a registry, through a proxy that disturbs requests. */
async function sign(
  registry: RunningRegistry,
  fault: (request: string, count: number) => Fault | undefined,
  changes: (job: Job) => Promise<Record<string, string>> = () => Promise.resolve({}),
): Promise<Ending> {
  const repository = registry.repository('acme/game');
  const digest = await pushImage(repository, `image ${images++}`);
  const job = await signingJob(world().sigstore);
  const proxy = await faultyProxy(registry.address, fault);
  try {
    await writeFile(join(job.workspace, 'sbom.json'), sbomOf(digest));
    const image = `${proxy.address}/acme/game@${digest}`;
    const { code, report } = await job.run('sbom-sign', { image, sbom: 'sbom.json', ...(await changes(job)) });
    const rules = report?.findings.map(({ rule }) => rule);
    const attached = (await listReferrers(repository, digest)).length;
    return { code, rules, attached, headline: report?.headline };
  } finally {
    await proxy.stop();
    await job.end();
  }
}

function sbomOf(digest: string): string {
  return JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    packages: [{ SPDXID: 'image', versionInfo: digest }, { SPDXID: 'libc6' }],
    documentDescribes: ['image'],
  });
}

/** Runs every case at the same time and names what came of each. */
async function each<Case, Result>(
  cases: Readonly<Record<string, Case>>,
  run: (one: Case) => Promise<Result>,
): Promise<Record<string, Result>> {
  const endings = Object.entries(cases).map(async ([name, one]) => [name, await run(one)] as const);
  return Object.fromEntries(await Promise.all(endings));
}

describe.each(bothRegistries)('%s', (_, start) => {
  const registry = sharedRegistry(start);

  it('that fails at the first request of every kind loses nothing, and nothing is there twice', async () => {
    const faults: Record<string, Fault> = {
      'is busy': { status: 429 },
      'is broken': { status: 500 },
      'is slow': { delay: 700 },
      'cuts the connection': { cut: 'before' },
      'cuts the connection when the work is done': { cut: 'after' },
    };
    const endings = await each(faults, (fault) => sign(registry(), (__, count) => (count === 1 ? fault : undefined)));
    const signed = expect.objectContaining({ code: 0, rules: [], attached: 2 }) as unknown;
    expect(endings).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, signed])));
  });

  it('that keeps failing makes the step inconclusive, whatever it fails at', async () => {
    const patterns: Record<string, RegExp> = {
      'to give the image': /^GET .*\/manifests\/sha256:/,
      'to take a blob': /^PUT .*\/blobs\/uploads\//,
      'to take a manifest': /^PUT .*\/manifests\//,
      'to list what is attached': /^GET .*\/(?:referrers\/|manifests\/sha256-)/,
    };
    const endings = await each(patterns, (pattern) =>
      sign(registry(), (request) => (pattern.test(request) ? { status: 503 } : undefined)),
    );
    const unknown = expect.objectContaining({ code: 3, rules: ['registry/unreachable'] }) as unknown;
    expect(endings).toEqual(Object.fromEntries(Object.keys(patterns).map((name) => [name, unknown])));
  });

  it('that gives other bytes than it was asked for is found out', async () => {
    const lie = (request: string): Fault | undefined =>
      /^GET .*\/blobs\//.test(request) ? { answer: '{}' } : undefined;
    const rules = ['evidence/read-back-failed', 'evidence/read-back-failed'];
    expect(await sign(registry(), lie)).toMatchObject({ code: 1, rules });
  });
});

describe('a signing service that is down', () => {
  const registry = sharedRegistry(registryWithReferrers);

  it('makes the step inconclusive, and nothing is attached', async () => {
    const services = { 'certificate authority': 'caUrls', log: 'rekorTlogUrls', 'timestamp authority': 'tsaUrls' };
    const endings = await each(services, (field) =>
      sign(
        registry(),
        () => undefined,
        async ({ workspace }) => {
          const text = await readFile(world().sigstore.signingConfigPath, 'utf8');
          const config = JSON.parse(text) as Record<string, { url: string }[]>;
          config[field] = config[field]!.map((service) => ({ ...service, url: 'http://127.0.0.1:9' }));
          await writeFile(join(workspace, 'signing.json'), JSON.stringify(config));
          return { 'signing-config': 'signing.json' };
        },
      ),
    );
    for (const [service, ending] of Object.entries(endings)) {
      expect(ending).toMatchObject({ code: 3, rules: ['signing/service-unreachable'], attached: 0 });
      expect(ending.headline).toContain(`The ${service} is out of reach: 127.0.0.1:9`);
    }
  });
});

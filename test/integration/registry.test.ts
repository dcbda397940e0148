import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { attachStatements } from '../../src/evidence/attach.ts';
import { readEvidence } from '../../src/evidence/read.ts';
import { attachArtifacts, listReferrers } from '../../src/registry/referrers.ts';
import { pushImage } from '../support/image.ts';
import { program } from '../support/programs.ts';
import { bothRegistries, sharedRegistry } from '../support/registries.ts';
import { signingWorld, statementAbout } from '../support/signed.ts';
import { workflowClaims } from '../support/workflow-claims.ts';

jest.setTimeout(120_000);

const world = signingWorld();

describe.each(bothRegistries)('%s', (_, start) => {
  const registry = sharedRegistry(start);
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cosign-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('keeps what ten clients attach at once', async () => {
    const digest = await pushImage(registry().repository('acme/game'), 'crowd');
    const attached = await Promise.all(
      Array.from({ length: 10 }, async (__, client) => {
        const repository = registry().repository('acme/game');
        const artifact = { mediaType: 'application/x-test', content: Buffer.from(`${client}`), annotations: {} };
        return attachArtifacts(repository, await repository.manifest(digest), [artifact]);
      }),
    );
    const listed = await listReferrers(registry().repository('acme/game'), digest);
    const digests = (list: readonly { digest: string }[]): string[] => list.map((item) => item.digest).sort();
    expect(digests(listed)).toEqual(digests(attached.flat()));
  });

  it('gives us what cosign attached, beside what we attached', async () => {
    const repository = registry().repository('acme/game');
    const digest = await pushImage(repository, 'both');
    const image = await repository.manifest(digest);
    const attach = async (predicateType: string): Promise<void> => {
      const bundle = await world().sign(statementAbout(digest.slice('sha256:'.length), predicateType));
      await attachStatements(repository, image, [{ bundle, verified: world().verify(bundle) }], world().verify);
    };
    await attach('https://example.com/first');
    await cosign('sign', `${registry().address}/acme/game@${digest}`);
    await attach('https://example.com/last');
    await writeFile(join(folder, 'predicate.json'), '{"by":"cosign"}');
    await cosign(
      'attest',
      ...['--predicate', join(folder, 'predicate.json'), '--type', 'https://example.com/cosign'],
      `${registry().address}/acme/game@${digest}`,
    );

    const { verified, rejected } = await readEvidence(repository, digest, world().verify);
    expect(rejected).toEqual([]);
    expect(verified.map(({ predicateType }) => predicateType).sort()).toEqual([
      'https://example.com/cosign',
      'https://example.com/first',
      'https://example.com/last',
      'https://sigstore.dev/cosign/sign/v1',
    ]);
    expect(new Set(verified.map(({ identity }) => identity.sourceRepositoryId))).toEqual(new Set(['101']));
    expect(verified.find(({ predicateType }) => predicateType.endsWith('/cosign'))?.predicate).toEqual({
      by: 'cosign',
    });
  });

  /** Runs cosign with the loopback services and a token of the usual job. */
  async function cosign(command: string, ...rest: string[]): Promise<void> {
    const { sigstore } = world();
    const token = join(folder, 'token');
    await writeFile(token, sigstore.oidc.issueToken(workflowClaims()));
    const services = ['--signing-config', sigstore.signingConfigPath, '--trusted-root', sigstore.trustedRootPath];
    const args = [command, '--yes', ...services, '--identity-token', token, ...rest];
    await promisify(execFile)(await program('cosign'), args, { env: { HOME: folder, PATH: process.env.PATH } });
  }
});

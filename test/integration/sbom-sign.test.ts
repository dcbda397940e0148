import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pushFiles, pushImage, pushIndex } from '../support/image.ts';
import { startJob, type Job } from '../support/job.ts';
import { program } from '../support/programs.ts';
import {
  bothRegistries,
  registryWithoutReferrers,
  registryWithReferrers,
  sharedRegistry,
} from '../support/registries.ts';
import { signingWorld } from '../support/signed.ts';
import { signingJob, signingSettings } from '../support/signing-job.ts';
import { workflowClaims } from '../support/workflow-claims.ts';

/** The bundled action, real Syft, real registries, and real cosign with the very commands that the README prints. */

jest.setTimeout(120_000);

const world = signingWorld();

let job: Job;
beforeEach(async () => {
  job = await signingJob(world().sigstore);
});
afterEach(() => job.end());

describe.each(bothRegistries)('in %s', (_, start) => {
  const registry = sharedRegistry(start);

  it('signs image, SBOM and the evidence of the gates, and cosign verifies each with the commands of the README', async () => {
    const image = `${registry().address}/acme/game@${await pushImage(registry().repository('acme/game'))}`;
    await gateThatPasses(image);
    const step = await job.run('sbom-sign', { image });

    expect(step.log).not.toContain('::error');
    expect(step).toMatchObject({
      code: 0,
      outputs: { verdict: 'pass', digest: image.split('@')[1], statements: '4', packages: '3' },
      report: {
        sections: [
          {
            rows: [
              expect.arrayContaining(['https://sigstore.dev/cosign/sign/v1']),
              expect.arrayContaining(['https://spdx.dev/Document/v2.3']),
              expect.arrayContaining(['https://in-toto.io/attestation/svr/v0.2']),
              expect.arrayContaining(['https://in-toto.io/attestation/test-result/v0.1']),
            ],
          },
        ],
        programs: [{ name: 'syft' }],
      },
    });
    const verified = await runReadme({ IMAGE: image });
    expect(verified).toEqual({ code: 0, refused: '' });
    const stranger = await runReadme({ IMAGE: image, REPOSITORY: 'stranger/game' });
    expect(stranger.code).toBe(1);
    expect(stranger.refused).toContain('expected GithubWorkflowRepository to be "stranger/game", got "acme/game"');
  });

  it('adds evidence alone to a signed image, and needs no Syft for it', async () => {
    const image = `${registry().address}/acme/game@${await pushImage(registry().repository('acme/game'), 'stage')}`;
    await gateThatPasses(image);
    const step = await job.run('sbom-sign', { image, sign: 'evidence' }, { SLIPWAY_SYFT: '/nowhere/syft' });
    expect(step).toMatchObject({
      code: 0,
      outputs: { digest: image.split('@')[1], statements: '2' },
      report: {
        sections: [
          {
            rows: [
              expect.arrayContaining(['https://in-toto.io/attestation/svr/v0.2']),
              expect.arrayContaining(['https://in-toto.io/attestation/test-result/v0.1']),
            ],
          },
        ],
        programs: [],
      },
    });
    expect(step.outputs).not.toHaveProperty('sbom');
  });

  it('signs the evidence of a gate that failed', async () => {
    const image = `${registry().address}/acme/game@${await pushImage(registry().repository('acme/game'), 'failed')}`;
    await workspaceFile('compose.yaml', 'services:\n  web:\n    image: web\n');
    expect(await job.run('seccomp-validate', { image })).toMatchObject({ code: 1 });
    expect(await job.run('sbom-sign', { image })).toMatchObject({ code: 0, outputs: { statements: '4' } });
  });
});

describe('what is refused', () => {
  const registry = sharedRegistry(registryWithReferrers);
  let image: string;
  let other: string;
  beforeAll(async () => {
    const repository = registry().repository('acme/game');
    image = `${registry().address}/acme/game@${await pushImage(repository)}`;
    other = `${registry().address}/acme/game@${await pushImage(repository, 'another')}`;
  });

  /** Whatever the reason: nothing is attached. */
  afterEach(async () => {
    const digest = image.split('@')[1] ?? '';
    expect((await registry().repository('acme/game').referrersPage(digest))?.entries).toEqual([]);
  });

  it('an SBOM of another image', async () => {
    const otherJob = await signingJob(world().sigstore);
    const made = await otherJob.run('sbom-sign', { image: other });
    await workspaceFile('sbom.json', await readFile(made.outputs.sbom ?? '', 'utf8'));
    await otherJob.end();
    const step = await job.run('sbom-sign', { image, sbom: 'sbom.json' });
    expect(step).toMatchObject({ code: 1, outputs: { verdict: 'fail', statements: '0' } });
    expect(rules(step.report)).toEqual(['sbom/subject-mismatch']);
  });

  it('an image in which no package is found', async () => {
    const empty = await pushFiles(registry().repository('acme/game'), { 'etc/motd': 'hello' });
    const step = await job.run('sbom-sign', { image: `${registry().address}/acme/game@${empty}` });
    expect(step).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(rules(step.report)).toEqual(['sbom/empty']);
  });

  it('an index of images', async () => {
    const index = await pushIndex(registry().repository('acme/game'));
    const step = await job.run('sbom-sign', { image: `${registry().address}/acme/game@${index}` });
    expect(step.code).toBe(3);
    expect(rules(step.report)).toEqual(['sbom/index-of-images']);
  });

  it('no evidence at all, when there is nothing else to sign', async () => {
    const step = await job.run('sbom-sign', { image, sign: 'evidence' });
    expect(step).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive', statements: '0' } });
    expect(rules(step.report)).toEqual(['evidence/nothing-to-sign']);
  });

  it.each([
    ['an SBOM', { sbom: 'sbom.json', sign: 'evidence' }],
    ['evidence', { evidence: 'evidence', sign: 'signature, sbom' }],
  ])('%s that is given and would not be signed', async (_, given) => {
    const step = await job.run('sbom-sign', { image, ...given });
    expect(step.code).toBe(2);
    expect(step.log).toMatch(/Input `(sbom|evidence)`: it was given, but `sign` leaves/);
  });

  it('evidence about another image', async () => {
    await gateThatPasses(other);
    const step = await job.run('sbom-sign', { image });
    expect(step.code).toBe(1);
    expect(rules(step.report)).toEqual(['evidence/subject-mismatch', 'evidence/subject-mismatch']);
  });

  it('evidence that a gate of this job did not write', async () => {
    const { outputs } = await gateThatPasses(image);
    const [name = ''] = await readdir(outputs.evidence ?? '');
    await workspaceFile('artifact/verdict.json', await readFile(join(outputs.evidence ?? '', name), 'utf8'));
    const step = await job.run('sbom-sign', { image, evidence: 'artifact' });
    expect(step.code).toBe(1);
    expect(rules(step.report)).toEqual(['evidence/foreign']);
  });

  it('evidence that was changed after the gate wrote it', async () => {
    const { outputs } = await gateThatPasses(image);
    const [name = ''] = await readdir(outputs.evidence ?? '');
    const path = join(outputs.evidence ?? '', name);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"pass"', '"fail"'));
    const step = await job.run('sbom-sign', { image });
    expect(step.code).toBe(1);
    expect(rules(step.report)).toEqual(['evidence/changed']);
  });

  it('an image that the registry does not have', async () => {
    const step = await job.run('sbom-sign', { image: `${registry().address}/acme/game@sha256:${'0'.repeat(64)}` });
    expect(step.code).toBe(1);
    expect(rules(step.report)).toEqual(['registry/missing']);
  });

  it('a job that may have no identity token, before anything else', async () => {
    const without = await startJob(await signingSettings(world().sigstore));
    const step = await without.run('sbom-sign', { image: `127.0.0.1:1/acme/game@sha256:${'0'.repeat(64)}` });
    await without.end();
    expect(step.code).toBe(2);
    expect(step.log).toContain('Add `id-token: write`');
  });

  it('a job to which the runner gives no identity token although it may have one', async () => {
    const unlucky = await startJob(await signingSettings(world().sigstore), () => undefined);
    const step = await unlucky.run('sbom-sign', { image });
    await unlucky.end();
    expect(step.code).toBe(3);
    expect(rules(step.report)).toEqual(['signing/no-token']);
  });

  it('signatures that the given trusted root does not know', async () => {
    const step = await job.run('sbom-sign', { image }, { SLIPWAY_TRUSTED_ROOT: '' });
    expect(step.code).toBe(1);
    expect(rules(step.report)).toEqual(['signing/self-check-failed']);
  });

  it('the public log, for a repository that is not public', async () => {
    const inPrivate = await signingJob(world().sigstore, {
      claims: { repository_visibility: 'private' },
      settings: { SLIPWAY_SIGNING_CONFIG: '' },
    });
    const step = await inPrivate.run('sbom-sign', { image });
    await inPrivate.end();
    expect(step.code).toBe(1);
    expect(rules(step.report)).toEqual(['signing/public-log']);
  });

  it.each([
    ['trusted-root', 'a file that is not there', undefined],
    ['signing-config', 'a file that is not there', undefined],
    ['trusted-root', 'something else', '{}'],
    ['signing-config', 'something else', '{}'],
  ])('as %s %s', async (input, _, content) => {
    if (content !== undefined) await workspaceFile('given.json', content);
    const step = await job.run('sbom-sign', { image, [input]: 'given.json' });
    expect(step.code).toBe(2);
    expect(step.log).toMatch(new RegExp(`Input \`${input}\`: .*given.json\` cannot be used`));
  });

  it('a token that has expired, and does not show it', async () => {
    let token = '';
    const late = await startJob(await signingSettings(world().sigstore), (audience) => {
      token = world().sigstore.oidc.issueToken(workflowClaims({ aud: audience, exp: 1 }));
      return token;
    });
    const step = await late.run('sbom-sign', { image });
    await late.end();
    expect(step.code).toBe(3);
    expect(rules(step.report)).toEqual(['signing/service-refused']);
    expect(step.log.replace(/::add-mask::.*/g, '')).not.toContain(token);
  });
});

describe('a registry that wants a login', () => {
  // The password is s3cret.
  const users = 'me:$2b$04$bGtE2H6bM/o6.hDg3Z/jzOB0C.NEFZ5zl7XXuTf1uKQ3yz1mKhfDO';
  const registry = sharedRegistry(() => registryWithoutReferrers(users));
  let image: string;
  beforeAll(async () => {
    const repository = registry().repository('acme/game', { username: 'me', password: 's3cret' });
    image = `${registry().address}/acme/game@${await pushImage(repository)}`;
  });

  it('gets it from the inputs, and nobody sees it', async () => {
    const step = await job.run('sbom-sign', { image, 'registry-username': 'me', 'registry-password': 's3cret' });
    expect(step).toMatchObject({ code: 0, outputs: { statements: '2' } });
    expect(step.log.replace(/::add-mask::.*/g, '') + JSON.stringify(step.report)).not.toContain('s3cret');
  });

  it("gets it from Docker's configuration", async () => {
    const auth = Buffer.from('me:s3cret').toString('base64');
    await workspaceFile('docker/config.json', JSON.stringify({ auths: { [registry().address]: { auth } } }));
    const step = await job.run('sbom-sign', { image }, { DOCKER_CONFIG: join(job.workspace, 'docker') });
    expect(step).toMatchObject({ code: 0, outputs: { statements: '2' } });
  });

  it.each([
    ['without one', {}],
    ['with a wrong one', { 'registry-username': 'me', 'registry-password': 'wr0ng-password' }],
  ])('is not passed %s', async (_, login) => {
    const step = await job.run('sbom-sign', { image, ...login });
    expect(step.code).toBe(3);
    expect(rules(step.report)).toEqual(['registry/refused']);
    expect(step.log.replace(/::add-mask::.*/g, '')).not.toContain('wr0ng');
  });

  it('is not asked with half of one', async () => {
    const step = await job.run('sbom-sign', { image, 'registry-username': 'me' });
    expect(step.code).toBe(2);
    expect(step.log).toContain('must be given together');
  });
});

async function gateThatPasses(image: string): ReturnType<Job['run']> {
  await workspaceFile('profiles/web.json', await readFile('policies/seccomp/node.json', 'utf8'));
  const step = await job.run('seccomp-validate', { image, paths: 'profiles' });
  expect(step.code).toBe(0);
  return step;
}

async function workspaceFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(job.workspace, path)), { recursive: true });
  await writeFile(join(job.workspace, path), content);
}

/** Runs the README's commands, as they are, in a shell; `refused` is what cosign says when one of them fails. */
async function runReadme(variables: Readonly<Record<string, string>>): Promise<{ code: number; refused: string }> {
  const readme = await readFile('actions/sbom-sign/README.md', 'utf8');
  const commands = [...readme.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block)[1] ?? '';
  expect(commands.match(/^cosign verify-attestation/gm)).toHaveLength(3);
  expect(commands).not.toContain('insecure');
  const { job_workflow_ref, repository } = workflowClaims();
  const env = {
    PATH: `${dirname(await program('cosign'))}:${process.env.PATH ?? ''}`,
    HOME: job.temp,
    WORKFLOW: `https://github.com/${job_workflow_ref}`,
    REPOSITORY: String(repository),
    TRUSTED_ROOT: world().sigstore.trustedRootPath,
    ...variables,
  };
  return new Promise((done) => {
    execFile('sh', ['-euc', commands], { env, maxBuffer: 64 * 1024 * 1024 }, (error, _, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), refused: error === null ? '' : stderr });
    });
  });
}

function rules(report: { readonly findings: readonly { readonly rule: string }[] } | undefined): string[] | undefined {
  return report?.findings.map(({ rule }) => rule);
}

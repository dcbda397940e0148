/**
 * Every chunk of `dist/` is driven: each action runs from `dist/` to its end with real programs, so that a part which ncc
 * left out, or a path that it got wrong, is seen here and not on GitHub. Node writes down what was loaded.
 */
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startCluster, type Cluster } from '../../src/local/cluster/control-plane.ts';
import { startForge, type LocalForge } from '../../src/local/forge/forge.ts';
import { Parts } from '../../src/local/parts.ts';
import { pinOf, readManifest, thisPlatform } from '../../src/tools/manifest.ts';
import { startConnectProxy, type ConnectProxy } from '../support/connect-proxy.ts';
import { debianFiles, updated } from '../support/debian-image.ts';
import { startGameforge } from '../support/gameforge.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { pushFiles } from '../support/image.ts';
import type { Job } from '../support/job.ts';
import { allChunks, LoadedChunks } from '../support/loaded-chunks.ts';
import { program } from '../support/programs.ts';
import { registryWithReferrers, sharedRegistry } from '../support/registries.ts';
import { signingWorld } from '../support/signed.ts';
import { signingJob } from '../support/signing-job.ts';
import { smallImage, writeLayout } from '../support/small-image.ts';
import { someJob } from '../support/some-job.ts';
import { makeDatabase } from '../support/vulnerability-database.ts';

jest.setTimeout(120_000);

const policy = `version: 1
source: { repository: acme/game, id: '101', refs: [refs/heads/main] }
signers:
  build: { workflow: slipway-ci/slipway/.github/workflows/build.yml, at: [refs/tags/v1.2.3] }
stages:
  staging:
    require:
      - { evidence: signature, by: build }
      - { evidence: sbom, by: build }
      - { evidence: seccomp-validate, by: build }
      - { evidence: trivy-gate, by: build, policy: 'built-in:policies/vulnerabilities.yaml' }
`;

const world = signingWorld();
const registry = sharedRegistry(registryWithReferrers);
let chunks: LoadedChunks;
let proxy: ConnectProxy;
let job: Job;
let image: string;
let forge: LocalForge;

/** The commit of the job, as the actions that write to GitHub see it. */
const github = (): Record<string, string> => ({
  GITHUB_API_URL: forge.apiUrl,
  GITHUB_REPOSITORY: someJob.claims.repository ?? '',
  GITHUB_SHA: someJob.claims.sha ?? '',
  GITHUB_REF_PROTECTED: 'true',
});
const githubToken = (): string => forge.openJob(someJob).token;

beforeAll(async () => {
  chunks = new LoadedChunks();
  proxy = await startConnectProxy();
  const programs = { SLIPWAY_TRIVY: await program('trivy'), SLIPWAY_HELM: await program('helm') };
  const settings = { ...chunks.environment, ...programs, http_proxy: proxy.url };
  job = await signingJob(world().sigstore, { settings });
  cpSync('examples/gameforge', job.workspace, { recursive: true });
  // A service that is started under its profile is another user, who has to see its program.
  chmodSync(job.workspace, 0o755);
  writeFileSync(join(job.workspace, 'promotion.yaml'), policy);
  // Pods with this label are made ready by kwok (src/local/data/kwok-stages.yaml); nothing runs in them.
  writeFileSync(join(job.workspace, 'ready.json'), '{"podLabels":{"slipway.dev/simulate":"ready"}}');
  await makeDatabase(join(job.workspace, 'database'));
  const digest = await pushFiles(registry().repository('acme/game'), debianFiles(updated));
  image = `${registry().address}/acme/game@${digest}`;
  forge = await startForge({ issueToken: () => 'unused' }, ['staging']);
});
afterAll(async () => {
  await forge.close();
  await job.end();
  await proxy.stop();
  chunks.remove();
});

describe('from dist, one after the other as in a release', () => {
  it('seccomp-validate judges services and profiles, and starts one under its profile', async () => {
    const inputs = { image, policy: 'slipway/seccomp.yaml' };
    const step = await job.run('seccomp-validate', inputs);
    expect(step).toMatchObject({ code: 0, outputs: { verdict: 'pass', started: '1' } });
  });

  it('trivy-gate scans an OCI layout', async () => {
    await writeLayout(join(job.workspace, 'layout'), [smallImage([debianFiles(updated)])]);
    const step = await job.run('trivy-gate', { target: 'layout', image, database: 'database' });
    expect(step).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
  });

  it('sbom-sign asks the runner for its identity token through the proxy, and signs', async () => {
    const tokens = new URL(job.environment.ACTIONS_ID_TOKEN_REQUEST_URL ?? '');
    tokens.hostname = 'tokens.test';
    const step = await job.run('sbom-sign', { image }, { ACTIONS_ID_TOKEN_REQUEST_URL: tokens.href });
    expect(step).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
    expect(new Set(proxy.tunnels)).toEqual(new Set([`tokens.test:${tokens.port}`]));
  });

  it('promote finds the evidence and lets the image in', async () => {
    const inputs = { image, stage: 'staging', policy: 'promotion.yaml', 'github-token': githubToken() };
    const step = await job.run('promote', inputs, github());
    expect(step).toMatchObject({ code: 0, outputs: { verdict: 'pass', image } });
  });

  it('load-test puts a service under load', async () => {
    const gameforge = await startGameforge();
    const files = { endpoints: 'slipway/load-test.yaml', slo: 'slipway/slo.yaml' };
    const inputs = { url: gameforge.url, ...files, rate: '200/s', duration: '5s', 'k6-path': await program('k6') };
    const step = await job.run('load-test', inputs);
    await gameforge.stop();
    // How fast this machine answers is not what is tested: the result was read.
    expect(Number(step.outputs.requests)).toBeGreaterThan(0);
  });
});

describe('from dist, on a real API server', () => {
  let folder: string;
  let cluster: Cluster;
  const running: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-dist-'));
    const signal = new AbortController().signal;
    const parts = await Parts.open({ folder, programs: program, signal, onLost: () => undefined });
    running.push(() => parts.stop());
    cluster = await startCluster(parts, ['staging']);
    running.push(() => cluster.api.close());
  });
  afterAll(async () => {
    for (const stop of running.reverse()) await stop();
    rmSync(folder, { recursive: true });
  });

  it('helm-release asks the promotion itself, releases, and records the deployment', async () => {
    const inputs = {
      ...{ image, stage: 'staging', release: 'game', namespace: 'staging', 'promotion-policy': 'promotion.yaml' },
      values: 'ready.json',
      kubeconfig: cluster.deployerKubeconfig('staging'),
      'github-token': githubToken(),
      'helm-path': await program('helm'),
      'kubectl-path': await program('kubectl'),
    };
    const step = await job.run('helm-release', inputs, github());
    expect(step).toMatchObject({ code: 0, outputs: { verdict: 'pass', revision: '1' } });
    expect(forge.deployments()).toMatchObject([{ payload: { image }, states: ['in_progress', 'success'] }]);
  });

  it('canary-analyze asks the cluster for its route', async () => {
    const inputs = {
      ...{ route: 'no-such-route', namespace: 'staging', baseline: 'stable', candidate: 'canary' },
      'prometheus-url': 'http://127.0.0.1:9',
      'kubectl-path': await program('kubectl'),
    };
    const step = await job.run('canary-analyze', inputs, { KUBECONFIG: cluster.adminKubeconfig });
    expect(step).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(step.log).toContain('no-such-route');
  });
});

describe('from dist, a program that is fetched through the proxy', () => {
  it.each([
    ['on a runner with a tool cache', { RUNNER_TOOL_CACHE: '/nonexistent' }],
    ['on any other machine', {}],
  ])('is refused when its bytes are wrong, %s', async (_, variables) => {
    const server = await startHttpsServer();
    const pin = pinOf(await readManifest('tools/manifest.yaml'), 'k6', thisPlatform());
    const { host, pathname } = new URL(pin.url);
    server.answers.set(`/${host}${pathname}`, (_request, response) => response.end('not k6'));
    const certificate = join(job.temp, 'mirror.pem');
    writeFileSync(certificate, server.certificate);
    const mirror = `outside.test:${server.port}`;
    const files = { endpoints: 'slipway/load-test.yaml', slo: 'slipway/slo.yaml' };
    const step = await job.run(
      'load-test',
      { url: 'http://127.0.0.1:9', ...files },
      {
        ...variables,
        HTTPS_PROXY: proxy.url,
        SLIPWAY_TOOL_MIRROR: `https://${mirror}`,
        NODE_EXTRA_CA_CERTS: certificate,
      },
    );
    await server.stop();
    expect(step).toMatchObject({ code: 3, report: { findings: [{ rule: 'gate/no-program' }] } });
    expect(step.log).toContain('is not the pinned one');
    expect(proxy.tunnels).toContain(mirror);
  });
});

describe('afterwards', () => {
  it('every chunk of dist was loaded', () => {
    expect(chunks.names()).toEqual(allChunks());
  });
});

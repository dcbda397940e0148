/**
 * The example, broken in twelve ways, on its way from pull request to production: each is stopped by the gate that is
 * there for it, and production goes on serving the version before with all of its traffic.
 */
import { kill } from 'node:process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { imageOf, servesOnly, servingIn } from '../../src/road/arrival.ts';
import { ExampleRepository, type Change } from '../../src/road/example-repository.ts';
import { installPreviousVersion, production } from '../../src/road/previous-version.ts';
import { startTraffic, type Traffic } from '../../src/road/traffic.ts';
import { readState } from '../../src/local/state.ts';
import { parseImage, type ImageReference } from '../../src/registry/reference.ts';
import type { RunResult } from '../../src/workflow/result.ts';
import { copyImage, moveTag } from '../support/copy-image.ts';
import { faultyProxy } from '../support/faulty-proxy.ts';
import { processesNaming } from '../support/local-platform.ts';
import { callOf, edited, openTestRoad, refusals, type TestRoad } from '../support/road.ts';

const minute = 60_000;
const workflow = '.github/workflows/one-call.yml';
const ownPolicy = { 'seccomp-policy': 'slipway/seccomp.yaml' };

let test: TestRoad;
let traffic: Traffic;
/** By digest: what production served before. */
let previous: string;
/** Built, signed and deployed to staging by the example's own workflows; by tag and digest. */
let signed: string;
let cases = 0;

beforeAll(async () => {
  test = await openTestRoad();
  previous = await installPreviousVersion(test.road, test.programs.get('helm')!, test.workshop);
  traffic = startTraffic(test.road.platform.gateway.urls[production]!, 50);
  const built = await call('build.yml', ownPolicy, { 'server/version.txt': 'second\n' });
  expect(built.conclusion).toBe('success');
  signed = imageOf(built)!;
  const staged = await deploy('staging', signed, {}, { 'load-test': true });
  expect(staged.conclusion).toBe('success');
}, 5 * minute);

afterAll(async () => {
  traffic.stop();
  await test.road.close();
  await rm(test.folder, { recursive: true, force: true });
}, minute);

afterEach(async () => {
  const serving = await servingIn(production, test.road.platform);
  expect(serving).toMatchObject({ declared: digestOf(previous) });
  expect(servesOnly(digestOf(previous), serving)).toBe(true);
}, minute);

describe('a pull request', () => {
  it(
    'that lets a service run without its profile is stopped by seccomp-validate',
    async () => {
      const compose = await edited(
        test.road.repository,
        'compose.yaml',
        'seccomp=./seccomp/api.json',
        'seccomp=unconfined',
      );
      const result = await propose({ 'compose.yaml': compose });
      expect(jobs(result)).toMatchObject({ 'check/profiles': 'failure', 'check/result': 'failure' });
      expect(await refusals(result)).toEqual([
        'seccomp-validate: fail seccomp/service-unconfined, seccomp/loosening, seccomp/cannot-be-tried',
      ]);
    },
    minute,
  );

  it(
    'that names a profile that is not there is stopped by seccomp-validate',
    async () => {
      const compose = await edited(test.road.repository, 'compose.yaml', './seccomp/api.json', './seccomp/appi.json');
      const result = await propose({ 'compose.yaml': compose });
      expect(jobs(result)).toMatchObject({ 'check/profiles': 'failure', 'check/result': 'failure' });
      expect(await refusals(result)).toEqual([
        'seccomp-validate: fail seccomp/profile-missing, seccomp/loosening, seccomp/cannot-be-tried',
      ]);
    },
    minute,
  );

  it(
    'that brings a vulnerable package is stopped by trivy-gate',
    async () => {
      const lodash = JSON.stringify({ name: 'lodash', version: '4.17.11', license: 'MIT' });
      const result = await propose({ 'server/node_modules/lodash/package.json': lodash });
      expect(jobs(result)).toMatchObject({ 'check/image': 'failure', 'check/result': 'failure' });
      expect(await refusals(result)).toEqual(['trivy-gate: fail vulnerabilities/vulnerability-found']);
    },
    minute,
  );

  it(
    'whose scanner is killed is stopped: nothing was found out',
    async () => {
      const hunt = setInterval(() => killTrivy(test.folder), 20);
      const result = await propose({ 'server/version.txt': 'killed\n' }).finally(() => clearInterval(hunt));
      expect(jobs(result)).toMatchObject({ 'check/image': 'failure', 'check/result': 'failure' });
      expect(await refusals(result)).toEqual(['trivy-gate: inconclusive vulnerabilities/scanner-crashed']);
    },
    minute,
  );
});

describe('an image', () => {
  it(
    'whose SBOM speaks of another digest is refused by the promotion',
    async () => {
      const other = await call('build.yml', ownPolicy, { 'server/version.txt': 'other\n' });
      const theirs = imageOf(other)!;
      const copy = await copyImage(signed, 'gameforge/copy', { sbomOf: theirs }, test.workshop);
      const result = await deploy('staging', copy);
      expect(jobs(result)).toMatchObject({
        'call/promotion': 'failure',
        'call/deploy': 'skipped',
        'call/result': 'failure',
      });
      expect(await refusals(result)).toEqual(['promote: fail promotion/evidence-missing']);
    },
    2 * minute,
  );

  it(
    'that was signed by the same workflow for another repository is refused by the promotion',
    async () => {
      const mallory = await ExampleRepository.create(
        'examples/gameforge',
        join(test.folder, 'mallory'),
        'mallory/gameforge',
        900_000_666,
      );
      const sha = await mallory.branch('main', 'Build', { [workflow]: callOf(test.road, 'build.yml', ownPolicy) });
      const built = await test.road.run(mallory.pushed(sha), { repository: mallory, workflow });
      expect(built.conclusion).toBe('success');
      const theirs = imageOf(built)!;
      const result = await deploy('staging', theirs);
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'failure', 'call/deploy': 'skipped' });
      expect(await refusals(result)).toEqual(['promote: fail promotion/wrong-source']);
    },
    2 * minute,
  );

  it(
    'whose tag was moved after signing is refused by the promotion',
    async () => {
      const back = await moveTag(signed, previous, test.workshop);
      const result = await deploy(production, signed).finally(back);
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'failure', 'call/deploy': 'skipped' });
      expect(await refusals(result)).toEqual(['promote: fail promotion/tag-moved']);
    },
    minute,
  );

  it(
    'in a registry that answers 500 is refused: its evidence cannot be read',
    async () => {
      const { platform } = test.road;
      const proxy = await faultyProxy(platform.registry, (request) =>
        request.includes('/referrers/') ? { status: 500 } : undefined,
      );
      const result = await deploy('staging', signed.replace(platform.registry, proxy.address)).finally(() =>
        proxy.stop(),
      );
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'failure', 'call/deploy': 'skipped' });
      expect(await refusals(result)).toEqual(['promote: inconclusive promotion/evidence-unreadable']);
    },
    minute,
  );
});

describe('a release', () => {
  it(
    'whose pods never become ready is taken back',
    async () => {
      const helpers = 'chart/templates/_helpers.tpl';
      const change = {
        [helpers]: await edited(
          test.road.repository,
          helpers,
          'progressDeadlineSeconds: 60',
          'progressDeadlineSeconds: 8',
        ),
        'slipway/production.yaml': 'replicas: 2\npodLabels: { slipway.dev/simulate: never-ready }\n',
      };
      const result = await deploy(production, signed, change, { canary: true });
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'success', 'call/deploy': 'failure' });
      expect((await refusals(result))[0]).toMatch(/^helm-release: fail /);
      expect(outputs(result, 'Run $/actions/helm-release')).toMatchObject({ 'rolled-back': 'true' });
    },
    3 * minute,
  );

  it(
    'that answers one request in twenty with an error is stopped by canary-analyze, and taken back',
    async () => {
      const faulty = "replicas: 2\ncanary: { env: { GAMEFORGE_FAULT_ERROR_RATIO: '0.05' } }\n";
      const result = await deploy(production, signed, { 'slipway/production.yaml': faulty }, { canary: true });
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'success', 'call/deploy': 'failure' });
      expect(await refusals(result)).toEqual(['canary-analyze: fail canary/worse-than-baseline']);
    },
    3 * minute,
  );

  it(
    'that nobody can measure is held, and taken back',
    async () => {
      const parts = (await readState(test.road.platform.folder))!.parts;
      const prometheus = parts.find(({ name }) => name === 'prometheus')!.process.pid;
      kill(prometheus, 'SIGKILL');
      const result = await deploy(production, signed, {}, { canary: true });
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'success', 'call/deploy': 'failure' });
      expect(await refusals(result)).toEqual(['canary-analyze: inconclusive canary/no-metrics']);
    },
    3 * minute,
  );

  it(
    'that is too slow is stopped in staging by load-test',
    async () => {
      const slow = { 'slipway/staging.yaml': "replicas: 1\nenv: { GAMEFORGE_FAULT_DELAY_MS: '500' }\n" };
      const result = await deploy('staging', signed, slow, { 'load-test': true });
      expect(jobs(result)).toMatchObject({ 'call/promotion': 'success', 'call/deploy': 'failure' });
      expect(await refusals(result)).toEqual(['load-test: fail load/latency-over-objective']);
    },
    2 * minute,
  );
});

/** Opens a pull request and runs the example's own workflow for it. */
async function propose(change: Change): Promise<RunResult> {
  const { road } = test;
  return road.run(road.repository.opened(await road.repository.propose(`case-${++cases}`, 'A broken change', change)));
}

/** Runs one of Slipway's workflows for a commit of `main`, called from the example. */
async function call(name: string, inputs: Readonly<Record<string, unknown>>, change: Change = {}): Promise<RunResult> {
  const { road } = test;
  const files = { ...change, [workflow]: callOf(road, name, inputs) };
  const sha = await road.repository.branch(`case-${++cases}`, name, files);
  return road.run(road.repository.pushed(sha), { workflow });
}

function deploy(stage: string, image: string, change: Change = {}, inputs: object = {}): Promise<RunResult> {
  return call('deploy.yml', { image, stage, release: 'gameforge', wait: '30s', ...inputs }, change);
}

function jobs({ jobs: all }: RunResult): Record<string, string> {
  return Object.fromEntries(all.map(({ id, conclusion }) => [id, conclusion]));
}

function outputs({ jobs: all }: RunResult, step: string): Readonly<Record<string, string>> | undefined {
  return all.flatMap(({ steps }) => steps).find(({ name, phase }) => name === step && phase === 'main')?.outputs;
}

function digestOf(image: string): string {
  return (parseImage(image) as ImageReference).digest;
}

/** Kills every Trivy that a job of this test runs. */
function killTrivy(folder: string): void {
  for (const line of processesNaming(folder)) {
    const [pid = '', program = ''] = line.split(' ');
    if (program.endsWith('/trivy')) kill(Number(pid), 'SIGKILL');
  }
}

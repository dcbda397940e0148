import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startForge, type LocalForge } from '../../src/local/forge/forge.ts';
import type { Claims } from '../../src/local/sigstore/issuer.ts';
import { attachArtifacts } from '../../src/registry/referrers.ts';
import { renderStatements, type GateRun, type Statement } from '../../src/report/evidence.ts';
import { conclude, type Draft } from '../../src/report/report.ts';
import { bundleMediaType } from '../../src/signing/sign.ts';
import { faultyProxy } from '../support/faulty-proxy.ts';
import { pushImage } from '../support/image.ts';
import { registryWithReferrers, sharedRegistry } from '../support/registries.ts';
import { runAction, type ActionRun } from '../support/run-action.ts';
import { signingWorld, statementAbout } from '../support/signed.ts';
import { someJob } from '../support/some-job.ts';

/** The bundled action against a real registry and loopback signing services; the evidence is signed as jobs would. */

jest.setTimeout(60_000);

const world = signingWorld();
const registry = sharedRegistry(registryWithReferrers);

let forge: LocalForge;
let token: string;
beforeAll(async () => {
  forge = await startForge({ issueToken: () => 'unused' }, []);
  token = forge.openJob(someJob).token;
});
afterAll(() => forge.close());

const library = 'slipway-ci/slipway/.github/workflows';
const trusted = 'refs/tags/v1.2.3';
const nextCommit = '6'.repeat(40);
const scanPolicy = 'built-in:policies/vulnerabilities.yaml';
const policy = `version: 1
source: { repository: acme/game, id: '101', refs: [refs/heads/main] }
signers:
  build: { workflow: ${library}/build.yml, at: [${trusted}] }
stages:
  staging:
    require:
      - { evidence: signature, by: build }
      - { evidence: sbom, by: build, maximum-age: 30d }
      - { evidence: trivy-gate, by: build, policy: '${scanPolicy}' }
  production:
    after: { stage: staging, by: build, bake-time: 1ms }
    require:
      - { evidence: signature, by: build }
`;

/** A statement, and whose job signs it when that is not the build of acme/game. */
interface Evidence {
  readonly statement: object;
  readonly claims?: Claims;
}

/** What the build leaves at an image, by name; a case replaces some of it. */
type EvidenceSet = Readonly<Record<string, Evidence | undefined>>;

function completeEvidence(sha256: string): EvidenceSet {
  return {
    signature: { statement: statementAbout(sha256, 'https://sigstore.dev/cosign/sign/v1') },
    sbom: { statement: sbomOf(sha256) },
    scan: { statement: scanOf(sha256) },
  };
}

function sbomOf(sha256: string): object {
  return statementAbout(sha256, 'https://spdx.dev/Document/v2.3', { packages: [] });
}

/** The verdict statement that trivy-gate writes. */
function scanOf(sha256: string, change: Partial<Draft> = {}, mode: GateRun['mode'] = 'enforce'): Statement {
  const used = { uri: scanPolicy, sha256: hexDigest(readFileSync('policies/vulnerabilities.yaml')) };
  return verdictOf({ gate: 'trivy-gate', mode }, sha256, { policy: used, ...change });
}

/** The verdict statement that helm-release writes for a stable release to staging, or for a rollback there. */
function releaseOf(sha256: string, change: Partial<Draft> = {}): Statement {
  const draft = { properties: ['SLIPWAY_DEPLOYED_STAGING'], ...change };
  return verdictOf({ gate: 'helm-release', mode: 'enforce', stage: 'staging' }, sha256, draft);
}

function verdictOf(
  gateRun: Pick<GateRun, 'gate' | 'mode' | 'stage'>,
  sha256: string,
  change: Partial<Draft>,
): Statement {
  const report = conclude({
    examined: { count: 1, what: 'thing' },
    findings: [],
    passed: 'All is well.',
    subjects: [{ name: 'registry.example/app', digest: { sha256 } }],
    programs: [{ name: 'program', version: '1', sha256: 'c', origin: 'release' }],
    ...change,
  });
  const run = { ...gateRun, verifier: 'slipway', finishedOn: new Date().toISOString(), url: 'run' };
  const [verdict] = renderStatements(report, run, false);
  if (verdict === undefined) throw new Error('the gate wrote no statement');
  return verdict;
}

function hexDigest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

let images = 0;

/** Pushes a new image, tagged, with its evidence attached. */
async function imageWith(change: (sha256: string) => EvidenceSet = () => ({})): Promise<string> {
  const repository = registry().repository('acme/game');
  const digest = await pushImage(repository, `image ${images++}`);
  const sha256 = digest.replace('sha256:', '');
  const evidence = { ...completeEvidence(sha256), ...change(sha256) };
  const artifacts = [];
  for (const given of Object.values(evidence)) {
    if (given === undefined) continue;
    const content = await world().sign(given.statement, given.claims);
    artifacts.push({ mediaType: bundleMediaType, content, annotations: {} });
  }
  await attachArtifacts(repository, await repository.manifest(digest), artifacts);
  return `${registry().address}/acme/game@${digest}`;
}

interface Question {
  readonly policy?: string;
  readonly environment?: Record<string, string>;
  readonly inputs?: Record<string, string>;
}

function promote(image: string, question: Question = {}): Promise<ActionRun> {
  return runAction('promote', {
    inputs: { image, stage: 'staging', policy: 'promotion.yaml', 'github-token': token, ...question.inputs },
    files: { 'promotion.yaml': question.policy ?? policy },
    environment: {
      GITHUB_SERVER_URL: forge.serverUrl,
      GITHUB_API_URL: forge.apiUrl,
      GITHUB_REPOSITORY: someJob.claims.repository ?? '',
      GITHUB_SHA: someJob.claims.sha ?? '',
      GITHUB_REF_PROTECTED: 'true',
      SLIPWAY_TRUSTED_ROOT: world().sigstore.trustedRootPath,
      ...question.environment,
    },
  });
}

const rulesOf = ({ report }: ActionRun): string[] => report?.findings.map(({ rule }) => rule) ?? [];
const summaryOf = ({ statements }: ActionRun): Statement | undefined =>
  statements.find(({ predicateType }) => predicateType === 'https://slsa.dev/verification_summary/v1');

describe('an image with all its evidence', () => {
  it('may enter the stage; a SLSA summary and a check of the commit say so', async () => {
    const image = await imageWith();
    const before = forge.checks().length;
    const run = await promote(image);
    expect(run).toMatchObject({ code: 0, outputs: { verdict: 'pass', image } });
    expect(rulesOf(run)).toEqual([]);
    expect(run.report?.sections[0]?.rows.map((row) => row.at(-1))).toEqual(['met', 'met', 'met']);
    const summary = summaryOf(run);
    expect(summary).toMatchObject({
      subject: [{ digest: { sha256: image.split('sha256:')[1] } }],
      predicate: {
        resourceUri: image,
        policy: { uri: 'promotion.yaml', digest: { sha256: hexDigest(policy) } },
        verificationResult: 'PASSED',
        verifiedLevels: ['SLIPWAY_STAGE_STAGING'],
      },
    });
    expect((summary?.predicate as { inputAttestations: unknown[] }).inputAttestations).toHaveLength(3);
    expect(forge.checks().slice(before)).toEqual([
      { name: 'slipway / promotion to staging', sha: someJob.claims.sha, conclusion: 'success' },
    ]);
  });

  it('may enter when the check cannot be written: the decision stands, with a warning', async () => {
    const weak = forge.openJob({ ...someJob, permissions: { ...someJob.permissions, checks: 'read' } });
    const image = await imageWith();
    const run = await promote(image, { inputs: { 'github-token': weak.token } });
    weak.close();
    expect(run).toMatchObject({ code: 0, outputs: { verdict: 'pass', image } });
    expect(rulesOf(run)).toEqual(['promotion/check-not-written']);
  });

  it('may enter by a pin of the signer that was bumped, when the list has it', async () => {
    const bumped = { job_workflow_ref: `${library}/build.yml@${nextCommit}`, job_workflow_sha: nextCommit };
    const image = await imageWith((sha256) => resigned(sha256, bumped));
    const refused = await promote(image);
    expect(refused).toMatchObject({ code: 1, outputs: { image: '' } });
    expect(rulesOf(refused)).toEqual(Array(3).fill('promotion/wrong-signer'));
    const allowed = await promote(image, { policy: policy.replace(trusted, `${trusted}, '${nextCommit}'`) });
    expect(allowed).toMatchObject({ code: 0, outputs: { image } });
  });
});

/** All the evidence, signed by another job. */
function resigned(sha256: string, claims: Claims): EvidenceSet {
  const entries = Object.entries(completeEvidence(sha256));
  return Object.fromEntries(entries.map(([name, evidence]) => [name, evidence && { ...evidence, claims }]));
}

const other = 'f'.repeat(64);
const stranger: Claims = {
  repository: 'stranger/game',
  repository_id: '666',
  repository_owner: 'stranger',
  sub: 'repo:stranger/game:ref:refs/heads/main',
  workflow_ref: 'stranger/game/.github/workflows/release.yml@refs/heads/main',
};

describe('an image may not enter', () => {
  it.each<[string, (sha256: string) => EvidenceSet, Question, string[]]>([
    ['without a signature', () => ({ signature: undefined }), {}, ['promotion/evidence-missing']],
    [
      'with the SBOM of another digest',
      () => ({ sbom: { statement: sbomOf(other) } }),
      {},
      ['promotion/evidence-missing', 'promotion/attachment-rejected'],
    ],
    [
      'with a scan of another digest',
      () => ({ scan: { statement: scanOf(other) } }),
      {},
      ['promotion/evidence-missing', 'promotion/attachment-rejected'],
    ],
    [
      'signed by another workflow',
      (sha256) => ({
        signature: {
          ...completeEvidence(sha256).signature!,
          claims: { job_workflow_ref: `${library}/deploy.yml@${trusted}` },
        },
      }),
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'signed by the same reusable workflow, called from another repository',
      (sha256) => resigned(sha256, stranger),
      {},
      Array<string>(3).fill('promotion/wrong-source'),
    ],
    ['with old evidence', () => ({}), { policy: policy.replace('30d', '1ms') }, ['promotion/evidence-old']],
    [
      'scanned by another policy',
      (sha256) => ({ scan: { statement: scanOf(sha256, { policy: { uri: scanPolicy, sha256: other } }) } }),
      {},
      ['promotion/other-policy'],
    ],
    [
      'scanned in observe mode',
      (sha256) => ({ scan: { statement: scanOf(sha256, {}, 'observe') } }),
      {},
      ['promotion/only-observed'],
    ],
    [
      'from a ref that is not protected',
      () => ({}),
      { environment: { GITHUB_REF_PROTECTED: 'false' } },
      ['promotion/unprotected-policy'],
    ],
  ])('%s', async (_, change, question, rules) => {
    const before = forge.checks().length;
    const run = await promote(await imageWith(change), question);
    expect(run).toMatchObject({ code: 1, outputs: { verdict: 'fail', image: '' } });
    expect(rulesOf(run)).toEqual(rules);
    expect(summaryOf(run)).toMatchObject({ predicate: { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] } });
    expect(forge.checks().slice(before)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('under a tag that was moved', async () => {
    const repository = registry().repository('acme/game');
    const image = await imageWith();
    const [name = '', digest = ''] = image.split('@');
    const tag = async (to: string): Promise<void> => {
      const { bytes, mediaType } = await repository.manifest(to);
      expect(await repository.moveTag('v1', bytes, mediaType, await repository.tagged('v1'), 5000)).toBe(true);
    };
    await tag(digest);
    expect(await promote(`${name}:v1@${digest}`)).toMatchObject({ code: 0 });
    await tag(await pushImage(repository, 'somebody else'));
    const run = await promote(`${name}:v1@${digest}`);
    expect(run).toMatchObject({ code: 1, outputs: { image: '' } });
    expect(rulesOf(run)).toEqual(['promotion/tag-moved']);
  });
});

it('may enter the next stage only until a rollback in the stage before', async () => {
  const question = { inputs: { stage: 'production' } };
  const released = (sha256: string): EvidenceSet => ({ release: { statement: releaseOf(sha256) } });
  expect(await promote(await imageWith(released), question)).toMatchObject({ code: 0 });
  const image = await imageWith((sha256) => ({
    ...released(sha256),
    rollback: { statement: releaseOf(sha256, { subjectsFail: true }) },
  }));
  const run = await promote(image, question);
  expect(run).toMatchObject({ code: 1, outputs: { image: '' } });
  expect(rulesOf(run)).toEqual(['promotion/gate-not-passed']);
});

it('what the registry lists and does not give is told, also when the rest suffices', async () => {
  const image = await imageWith();
  const repository = registry().repository('acme/game');
  const [, digest = ''] = image.split('@');
  const content = await world().sign(scanOf(digest.replace('sha256:', ''), { findings: [failure] }));
  const artifact = { mediaType: bundleMediaType, content, annotations: {} };
  const [lost] = await attachArtifacts(repository, await repository.manifest(digest), [artifact]);
  const proxy = await faultyProxy(registry().address, (request) =>
    request.includes(`/manifests/${lost!.digest}`) ? { status: 404 } : undefined,
  );
  const whole = await promote(image);
  const run = await promote(image.replace(registry().address, proxy.address));
  await proxy.stop();
  expect(rulesOf(whole)).toEqual(['promotion/gate-not-passed']);
  expect(run).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
  expect(rulesOf(run)).toEqual(['promotion/attachment-rejected']);
  expect(run.summary).toContain(lost!.digest.replace('sha256:', ''));
});

const failure = {
  rule: { id: 'test/bad', title: 'Bad', why: 'w', fix: 'f', outcome: 'fail' },
  message: 'It is bad.',
} as const;

it('nothing is decided when the registry answers 500', async () => {
  const image = await imageWith();
  const proxy = await faultyProxy(registry().address, (request) =>
    request.includes('/referrers/') ? { status: 500 } : undefined,
  );
  const run = await promote(image.replace(registry().address, proxy.address));
  await proxy.stop();
  expect(run).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive', image: '' } });
  expect(rulesOf(run)).toEqual(['promotion/evidence-unreadable']);
  expect(summaryOf(run)).toMatchObject({ predicate: { verificationResult: 'FAILED' } });
});

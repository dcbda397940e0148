import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseChecked } from '../documents/checked.ts';
import type { EvidenceFound, VerifiedStatement } from '../evidence/read.ts';
import { RegistryError } from '../registry/errors.ts';
import { parseImage, type ImageReference } from '../registry/reference.ts';
import { predicateTypes } from '../report/evidence.ts';
import type { SignerIdentity } from '../signing/identity.ts';
import { promotionPolicySchema, type PromotionPolicy } from './policy.ts';
import { decidePromotion, type PromotionRequest } from './promote.ts';

const library = 'slipway-ci/slipway/.github/workflows';
const commit = 'c'.repeat(40);
const policyText = `
version: 1
source: { repository: gameforge/gameforge, id: '42', refs: [refs/heads/main] }
signers:
  build: { workflow: ${library}/build.yml, at: [refs/tags/v1.0.0, ${commit}] }
  deploy: { workflow: ${library}/deploy.yml, at: [refs/tags/v1.0.0] }
stages:
  staging:
    require:
      - { evidence: signature, by: build }
      - { evidence: sbom, by: build, maximum-age: 30d }
      - { evidence: trivy-gate, by: build, maximum-age: 24h, policy: vulnerabilities.yaml }
  production:
    after: { stage: staging, by: deploy, bake-time: 1h }
    require:
      - { evidence: load-test, by: deploy }
`;
const read = (text: string) => parseChecked<PromotionPolicy>(text, promotionPolicySchema);
const parsed = read(policyText);
if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
const policy = parsed.value;

const now = new Date('2026-06-01T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const image = parseImage(`ghcr.io/gameforge/gameforge@sha256:${'a'.repeat(64)}`) as ImageReference;

const signer = (workflow = 'build.yml', at = 'refs/tags/v1.0.0'): SignerIdentity => ({
  issuer: 'https://token.actions.githubusercontent.com',
  name: `https://github.com/${library}/${workflow}@${at}`,
  sourceRepositoryUri: 'https://github.com/gameforge/gameforge',
  sourceRepositoryId: '42',
  sourceRepositoryRef: 'refs/heads/main',
  buildSignerDigest: 'd'.repeat(40),
});
const statement = (
  predicateType: string,
  predicate: unknown,
  change: Partial<VerifiedStatement> = {},
): VerifiedStatement => ({
  predicateType,
  predicate,
  subject: { name: '', digest: { sha256: 'a'.repeat(64) } },
  identity: signer(),
  signedAt: hoursAgo(2),
  logIndex: '1',
  sha256: createHash('sha256').update(JSON.stringify(predicate)).digest('hex'),
  referrer: `sha256:${'f'.repeat(64)}`,
  ...change,
});
interface VerdictParts {
  verdict?: string;
  mode?: string;
  properties?: string[];
  policySha256?: string;
  origin?: string;
  stage?: string;
}
const verdict = (gate: string, parts: VerdictParts = {}, change: Partial<VerifiedStatement> = {}) =>
  statement(
    predicateTypes.verdict,
    {
      verifier: { id: 'x', policies: [{ uri: 'p', digest: { sha256: parts.policySha256 ?? 'p'.repeat(64) } }] },
      timeCreated: '',
      properties: parts.properties ?? [`SLIPWAY_${gate.toUpperCase().replaceAll('-', '_')}`],
      slipway_details: {
        gate,
        verdict: parts.verdict ?? 'pass',
        mode: parts.mode ?? 'enforce',
        ...(parts.stage && { stage: parts.stage }),
        run: 'run',
        programs: [{ name: 'trivy', version: '1', sha256: '', origin: parts.origin ?? 'release' }],
        findings: [],
      },
    },
    change,
  );

const enterprise = 'https://token.actions.acme.ghe.com';
/** The same as signed on a forge of GitHub Enterprise. */
const onEnterprise = ({ identity, ...rest }: VerifiedStatement): VerifiedStatement => ({
  ...rest,
  identity: {
    ...identity,
    issuer: enterprise,
    name: identity.name.replace('github.com', 'acme.ghe.com'),
    sourceRepositoryUri: 'https://acme.ghe.com/gameforge/gameforge',
  },
});

const signature = statement('https://sigstore.dev/cosign/sign/v1', {});
const sbom = statement('https://spdx.dev/Document/v2.3', {});
const scan = verdict('trivy-gate');
const deploy = signer('deploy.yml');
const release = (parts: VerdictParts = {}, change: Partial<VerifiedStatement> = {}) =>
  verdict('helm-release', { stage: 'staging', ...parts }, { identity: deploy, ...change });
const deployed = release({ properties: ['SLIPWAY_HELM_RELEASE', 'SLIPWAY_DEPLOYED_STAGING'] });
/** A candidate that got no traffic yet. */
const canary = (change: Partial<VerifiedStatement> = {}) => release({}, change);
const failedRelease = (parts: VerdictParts = {}, change: Partial<VerifiedStatement> = {}) =>
  release({ verdict: 'fail', properties: [], ...parts }, { signedAt: hoursAgo(1), ...change });
/** The scan with other details. */
const changed = (details: object) => {
  const { slipway_details: before, ...rest } = scan.predicate as { slipway_details: object };
  return { ...rest, slipway_details: { ...before, ...details } };
};
const load = verdict('load-test', {}, { identity: deploy });
const complete = [signature, sbom, scan, deployed, load];
const without = (...gone: VerifiedStatement[]) => complete.filter((item) => !gone.includes(item));

const ask = (verified: readonly VerifiedStatement[], change: Partial<PromotionRequest> = {}) =>
  decidePromotion({
    image,
    stage: 'production',
    policy,
    policyUsed: { uri: 'promotion.yaml', sha256: 'b'.repeat(64) },
    policyDigests: new Map([['vulnerabilities.yaml', 'p'.repeat(64)]]),
    protectedRef: true,
    now,
    serverUrl: 'http://forge.localhost',
    verifier: 'https://example.test/promote@1',
    readEvidence: () => Promise.resolve<EvidenceFound>({ verified, rejected: [] }),
    resolveTag: () => Promise.resolve(image.digest),
    ...change,
  });
const rulesOf = async (...given: Parameters<typeof ask>) => (await ask(...given)).findings.map(({ rule }) => rule.id);

describe('a digest with all its evidence', () => {
  it('is promoted, and the table shows every clause of the stage and of the stage before', async () => {
    const decision = await ask(complete);
    expect(decision.verdict).toBe('pass');
    expect(decision.table.rows.map(([clause, , , result]) => [clause, result])).toEqual([
      ['signature', 'met'],
      ['sbom', 'met'],
      ['trivy-gate', 'met'],
      ['load-test', 'met'],
      ['after staging', 'met'],
    ]);
    expect(decision.summary).toMatchObject({
      type: 'https://slsa.dev/verification_summary/v1',
      body: {
        verificationResult: 'PASSED',
        verifiedLevels: ['SLIPWAY_STAGE_PRODUCTION'],
        resourceUri: image.text,
        policy: { uri: 'promotion.yaml', digest: { sha256: 'b'.repeat(64) } },
        inputAttestations: [signature, sbom, scan, load, deployed].map(({ sha256 }) => ({ digest: { sha256 } })),
      },
    });
  });

  it('needs less for the first stage', async () => {
    expect(await rulesOf([signature, sbom, scan], { stage: 'staging' })).toEqual([]);
  });

  it('may be signed at a trusted commit behind any ref, so that a pin can be bumped', async () => {
    const bumped = { ...signer('build.yml', 'refs/heads/next'), buildSignerDigest: commit };
    const pinned = signer('build.yml', commit);
    for (const identity of [bumped, pinned]) {
      expect(await rulesOf([...without(scan), { ...scan, identity }])).toEqual([]);
    }
  });

  it('may come from a forge of its own, under whose address its repositories and workflows are', async () => {
    const change = { policy: { ...policy, issuer: enterprise }, serverUrl: 'https://acme.ghe.com' };
    expect(await rulesOf(complete.map(onEnterprise), change)).toEqual([]);
  });
});

describe('a bake time', () => {
  const notPassed = ['promotion/gate-not-passed'];
  it.each<[string, VerifiedStatement[], string[]]>([
    ['ends with a newer failure in the stage', [deployed, failedRelease()], notPassed],
    [
      'ends with a newer rollback that could not tell',
      [deployed, failedRelease({ verdict: 'inconclusive' })],
      notPassed,
    ],
    [
      'ends with a newer release that was only observed',
      [deployed, failedRelease({ mode: 'observe', verdict: 'pass' })],
      ['promotion/only-observed'],
    ],
    [
      'ends with a newer canary that no stable release followed',
      [deployed, canary({ signedAt: hoursAgo(1) })],
      ['promotion/not-deployed'],
    ],
    ['does not begin with a canary', [canary()], ['promotion/not-deployed']],
    ['begins with the stable release that followed it in the same second', [canary(), deployed], []],
    [
      'does not begin with a release that failed in the same second',
      [deployed, failedRelease({}, { signedAt: deployed.signedAt })],
      notPassed,
    ],
    ['begins again with a release after a failure', [failedRelease({}, { signedAt: hoursAgo(3) }), deployed], []],
    ['goes on when the digest fails in another stage', [deployed, failedRelease({ stage: 'production' })], []],
    [
      'goes on when somebody says that it failed whose word does not count',
      [deployed, failedRelease({}, { identity: signer() })],
      [],
    ],
    [
      'does not begin in a stage whose name only looks the same',
      [
        {
          ...deployed,
          predicate: release({ stage: 'Staging', properties: ['SLIPWAY_HELM_RELEASE', 'SLIPWAY_DEPLOYED_STAGING'] })
            .predicate,
        },
      ],
      ['promotion/evidence-missing'],
    ],
    [
      'does not begin with a release that names no stage',
      [release({ stage: '', properties: ['SLIPWAY_HELM_RELEASE', 'SLIPWAY_DEPLOYED_STAGING'] })],
      notPassed,
    ],
    [
      'does not begin when a program of the release is unverified',
      [release({ origin: 'unverified', properties: ['SLIPWAY_HELM_RELEASE', 'SLIPWAY_DEPLOYED_STAGING'] })],
      ['promotion/unverified-program'],
    ],
    [
      'does not begin with the word of another gate',
      [
        {
          ...deployed,
          predicate: verdict('load-test', {
            stage: 'staging',
            properties: ['SLIPWAY_LOAD_TEST', 'SLIPWAY_DEPLOYED_STAGING'],
          }).predicate,
        },
      ],
      ['promotion/evidence-missing'],
    ],
  ])('%s', async (_, releases, rules) => {
    expect(await rulesOf([...without(deployed), ...releases])).toEqual(rules);
  });
});

describe('a digest is refused', () => {
  const refused: [string, VerifiedStatement[], Partial<PromotionRequest>, string[]][] = [
    [
      'without any evidence',
      [],
      { stage: 'staging' },
      ['promotion/evidence-missing', 'promotion/evidence-missing', 'promotion/evidence-missing'],
    ],
    ['without a signature: an attestation is none', without(signature), {}, ['promotion/evidence-missing']],
    ['without SBOM', without(sbom), {}, ['promotion/evidence-missing']],
    ['without the gate', without(scan), {}, ['promotion/evidence-missing']],
    [
      'when only another gate passed',
      [...without(scan), verdict('seccomp-validate')],
      {},
      ['promotion/evidence-missing'],
    ],
    [
      'when github.com signed for a repository of another forge',
      complete,
      { policy: { ...policy, issuer: enterprise } },
      Array<string>(5).fill('promotion/wrong-issuer'),
    ],
    [
      'when a forge signed that is not the one of this run',
      complete.map(onEnterprise),
      { policy: { ...policy, issuer: enterprise }, serverUrl: 'https://other.ghe.com' },
      Array<string>(5).fill('promotion/wrong-source'),
    ],
    [
      'when the same reusable workflow was called from another repository',
      [
        ...without(scan),
        {
          ...scan,
          identity: { ...signer(), sourceRepositoryUri: 'https://github.com/evil/gameforge', sourceRepositoryId: '66' },
        },
      ],
      {},
      ['promotion/wrong-source'],
    ],
    [
      'when another repository took the name',
      [...without(scan), { ...scan, identity: { ...signer(), sourceRepositoryId: '66' } }],
      {},
      ['promotion/wrong-source'],
    ],
    [
      'when it was built from another ref',
      [...without(scan), { ...scan, identity: { ...signer(), sourceRepositoryRef: 'refs/heads/mine' } }],
      {},
      ['promotion/wrong-source'],
    ],
    [
      'when the certificate has no source',
      [...without(scan), { ...scan, identity: { issuer: signer().issuer, name: signer().name } }],
      {},
      ['promotion/wrong-source'],
    ],
    [
      'when another workflow signed',
      [...without(scan), { ...scan, identity: signer('other.yml') }],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when a workflow of that name in another repository signed',
      [
        ...without(scan),
        {
          ...scan,
          identity: {
            ...signer(),
            name: 'https://github.com/evil/slipway/.github/workflows/build.yml@refs/tags/v1.0.0',
          },
        },
      ],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when the trusted name is only the beginning',
      [...without(scan), { ...scan, identity: signer('build.yml', 'refs/tags/v1.0.0-evil') }],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when the trusted name stands in a query',
      [
        ...without(scan),
        {
          ...scan,
          identity: {
            ...signer(),
            name: `https://evil.example/?https://github.com/${library}/build.yml@refs/tags/v1.0.0`,
          },
        },
      ],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when a dot is another letter',
      [
        ...without(scan),
        { ...scan, identity: { ...signer(), name: `https://githubXcom/${library}/build.yml@refs/tags/v1.0.0` } },
      ],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when the pin was bumped and is not in the list',
      [...without(scan), { ...scan, identity: signer('build.yml', 'e'.repeat(40)) }],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when the deploy workflow signed what the build workflow must',
      [...without(scan), { ...scan, identity: deploy }],
      {},
      ['promotion/wrong-signer'],
    ],
    [
      'when the token came from another issuer',
      [...without(scan), { ...scan, identity: { ...signer(), issuer: 'https://accounts.example' } }],
      {},
      ['promotion/wrong-issuer'],
    ],
    [
      'when the newest verdict failed, though an older one passed',
      [...complete, verdict('trivy-gate', { verdict: 'fail', properties: [] }, { signedAt: hoursAgo(1) })],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when the gate could not tell',
      [...without(scan), verdict('trivy-gate', { verdict: 'inconclusive', properties: [] })],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when the verdict says pass without asserting it',
      [...without(scan), verdict('trivy-gate', { properties: [] })],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when the verdict says fail and asserts the property all the same',
      [...without(scan), verdict('trivy-gate', { verdict: 'fail' })],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when it asserts another gate’s property',
      [...without(scan), verdict('trivy-gate', { properties: ['SLIPWAY_LOAD_TEST'] })],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when the gate only observed',
      [...without(scan), verdict('trivy-gate', { mode: 'observe' })],
      {},
      ['promotion/only-observed'],
    ],
    [
      'when the evidence is older than the clause allows',
      [...without(scan), { ...scan, signedAt: hoursAgo(25) }],
      {},
      ['promotion/evidence-old'],
    ],
    [
      'when the SBOM is older than the clause allows',
      [...without(sbom), { ...sbom, signedAt: hoursAgo(31 * 24) }],
      {},
      ['promotion/evidence-old'],
    ],
    [
      'when the evidence is of the future',
      [...without(scan), { ...scan, signedAt: hoursAgo(-1) }],
      {},
      ['promotion/evidence-from-future'],
    ],
    [
      'when the gate used another policy',
      [...without(scan), verdict('trivy-gate', { policySha256: 'q'.repeat(64) })],
      {},
      ['promotion/other-policy'],
    ],
    [
      'when a program of the gate is unverified',
      [...without(scan), verdict('trivy-gate', { origin: 'unverified' })],
      {},
      ['promotion/unverified-program'],
    ],
    [
      'when the program’s origin is a word nobody knows',
      [...without(scan), verdict('trivy-gate', { origin: 'trust me' })],
      {},
      ['promotion/unverified-program'],
    ],
    ['when it never ran in the stage before', without(deployed), {}, ['promotion/evidence-missing']],
    [
      'when it ran in the stage before too short',
      [...without(deployed), { ...deployed, signedAt: hoursAgo(0.5) }],
      {},
      ['promotion/not-baked'],
    ],
    [
      'when the build workflow claims that it deployed',
      [...without(deployed), { ...deployed, identity: signer() }],
      {},
      ['promotion/wrong-signer'],
    ],
    ['when the stage does not exist', complete, { stage: 'canary' }, ['promotion/unknown-stage']],
    ['when the policy is not protected', complete, { protectedRef: false }, ['promotion/unprotected-policy']],
    [
      'when a failure was signed in the same second',
      [...complete, verdict('trivy-gate', { verdict: 'fail', properties: [] })],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when a scan by another policy was signed in the same second',
      [verdict('trivy-gate', { policySha256: 'q'.repeat(64) }), ...complete],
      {},
      ['promotion/other-policy'],
    ],
    [
      'when two newest verdicts were signed in one second by clocks of different precision',
      [
        ...without(scan),
        { ...scan, signedAt: new Date(hoursAgo(2).getTime() + 700) },
        verdict('trivy-gate', { verdict: 'fail', properties: [] }),
      ],
      {},
      ['promotion/gate-not-passed'],
    ],
    [
      'when a stranger’s verdict cannot be read: it is no evidence at all',
      [...without(scan), statement(predicateTypes.verdict, null, { identity: signer('other.yml') })],
      {},
      ['promotion/evidence-missing'],
    ],
    ['when the stage is a word of the language', complete, { stage: 'constructor' }, ['promotion/unknown-stage']],
  ];
  it.each(refused)('%s', async (_, statements, change, rules) => {
    expect((await ask(statements, change)).verdict).toBe('fail');
    expect(await rulesOf(statements, change)).toEqual(rules);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['only the name of the gate', { slipway_details: { gate: 'trivy-gate' } }],
    ['no gate', { ...Object(scan.predicate), slipway_details: { verdict: 'pass' } }],
    ['a policy without digest', { ...Object(scan.predicate), verifier: { policies: [{ uri: 'p' }] } }],
    ['a program that is nothing', changed({ programs: [null] })],
    ['a verdict that is no word', changed({ verdict: ['pass'] })],
  ])(
    'when the newest verdict of a trusted signer holds %s: what cannot be read has not passed',
    async (_, predicate) => {
      const newest = statement(predicateTypes.verdict, predicate, { signedAt: hoursAgo(1) });
      expect(await rulesOf([...complete, newest])).toEqual(['promotion/gate-not-passed']);
      expect(await rulesOf([...complete, { ...newest, signedAt: hoursAgo(3) }])).toEqual([]);
    },
  );

  it('when a tag beside the digest was moved', async () => {
    const tagged = parseImage(`ghcr.io/gameforge/gameforge:main@${image.digest}`) as ImageReference;
    expect(await rulesOf(complete, { image: tagged })).toEqual([]);
    for (const other of [`sha256:${'0'.repeat(64)}`, undefined]) {
      expect(await rulesOf(complete, { image: tagged, resolveTag: () => Promise.resolve(other) })).toEqual([
        'promotion/tag-moved',
      ]);
    }
  });

  it('with the failing clause in the summary, which is FAILED', async () => {
    const decision = await ask(without(scan));
    expect(decision.summary.body).toMatchObject({ verificationResult: 'FAILED', verifiedLevels: ['FAILED'] });
    expect(decision.findings[0]?.message).toBe(
      'Stage production needs trivy-gate (signed by build, at most 24h old, policy vulnerabilities.yaml); found: nothing.',
    );
  });
});

describe('what is attached and proves nothing', () => {
  const rejected = (number: number) =>
    Array.from({ length: number }, (_, index) => ({ referrer: `sha256:${index}`, reason: 'Its signature is broken.' }));
  const askWith = (verified: VerifiedStatement[], number: number) =>
    ask([], { readEvidence: () => Promise.resolve({ verified, rejected: rejected(number) }) });

  it('is named with the reason, also when the digest may enter: it may have been the newest word', async () => {
    const { verdict: decided, findings } = await askWith(complete, 1);
    expect(decided).toBe('pass');
    expect(findings).toMatchObject([
      {
        rule: { id: 'promotion/attachment-rejected', outcome: 'note' },
        message: 'sha256:0 does not count: Its signature is broken.',
      },
    ]);
  });

  it('is named beside what is missing', async () => {
    const { findings } = await askWith(without(scan), 1);
    expect(findings.map(({ rule }) => rule.id)).toEqual([
      'promotion/evidence-missing',
      'promotion/attachment-rejected',
    ]);
  });

  it('does not fill the report, however much there is of it', async () => {
    const { findings } = await askWith(complete, 500);
    expect(findings).toHaveLength(11);
    expect(findings.at(-1)?.message).toBe('490 more attachments do not count; the first: Its signature is broken.');
  });
});

it('a registry that does not answer is inconclusive, not "no evidence"', async () => {
  const readEvidence = () => Promise.reject(new RegistryError('unreachable', 'The registry answered 500.'));
  const decision = await ask([], { readEvidence });
  expect(decision.verdict).toBe('inconclusive');
  expect(decision.findings.map(({ rule }) => rule.id)).toEqual(['promotion/evidence-unreadable']);
});

describe('for any evidence', () => {
  const pool = [
    ...complete,
    verdict('trivy-gate', { verdict: 'fail', properties: [] }, { signedAt: hoursAgo(3) }),
    verdict('trivy-gate', { verdict: 'inconclusive', properties: [] }),
    verdict('trivy-gate', { mode: 'observe', properties: [] }),
    verdict('trivy-gate', { policySha256: 'q'.repeat(64) }),
    failedRelease({}, { signedAt: deployed.signedAt }),
    canary(),
    { ...sbom, identity: signer('other.yml') },
  ];
  it('taking some away never turns a refusal into a promotion, unless a newer failure goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(complete), fc.nat(), async (some, at) => {
        const fewer = some.filter((_, index) => index !== at % Math.max(some.length, 1));
        if ((await ask(some)).verdict === 'fail') expect((await ask(fewer)).verdict).toBe('fail');
      }),
    );
  });
  it('the order does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(pool), async (some) => {
        expect(await rulesOf(some)).toEqual(await rulesOf([...some].reverse()));
      }),
    );
  });
});

describe('a policy', () => {
  it.each<[string, string, string, string]>([
    ['a signer that does not exist', 'by: build }', 'by: biuld }', 'no signer `biuld`'],
    ['a stage that does not exist', 'stage: staging,', 'stage: stagign,', 'no stage `stagign`'],
    [
      'stages in a circle',
      'staging:\n',
      'staging:\n    after: { stage: production, by: deploy, bake-time: 1h }\n',
      'circle',
    ],
    ['a short commit', commit, 'abc1234', '40 hex digits'],
    ['a branch without its whole ref', 'refs/heads/main', 'main', 'whole ref'],
    ['an id without quotes', "id: '42'", 'id: 42', 'expected string'],
    ['an unknown key', 'version: 1', 'version: 1\nrequired: true', 'Unrecognized key'],
    ['an age without unit', 'maximum-age: 30d', 'maximum-age: 30', 'expected string'],
    ['a policy for an SBOM', 'maximum-age: 30d }', 'maximum-age: 30d, policy: x }', 'Only a gate has a policy'],
    ['a workflow by name only', `workflow: ${library}/build.yml`, 'workflow: build.yml', 'owner/name/.github'],
    ['a stage that requires nothing', '      - { evidence: load-test, by: deploy }', '      []', 'Too small'],
  ])('with %s is refused', (_, from, to, message) => {
    const result = read(policyText.replace(from, to));
    expect('problems' in result && result.problems.map((problem) => problem.message).join('\n')).toContain(message);
  });
});

import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { signingWorld, statementAbout } from '../../../test/support/signed.ts';
import { workflowClaims } from '../../../test/support/workflow-claims.ts';
import { TokenIssuer, type Claims } from './issuer.ts';

const world = signingWorld();

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; content: unknown }> {
  const answer = await fetch(`${world().sigstore.fulcioUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, content: text.startsWith('{') ? JSON.parse(text) : text };
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function keyPair(namedCurve = 'P-256'): KeyPair {
  return generateKeyPairSync('ec', { namedCurve });
}

interface Asked {
  readonly keys?: KeyPair;
  /** Who signs the proof that the key is held. */
  readonly signer?: KeyPair;
  readonly bearer?: boolean;
}

/** Asks the certificate authority for a certificate with a token. */
function certify(token: string, { keys = keyPair(), signer, bearer = false }: Asked = {}): ReturnType<typeof post> {
  const subject = String(workflowClaims().sub);
  const publicKeyRequest = {
    publicKey: { algorithm: 'ECDSA', content: keys.publicKey.export({ type: 'spki', format: 'pem' }) },
    proofOfPossession: sign('sha256', Buffer.from(subject), (signer ?? keys).privateKey).toString('base64'),
  };
  const request = bearer ? { publicKeyRequest } : { credentials: { oidcIdentityToken: token }, publicKeyRequest };
  return post('/api/v2/signingCert', request, bearer ? { authorization: `Bearer ${token}` } : {});
}

const token = (changes: Claims = {}): string => world().sigstore.oidc.issueToken(workflowClaims(changes));

describe('the certificate authority', () => {
  it.each([
    ['in the body, as @sigstore/sign sends it', false],
    ['in the header, as cosign sends it', true],
  ])('takes a token %s and issues a certificate of ten minutes with its chain', async (_, bearer) => {
    const { status, content } = await certify(token(), { bearer });
    const { certificates } = (content as { signedCertificateEmbeddedSct: { chain: { certificates: string[] } } })
      .signedCertificateEmbeddedSct.chain;
    const [leaf, root] = certificates.map((pem) => new X509Certificate(pem));
    expect(status).toBe(200);
    expect(leaf!.checkIssued(root!)).toBe(true);
    expect(Date.parse(leaf!.validTo) - Date.parse(leaf!.validFrom)).toBe(600_000);
    expect(leaf!.subjectAltName).toBe(`URI:https://github.com/${workflowClaims().job_workflow_ref}`);
  });

  it.each<[string, () => string, number, string]>([
    ['of another key', () => new TokenIssuer().issueToken(workflowClaims()), 401, 'not signed by the issuer'],
    ['of another issuer', () => token({ iss: 'https://issuer.example' }), 401, 'of another issuer'],
    ['for another audience', () => token({ aud: 'https://cloud.example' }), 401, 'not for the audience sigstore'],
    ['that has expired', () => token({ exp: 1 }), 401, 'has expired'],
    ['that is not yet good', () => token({ nbf: 9_999_999_999 }), 401, 'not yet good'],
    ['with more parts than a token has', () => `${token()}.x`, 401, 'not signed'],
    ['that is none', () => '', 401, 'not signed'],
    ['that was changed', () => changed(token()), 401, 'not signed by the issuer'],
    [
      'without a claim that a certificate needs',
      () => token({ job_workflow_sha: undefined as unknown as string }),
      400,
      'no claim job_workflow_sha',
    ],
  ])('refuses a token %s', async (_, make, status, message) => {
    expect(await certify(make())).toMatchObject({
      status,
      content: { message: expect.stringContaining(message) as unknown },
    });
  });

  it('refuses a key that the asker does not hold, and one that is no P-256 key', async () => {
    expect(await certify(token(), { signer: keyPair() })).toMatchObject({ status: 400 });
    expect(await certify(token(), { keys: keyPair('P-384') })).toMatchObject({ status: 400 });
    expect(await post('/api/v2/signingCert', '[')).toMatchObject({ status: 400 });
    expect(await post('/api/v2/signingCert', { credentials: { oidcIdentityToken: token() } })).toMatchObject({
      status: 400,
    });
  });

  it('writes the claims of the token into the certificate as the real one does for GitHub', async () => {
    const statement = statementAbout('0'.repeat(64), 'https://example.com/p');
    const { identity } = world().verify(await world().sign(statement, { environment: 'production' }));
    expect(identity).toEqual({
      issuer: 'https://token.actions.githubusercontent.com',
      name: 'https://github.com/slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1.2.3',
      buildSignerUri: 'https://github.com/slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1.2.3',
      buildSignerDigest: '5'.repeat(40),
      runnerEnvironment: 'github-hosted',
      sourceRepositoryUri: 'https://github.com/acme/game',
      sourceRepositoryDigest: '4'.repeat(40),
      sourceRepositoryRef: 'refs/heads/main',
      sourceRepositoryId: '101',
      sourceRepositoryOwnerUri: 'https://github.com/acme',
      sourceRepositoryOwnerId: '7',
      buildConfigUri: 'https://github.com/acme/game/.github/workflows/release.yml@refs/heads/main',
      buildConfigDigest: '4'.repeat(40),
      buildTrigger: 'push',
      runInvocationUri: 'https://github.com/acme/game/actions/runs/42/attempts/1',
      sourceRepositoryVisibility: 'public',
      deploymentEnvironment: 'production',
    });
  });
});

describe('the log', () => {
  const entry = (spec: object, kind = 'dsse'): object => ({ apiVersion: '0.0.1', kind, spec });
  const proposal = (envelope: object, ...verifiers: string[]): object =>
    entry({ proposedContent: { envelope: JSON.stringify(envelope), verifiers } });
  const verifier = (key: KeyObject): string =>
    Buffer.from(key.export({ type: 'spki', format: 'pem' })).toString('base64');
  const keys = keyPair();
  const envelope = {
    payloadType: 'text/plain',
    payload: Buffer.from('hello').toString('base64'),
    signatures: [
      { sig: sign('sha256', Buffer.from('DSSEv1 10 text/plain 5 hello'), keys.privateKey).toString('base64') },
    ],
  };

  it('takes an envelope whose signature holds, and keeps hashes of it', async () => {
    const { status, content } = await post('/api/v1/log/entries', proposal(envelope, verifier(keys.publicKey)));
    expect(status).toBe(201);
    const [{ body }] = Object.values(content as object) as [{ body: string }];
    expect(JSON.parse(Buffer.from(body, 'base64').toString())).toEqual({
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        envelopeHash: { algorithm: 'sha256', value: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
        payloadHash: { algorithm: 'sha256', value: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
        signatures: [{ signature: envelope.signatures[0]!.sig, verifier: verifier(keys.publicKey) }],
      },
    });
  });

  it.each<[string, () => object]>([
    ['by another key', () => proposal(envelope, verifier(keyPair().publicKey))],
    ['with two verifiers', () => proposal(envelope, verifier(keys.publicKey), verifier(keys.publicKey))],
    ['without a signature', () => proposal({ ...envelope, signatures: [] }, verifier(keys.publicKey))],
    ['of another kind', () => entry({}, 'hashedrekord')],
    ['without content', () => entry({})],
  ])('refuses an entry %s', async (_, make) => {
    expect(await post('/api/v1/log/entries', make())).toMatchObject({ status: 400 });
  });
});

describe('the rest', () => {
  it('refuses a time-stamp query that is none', async () => {
    const answer = await post('/api/v1/timestamp', 'x', { 'content-type': 'application/timestamp-query' });
    expect(answer).toMatchObject({ status: 400, content: { message: 'the request is no time-stamp query' } });
  });

  it('publishes the key that checks the tokens', async () => {
    const answer = await fetch(world().sigstore.oidc.jwksUrl);
    expect(await answer.json()).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] });
  });

  it('answers 404 elsewhere', async () => {
    expect(await post('/', {})).toMatchObject({ status: 404 });
  });

  it('writes files without any field that cosign does not know', async () => {
    const read = async (path: string): Promise<object> => JSON.parse(await readFile(path, 'utf8')) as object;
    expect(Object.keys(await read(world().sigstore.trustedRootPath))).toEqual([
      'mediaType',
      'tlogs',
      'certificateAuthorities',
      'ctlogs',
      'timestampAuthorities',
    ]);
    expect(Object.keys(await read(world().sigstore.signingConfigPath))).toEqual([
      'mediaType',
      'caUrls',
      'oidcUrls',
      'rekorTlogUrls',
      'rekorTlogConfig',
      'tsaUrls',
      'tsaConfig',
    ]);
  });
});

/** The token with one more claim, and the old signature. */
function changed(original: string): string {
  const [header, payload = '', signature] = original.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const altered = Buffer.from(JSON.stringify({ ...claims, repository: 'evil/game' })).toString('base64url');
  return [header, altered, signature].join('.');
}

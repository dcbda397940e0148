import { describe, expect, it } from '@jest/globals';
import { answer } from '../../test/support/fake-registry.ts';
import { signingWorld, statementAbout } from '../../test/support/signed.ts';
import { workflowClaims } from '../../test/support/workflow-claims.ts';
import { realHttp } from '../action/http.ts';
import { TooLargeError, type Clock, type Http, type HttpResponse } from '../effects/effects.ts';
import { signChecked } from './checked.ts';
import { expectedIdentity, readClaims } from './claims.ts';
import { keylessSigner, type SignStatement } from './sign.ts';
import type { SigningServices } from './services.ts';

const world = signingWorld();
/** Pauses take no time here. */
const clock: Clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const statement = Buffer.from(JSON.stringify(statementAbout('a'.repeat(64), 'https://example.com/predicate')));

const certificates = '/api/v2/signingCert';
const log = '/api/v1/log/entries';
const timestamps = '/api/v1/timestamp';

interface Setup {
  /** Answers instead of a service: by the path of the request. */
  readonly instead?: (path: string, request: { method: string; url: string }) => HttpResponse | Error | undefined;
  readonly token?: () => Promise<string>;
  readonly services?: Partial<SigningServices>;
}

const token = (): string => world().sigstore.oidc.issueToken(workflowClaims());

async function signer({ instead, token: give, services = {} }: Setup = {}): Promise<SignStatement> {
  const { fulcioUrl, rekorUrl, tsaUrl } = world().sigstore;
  const http: Http = (url, options = {}) => {
    const given = instead?.(new URL(url).pathname, { method: options.method ?? 'GET', url });
    if (given === undefined) return realHttp(url, options);
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  const all = { fulcio: fulcioUrl, rekor: rekorUrl, timestamp: tsaUrl, isPublic: false, ...services };
  return keylessSigner({ http, clock }, all, give ?? (() => Promise.resolve(token())));
}

describe('a signature', () => {
  it('is a bundle of version 0.3 with one signature, one log entry and one timestamp', async () => {
    const bundle = JSON.parse(Buffer.from(await (await signer())(statement)).toString()) as object;
    expect(bundle).toMatchObject({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      dsseEnvelope: {
        payload: statement.toString('base64'),
        payloadType: 'application/vnd.in-toto+json',
        signatures: [{ sig: expect.any(String) as unknown }],
      },
      verificationMaterial: {
        certificate: {},
        tlogEntries: [{ kindVersion: { kind: 'dsse', version: '0.0.1' } }],
        timestampVerificationData: { rfc3161Timestamps: [{}] },
      },
    });
    expect(JSON.stringify(bundle)).not.toContain('keyid"');
    expect(Object.keys(bundle).sort()).toEqual(['dsseEnvelope', 'mediaType', 'verificationMaterial']);
  });

  it('needs no timestamp authority: the log vouches for the time', async () => {
    const { fulcioUrl, rekorUrl } = world().sigstore;
    const services = { fulcio: fulcioUrl, rekor: rekorUrl, isPublic: false };
    const network = { http: realHttp, clock };
    const bundle = await (await keylessSigner(network, services, () => Promise.resolve(token())))(statement);
    const { signedAt } = world().verify(bundle);
    expect(Math.abs(signedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('is found in the log when the log took the entry and the answer was cut off', async () => {
    let taken: Uint8Array | undefined;
    const { fulcioUrl, rekorUrl } = world().sigstore;
    const cutting: Http = async (url, options) => {
      const isEntry = url === `${rekorUrl}${log}`;
      if (isEntry && taken !== undefined) return answer(409, '', { location: `${log}/uuid` });
      if (url === `${rekorUrl}${log}/uuid`) return answer(200, taken);
      const response = await realHttp(url, options);
      if (!isEntry) return response;
      taken = response.body;
      throw new Error('socket hang up');
    };
    const services = { fulcio: fulcioUrl, rekor: rekorUrl, isPublic: false };
    const signCut = await keylessSigner({ http: cutting, clock }, services, () => Promise.resolve(token()));
    expect(world().verify(await signCut(statement))).toMatchObject({ payload: statement });
  });
});

describe('a service that fails', () => {
  const down = new Error('connect ECONNREFUSED');
  it.each<[string, string, HttpResponse | Error, string, RegExp]>([
    [
      'the certificate authority does not answer',
      certificates,
      down,
      'unreachable',
      /^The certificate authority is out of reach: 127\.0\.0\.1:\d+ gave no usable answer: connect ECONNREFUSED\.$/,
    ],
    [
      'the certificate authority is broken',
      certificates,
      answer(500, 's3cret'),
      'unreachable',
      /certificate authority .*: it answered 500/,
    ],
    [
      'the certificate authority refuses',
      certificates,
      answer(400, '{"message":"s3cret"}'),
      'refused',
      /^The certificate authority 127\.0\.0\.1:\d+ refused the request \(400\)\.$/,
    ],
    [
      'the certificate authority answers nonsense',
      certificates,
      answer(200, 's3cret'),
      'unreachable',
      /not of its API/,
    ],
    [
      'the certificate authority gives no certificate',
      certificates,
      answer(200, '{}'),
      'unreachable',
      /not of its API/,
    ],
    [
      'the certificate is none',
      certificates,
      answer(200, '{"signedCertificateEmbeddedSct":{"chain":{"certificates":["x"]}}}'),
      'unreachable',
      /not of its API/,
    ],
    ['the log says too much', log, new TooLargeError('The answer', 1), 'unreachable', /^The log gave an answer/],
    ['the log does not answer', log, down, 'unreachable', /^The log is out of reach/],
    ['the log is busy', log, answer(429), 'unreachable', /it answered 429/],
    ['the log refuses', log, answer(413), 'refused', /^The log .* \(413\)\.$/],
    [
      'the log answers nonsense',
      log,
      answer(201, '{"uuid":{"body":"e30="}}'),
      'unreachable',
      /^The log gave an answer/,
    ],
    ['the log gives no entry', log, answer(201, '[]'), 'unreachable', /^The log gave an answer/],
    [
      'the timestamp authority does not answer',
      timestamps,
      down,
      'unreachable',
      /^The timestamp authority is out of reach/,
    ],
  ])('%s', async (_, path, failure, rule, message) => {
    const sign = await signer({ instead: (asked) => (asked === path ? failure : undefined) });
    const error = await sign(statement).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ rule: { id: `signing/service-${rule}`, outcome: 'inconclusive' } });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('s3cret');
  });

  it('is not asked when there is no token, and the reason stays', async () => {
    const reason = new Error('Add `id-token: write`.');
    const sign = await signer({ token: () => Promise.reject(reason) });
    await expect(sign(statement)).rejects.toBe(reason);
  });
});

describe('the check of what was just signed', () => {
  const expected = (): ReturnType<typeof expectedIdentity> => expectedIdentity(readClaims(token()), '');

  it('passes what this run signed', async () => {
    const sign = await signer();
    expect(await signChecked(statement, sign, world().verify, expected())).toMatchObject({
      verified: { payload: statement },
    });
  });

  it.each<[string, () => Promise<SignStatement>, string]>([
    [
      'in the name of another repository',
      () =>
        signer({
          token: () =>
            Promise.resolve(world().sigstore.oidc.issueToken(workflowClaims({ repository: 'stranger/game' }))),
        }),
      'The sourceRepositoryUri of the signer is https://github.com/stranger/game, not https://github.com/acme/game.',
    ],
    [
      'in the name of another workflow',
      () =>
        signer({
          token: () =>
            Promise.resolve(
              world().sigstore.oidc.issueToken(
                workflowClaims({ job_workflow_ref: 'a/b/.github/workflows/c.yml@refs/heads/d' }),
              ),
            ),
        }),
      'The name of the signer is https://github.com/a/b/.github/workflows/c.yml@refs/heads/d',
    ],
    [
      'of another statement',
      async () => {
        const sign = await signer();
        return () => sign(Buffer.from(JSON.stringify(statementAbout('b'.repeat(64), 'https://example.com/predicate'))));
      },
      'It is of another statement.',
    ],
    [
      'that is none',
      () => Promise.resolve(() => Promise.resolve(Buffer.from('{}'))),
      'It is no complete Sigstore bundle.',
    ],
  ])('refuses one %s', async (_, make, reason) => {
    const error = await signChecked(statement, await make(), world().verify, expected()).catch(
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toMatchObject({ rule: { id: 'signing/self-check-failed', outcome: 'fail' } });
    expect((error as Error).message).toContain(reason);
  });

  it('leaves every other failure as it is', async () => {
    const broken = new Error('broken');
    const sign = await signer();
    const verify = (): never => {
      throw broken;
    };
    await expect(signChecked(statement, sign, verify, expected())).rejects.toBe(broken);
  });
});

import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { initializeCA } from '@sigstore/mock';
import { json, jsonBody, Refusal, type Handle, type ServiceRequest } from './http-service.ts';
import type { Claims, TokenIssuer } from './issuer.ts';

type CertificateAuthority = Awaited<ReturnType<typeof initializeCA>>;

const arc = '1.3.6.1.4.1.57264.1';
const server = 'https://github.com';

/** Older extensions, whose values are bare text. */
const bareExtensions: Readonly<Record<number, string>> = {
  1: '{iss}',
  2: '{event_name}',
  3: '{sha}',
  4: '{workflow}',
  5: '{repository}',
  6: '{ref}',
};

/** Extensions as DER UTF8String, by their number: sigstore/fulcio, config/identity/config.yaml, `github-workflow`. */
const extensions: Readonly<Record<number, string>> = {
  8: '{iss}',
  9: `${server}/{job_workflow_ref}`,
  10: '{job_workflow_sha}',
  11: '{runner_environment}',
  12: `${server}/{repository}`,
  13: '{sha}',
  14: '{ref}',
  15: '{repository_id}',
  16: `${server}/{repository_owner}`,
  17: '{repository_owner_id}',
  18: `${server}/{workflow_ref}`,
  19: '{workflow_sha}',
  20: '{event_name}',
  21: `${server}/{repository}/actions/runs/{run_id}/attempts/{run_attempt}`,
  22: '{repository_visibility}',
  23: '{environment}',
  24: '{sub}',
};
const subjectAlternativeName = `${server}/{job_workflow_ref}`;

interface CertificateRequest {
  readonly credentials: { readonly oidcIdentityToken?: string };
  readonly publicKeyRequest: {
    readonly publicKey: { readonly content: string };
    readonly proofOfPossession: string;
  };
}

/**
 * Stands in for Fulcio (`POST /api/v2/signingCert`): checks the identity token and that the key is held, and issues a
 * certificate of ten minutes that names the workflow exactly as the real one does for GitHub.
 */
export function fulcioHandler(authority: CertificateAuthority, issuer: TokenIssuer): Handle {
  return async (request) => {
    const { credentials, publicKeyRequest } = jsonBody<CertificateRequest>(request);
    const claims = issuer.claimsOf(credentials?.oidcIdentityToken ?? bearerToken(request), 'sigstore');
    if (typeof claims === 'string') throw new Refusal(401, claims);
    const key = readKey(publicKeyRequest?.publicKey.content);
    const proof = Buffer.from(publicKeyRequest?.proofOfPossession ?? '', 'base64');
    if (!verify('sha256', Buffer.from(String(claims.sub)), key, proof)) {
      throw new Refusal(400, 'the signature over the subject is not by the key');
    }
    const certificate = await authority.issueCertificate({
      publicKey: key.export({ type: 'spki', format: 'der' }),
      subjectAltName: filled(subjectAlternativeName, claims),
      extensions: [...rendered(bareExtensions, claims, true), ...rendered(extensions, claims, false)],
    });
    const chain = [certificate, authority.rootCertificate].map((der) => toPem(der));
    return json(200, { signedCertificateEmbeddedSct: { chain: { certificates: chain } } });
  };
}

function bearerToken({ headers }: ServiceRequest): string {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
}

function readKey(pem: string | undefined): KeyObject {
  try {
    const key = createPublicKey(pem ?? '');
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, 'the public key is no P-256 key');
}

function rendered(
  templates: Readonly<Record<number, string>>,
  claims: Claims,
  legacy: boolean,
): { oid: string; value: string; legacy: boolean }[] {
  return Object.entries(templates)
    .map(([number, template]) => ({ oid: `${arc}.${number}`, value: filled(template, claims), legacy }))
    .filter(({ value }) => value !== '');
}

/** The template with its claims; the real one refuses a token without one of them too. Only `environment` may be absent. */
function filled(template: string, claims: Claims): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = claims[name] ?? (name === 'environment' ? '' : undefined);
    if (value === undefined) throw new Refusal(400, `the token has no claim ${name}`);
    return String(value);
  });
}

/** RFC 7468. */
function toPem(der: ArrayBufferView): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

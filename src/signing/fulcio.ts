import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import type { Network } from '../effects/retry.ts';
import { askService, jsonIn, strangeAnswer } from './ask.ts';
import { subjectOf } from './claims.ts';

/** A key that lives as long as this value, and the certificate that says whose it is. */
export interface CertifiedKey {
  readonly certificate: X509Certificate;
  /** ECDSA over P-256 with SHA-256, as DER. */
  sign(data: Uint8Array): Buffer;
}

const service = 'certificate authority';

/**
 * Makes a key and has Fulcio certify it (sigstore/fulcio, fulcio.proto, `CreateSigningCertificate`).
 * @param token identity token for the audience `sigstore`
 * @throws SigningError
 */
export async function certifiedKey(network: Network, fulcio: string, token: string): Promise<CertifiedKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const proof = sign('sha256', Buffer.from(subjectOf(token)), privateKey);
  const request = {
    credentials: { oidcIdentityToken: token },
    publicKeyRequest: {
      publicKey: { algorithm: 'ECDSA', content: publicKey.export({ type: 'spki', format: 'pem' }) },
      proofOfPossession: proof.toString('base64'),
    },
  };
  const answer = await askService(network, service, `${fulcio}/api/v2/signingCert`, [200, 201], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return { certificate: leafIn(jsonIn(answer, service)), sign: (data) => sign('sha256', data, privateKey) };
}

/** The first certificate of the chain. One without the proof of its certificate log inside would not verify. */
function leafIn(answer: Record<string, unknown>): X509Certificate {
  const { signedCertificateEmbeddedSct: signed } = answer as {
    signedCertificateEmbeddedSct?: { chain?: { certificates?: unknown[] } };
  };
  const pem = signed?.chain?.certificates?.[0];
  try {
    if (typeof pem === 'string') return new X509Certificate(pem);
  } catch {
    // Said below.
  }
  throw strangeAnswer(service);
}

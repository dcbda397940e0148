import { createHash, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import type { initializeTLog } from '@sigstore/mock';
import { json, jsonBody, Refusal, type Handle } from './http-service.ts';

type Log = Awaited<ReturnType<typeof initializeTLog>>;

/** A proposed entry of kind `dsse` (sigstore/rekor, pkg/types/dsse/v0.0.1). */
interface ProposedEntry {
  readonly kind: string;
  readonly apiVersion: string;
  readonly spec: { readonly proposedContent?: { readonly envelope: string; readonly verifiers: readonly string[] } };
}

interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly sig: string }[];
}

/**
 * Stands in for Rekor (`POST /api/v1/log/entries`). It takes what gates and cosign sign, `dsse` entries, and refuses all
 * else. As the real log does, it checks the signature first and keeps hashes instead of the content.
 */
export function rekorHandler(log: Log): Handle {
  return async (request) => {
    const { kind, apiVersion, spec } = jsonBody<ProposedEntry>(request);
    const proposed = spec?.proposedContent;
    if (kind !== 'dsse' || apiVersion !== '0.0.1' || proposed === undefined) {
      throw new Refusal(400, 'this log takes only entries of kind dsse 0.0.1');
    }
    const body = { apiVersion, kind, spec: canonical(proposed.envelope, proposed.verifiers) };
    const entry = (await log.log(body)) as Record<string, unknown>;
    const [uuid = ''] = Object.keys(entry);
    return json(201, entry, { etag: uuid, location: `/api/v1/log/entries/${uuid}` });
  };
}

function canonical(envelopeText: string, verifiers: readonly string[]): object {
  const { payloadType, payload, signatures } = JSON.parse(envelopeText) as Envelope;
  const [signature, ...more] = signatures;
  const [verifier, ...others] = verifiers;
  if (signature === undefined || verifier === undefined || more.length > 0 || others.length > 0) {
    throw new Refusal(400, 'this log takes one signature and one verifier');
  }
  const content = Buffer.from(payload, 'base64');
  const encoded = Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${content.length} `),
    content,
  ]);
  if (!verify('sha256', encoded, keyOf(verifier), Buffer.from(signature.sig, 'base64'))) {
    throw new Refusal(400, 'the signature does not verify');
  }
  return {
    envelopeHash: hashOf(Buffer.from(envelopeText)),
    payloadHash: hashOf(content),
    signatures: [{ signature: signature.sig, verifier }],
  };
}

function keyOf(verifier: string): KeyObject {
  const pem = Buffer.from(verifier, 'base64').toString('utf8');
  return pem.includes('BEGIN CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}

function hashOf(content: Buffer): { algorithm: string; value: string } {
  return { algorithm: 'sha256', value: createHash('sha256').update(content).digest('hex') };
}

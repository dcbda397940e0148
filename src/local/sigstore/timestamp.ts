import { tsaHandler, type initializeTSA } from '@sigstore/mock';
import { TimeStampReq } from 'pkijs';
import { Refusal, type Handle } from './http-service.ts';

type TimestampAuthority = Awaited<ReturnType<typeof initializeTSA>>;

/** Policy under which the authority says to work: the one of Sigstore's (sigstore/fulcio, docs/oid-info.md). */
const policy = '1.3.6.1.4.1.57264.2';

/**
 * Stands in for Sigstore's timestamp authority (`POST /api/v1/timestamp`), which takes a request in JSON, as
 * @sigstore/sign sends it, or as DER (RFC 3161), as cosign sends it.
 * @param clock the authority's clock; it is set to the whole second, because verifiers disagree on fractions
 */
export function timestampHandler(authority: TimestampAuthority, clock: Date): Handle {
  const { fn } = tsaHandler(authority);
  return async ({ headers, body }) => {
    clock.setTime(Math.floor(Date.now() / 1000) * 1000);
    if (headers['content-type'] === 'application/timestamp-query') {
      const { messageImprint, nonce, certReq } = readQuery(body);
      if (nonce !== undefined) throw new Refusal(400, 'this authority repeats no nonce');
      const timestamp = await authority.timestamp({
        artifactHash: Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView),
        hashAlgorithmOID: messageImprint.hashAlgorithm.algorithmId,
        nonce: 0,
        policyOID: policy,
        certReq: certReq ?? false,
      });
      return { status: 201, type: 'application/timestamp-reply', body: bufferOf(timestamp) };
    }
    const { statusCode, response, contentType } = await fn(body.toString('utf8'));
    return { status: statusCode, type: contentType ?? 'text/plain', body: response as string | Buffer };
  };
}

function readQuery(der: Buffer): TimeStampReq {
  try {
    return TimeStampReq.fromBER(der);
  } catch {
    throw new Refusal(400, 'the request is no time-stamp query');
  }
}

function bufferOf(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

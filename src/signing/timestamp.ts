import { createHash } from 'node:crypto';
import type { Network } from '../effects/retry.ts';
import { askService } from './ask.ts';

/**
 * Has a timestamp authority vouch for the time of a signature (sigstore/timestamp-authority, which takes JSON in place
 * of RFC 3161's query).
 * @param url whole address
 * @returns the time-stamp response, DER
 * @throws SigningError
 */
export async function timestampOf(network: Network, url: string, signature: Uint8Array): Promise<Buffer> {
  const request = {
    artifactHash: createHash('sha256').update(signature).digest('base64'),
    hashAlgorithm: 'sha256',
  };
  const answer = await askService(network, 'timestamp authority', url, [200, 201], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return Buffer.from(answer.body);
}

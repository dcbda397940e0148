import type { Network } from '../effects/retry.ts';
import { certifiedSigner } from './fulcio.ts';
import { logEntry } from './rekor.ts';
import type { SigningServices } from './services.ts';
import { payloadType } from './statement.ts';
import { timestampOf } from './timestamp.ts';

/** Media type of a bundle, in a file and as a layer of a referrer. */
export const bundleMediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Signs one statement and gives its Sigstore bundle as JSON. */
export type SignStatement = (statement: Uint8Array) => Promise<Uint8Array>;

/**
 * Signs without a key of one's own: a certificate for the workflow's identity, an entry in the log, and a timestamp
 * where there is an authority. Every statement gets a key, a token and a certificate of its own. It goes over our own
 * requests because those of @sigstore/sign cannot be cancelled and would be more than a third of `dist/`.
 * @param identityToken gives a token for the audience `sigstore`; asked for when it is needed, because it is short-lived
 */
export async function keylessSigner(
  network: Network,
  services: SigningServices,
  identityToken: () => Promise<string>,
): Promise<SignStatement> {
  const { bundleToJSON, envelopeToJSON, toDSSEBundle } = await import('@sigstore/bundle');
  return async (statement) => {
    const signer = await certifiedSigner(network, services.fulcio, await identityToken());
    const signature = signer.sign(preAuthEncoding(statement));
    const bundle = toDSSEBundle({
      artifact: Buffer.from(statement),
      artifactType: payloadType,
      signature,
      certificate: signer.certificate.raw,
    });
    const envelope = JSON.stringify(envelopeToJSON(bundle.content.dsseEnvelope));
    const material = bundle.verificationMaterial;
    material.tlogEntries = [await logEntry(network, services.rekor, envelope, signer.certificate.toString())];
    material.timestampVerificationData = {
      rfc3161Timestamps:
        services.timestamp === undefined
          ? []
          : [{ signedTimestamp: await timestampOf(network, services.timestamp, signature) }],
    };
    return Buffer.from(JSON.stringify(bundleToJSON(bundle)));
  };
}

/** What is signed in place of a statement (secure-systems-lab/dsse, protocol.md, "PAE"). */
function preAuthEncoding(payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

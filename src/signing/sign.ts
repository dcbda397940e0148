import type { Bundle } from '@sigstore/bundle';
import type { Signer, Witness } from '@sigstore/sign';
import type { Network } from '../effects/retry.ts';
import { certifiedKey } from './fulcio.ts';
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
 * where there is an authority. Every statement gets a key, a token and a certificate of its own. The bundle is built by
 * @sigstore/sign; its clients for the services are not used, because their requests cannot be cancelled, one of their
 * errors holds the token, and their HTTP stack would be a third of `dist/`.
 * @param identityToken gives a token for the audience `sigstore`; asked for when it is needed, because it is short-lived
 */
export async function keylessSigner(
  network: Network,
  services: SigningServices,
  identityToken: () => Promise<string>,
): Promise<SignStatement> {
  const { DSSEBundleBuilder } = await import('@sigstore/sign/dist/bundler/dsse.js');
  const { bundleToJSON, envelopeToJSON } = await import('@sigstore/bundle');

  const signer: Signer = {
    sign: async (data) => {
      const key = await certifiedKey(network, services.fulcio, await identityToken());
      return { signature: key.sign(data), key: { $case: 'x509Certificate', certificate: key.certificate.toString() } };
    },
  };
  const log: Witness = {
    testify: async (content, certificate) => {
      const envelope = JSON.stringify(envelopeToJSON(envelopeIn(content)));
      return { tlogEntries: [await logEntry(network, services.rekor, envelope, certificate)] };
    },
  };
  const clock = (url: string): Witness => ({
    testify: async (content) => {
      const signature = envelopeIn(content).signatures[0]?.sig ?? Buffer.of();
      return { rfc3161Timestamps: [{ signedTimestamp: await timestampOf(network, url, signature) }] };
    },
  });
  const witnesses = services.timestamp === undefined ? [log] : [log, clock(services.timestamp)];

  return async (statement) => {
    const builder = new DSSEBundleBuilder({ signer, witnesses });
    const bundle = await builder.create({ data: Buffer.from(statement), type: payloadType });
    return Buffer.from(JSON.stringify(bundleToJSON(bundle)));
  };
}

type Envelope = Extract<Bundle['content'], { $case: 'dsseEnvelope' }>['dsseEnvelope'];

function envelopeIn(content: Bundle['content']): Envelope {
  if (content.$case !== 'dsseEnvelope') throw new Error('a statement is signed as an envelope');
  return content.dsseEnvelope;
}

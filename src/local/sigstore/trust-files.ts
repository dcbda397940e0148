import { createHash } from 'node:crypto';

/** Keys and certificates of the services, DER. */
export interface ServiceKeys {
  readonly authorityRoot: Uint8Array;
  readonly certificateLogKey: Uint8Array;
  readonly logKey: Uint8Array;
  readonly timestampLeaf: Uint8Array;
  readonly timestampRoot: Uint8Array;
}

/**
 * A trusted root (sigstore/protobuf-specs, sigstore_trustroot.proto) that both cosign and @sigstore/verify read; cosign
 * is the stricter of the two and refuses unknown fields.
 * @param url base address of all services
 * @param start since when they are trusted
 */
export function trustedRoot(keys: ServiceKeys, url: string, start: Date): object {
  const validFor = { start: start.toISOString() };
  const log = (publicKey: Uint8Array): object => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: base64(publicKey), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: createHash('sha256').update(publicKey).digest('base64') },
  });
  const authority = (...chain: Uint8Array[]): object => ({
    subject: { organization: 'slipway.localhost', commonName: 'loopback' },
    uri: url,
    certChain: { certificates: chain.map((certificate) => ({ rawBytes: base64(certificate) })) },
    validFor,
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(keys.logKey)],
    certificateAuthorities: [authority(keys.authorityRoot)],
    ctlogs: [log(keys.certificateLogKey)],
    timestampAuthorities: [authority(keys.timestampLeaf, keys.timestampRoot)],
  };
}

/** A signing configuration that names the services, for cosign and for us. */
export function signingConfig(url: string, start: Date): object {
  const service = (path = ''): object[] => [
    {
      url: `${url}${path}`,
      majorApiVersion: 1,
      validFor: { start: start.toISOString() },
      operator: 'slipway.localhost',
    },
  ];
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: service(),
    oidcUrls: [],
    rekorTlogUrls: service(),
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: service('/api/v1/timestamp'),
    tsaConfig: { selector: 'ANY' },
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

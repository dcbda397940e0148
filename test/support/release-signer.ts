import { generateKeyPairSync, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundleToJSON } from '@sigstore/bundle';
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, rekorHandler } from '@sigstore/mock';
import { FulcioSigner, MessageSignatureBundleBuilder, RekorWitness } from '@sigstore/sign';

/** Signs files as a project's release workflow does, with a certificate authority and a log of its own. */
export interface ReleaseSigner {
  /** A Sigstore bundle over a file, as JSON. */
  sign(file: Buffer): Promise<string>;
  /** The trusted root that knows this signer's authority and log, as JSON. */
  readonly trustedRoot: string;
  stop(): Promise<void>;
}

/**
 * @param identity URL of the workflow that signs
 * @param issuer URL of who vouches for it
 */
export async function startReleaseSigner(identity: string, issuer: string): Promise<ReleaseSigner> {
  const keys = (): ReturnType<typeof generateKeyPairSync> => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const start = new Date(Date.now() - 60_000).toISOString();
  const certificateLog = await initializeCTLog(keys());
  const authority = await initializeCA(keys(), certificateLog);
  const log = await initializeTLog('https://rekor.test', keys());
  const handlers = [fulcioHandler(authority), rekorHandler(log)];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const answer = await handlers
        .find(({ path }) => path === request.url)
        ?.fn(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(answer?.statusCode ?? 404, { 'content-type': answer?.contentType ?? 'text/plain' });
      response.end(answer?.response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = ['{}', JSON.stringify({ sub: identity, iss: issuer, aud: 'sigstore' }), '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const bundler = new MessageSignatureBundleBuilder({
    signer: new FulcioSigner({ fulcioBaseURL: url, identityProvider: { getToken: () => Promise.resolve(token) } }),
    witnesses: [new RekorWitness({ rekorBaseURL: url })],
  });
  const logKey = (publicKey: Buffer, baseUrl: string): object => ({
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: publicKey.toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start },
    },
    logId: { keyId: createHash('sha256').update(publicKey).digest('base64') },
  });
  const root = Buffer.from(authority.rootCertificate.buffer);
  return {
    sign: async (file) => JSON.stringify(bundleToJSON(await bundler.create({ data: file }))),
    trustedRoot: JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      certificateAuthorities: [
        { certChain: { certificates: [{ rawBytes: root.toString('base64') }] }, validFor: { start } },
      ],
      tlogs: [logKey(log.publicKey, 'https://rekor.test')],
      ctlogs: [logKey(certificateLog.publicKey, 'https://ctfe.test')],
      timestampAuthorities: [],
    }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

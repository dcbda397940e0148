import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initializeCA, initializeCTLog, initializeTLog, initializeTSA } from '@sigstore/mock';
import { fulcioHandler } from './fulcio.ts';
import { json, startService } from './http-service.ts';
import { TokenIssuer, type Claims } from './issuer.ts';
import { rekorHandler } from './rekor.ts';
import { timestampHandler } from './timestamp.ts';
import { signingConfig, trustedRoot } from './trust-files.ts';

/** Signing services on this machine, and the files that make cosign and Slipway use and trust them. */
export interface Sigstore {
  readonly trustedRootPath: string;
  readonly signingConfigPath: string;
  readonly fulcioUrl: string;
  readonly rekorUrl: string;
  /** The whole path of the timestamp authority. */
  readonly tsaUrl: string;
  readonly oidc: {
    /** An identity token as a workflow would get it; see {@link TokenIssuer.issueToken}. */
    issueToken(claims: Claims): string;
    readonly jwksUrl: string;
  };
  readonly close: () => Promise<void>;
}

const minute = 60_000;

/**
 * Starts stand-ins for Fulcio, Rekor, the timestamp authority and GitHub's token issuer, on the parts of @sigstore/mock.
 * Keys are new at every start and live in memory only.
 * @param folder where `trusted_root.json` and `signing_config.json` are written
 */
export async function startSigstore(folder: string): Promise<Sigstore> {
  const service = await startService();
  const { url } = service;
  const since = new Date(Date.now() - minute);
  const clock = new Date();
  const issuer = new TokenIssuer();
  const certificateLog = await initializeCTLog(keyPair());
  const authority = await initializeCA(keyPair(), certificateLog);
  const log = await initializeTLog(url, keyPair());
  const timestamps = await initializeTSA(keyPair(), clock);
  service.serve({
    'POST /api/v2/signingCert': fulcioHandler(authority, issuer),
    'POST /api/v1/log/entries': rekorHandler(log),
    'POST /api/v1/timestamp': timestampHandler(timestamps, clock),
    'GET /.well-known/jwks': () => json(200, issuer.jwks()),
  });
  const keys = {
    authorityRoot: bytesOf(authority.rootCertificate),
    certificateLogKey: certificateLog.publicKey,
    logKey: log.publicKey,
    timestampLeaf: bytesOf(timestamps.intCertificate),
    timestampRoot: bytesOf(timestamps.rootCertificate),
  };
  const write = async (name: string, content: object): Promise<string> => {
    await mkdir(folder, { recursive: true });
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(content, null, 2));
    return path;
  };
  return {
    trustedRootPath: await write('trusted_root.json', trustedRoot(keys, url, since)),
    signingConfigPath: await write('signing_config.json', signingConfig(url, since)),
    fulcioUrl: url,
    rekorUrl: url,
    tsaUrl: `${url}/api/v1/timestamp`,
    oidc: { issueToken: (claims) => issuer.issueToken(claims), jwksUrl: `${url}/.well-known/jwks` },
    close: service.close,
  };
}

function keyPair(): KeyPairKeyObjectResult {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

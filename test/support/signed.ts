import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { realClock } from '../../src/action/clock.ts';
import { realHttp } from '../../src/action/http.ts';
import type { Claims } from '../../src/local/sigstore/issuer.ts';
import { startSigstore, type Sigstore } from '../../src/local/sigstore/sigstore.ts';
import { keylessSigner } from '../../src/signing/sign.ts';
import { servicesOf } from '../../src/signing/services.ts';
import { verifierFor, type VerifyBundle } from '../../src/signing/verify.ts';
import { workflowClaims } from './workflow-claims.ts';

/** Loopback signing services for the tests of a file, and the shortest ways to sign and verify with them. */
export interface SigningWorld {
  readonly sigstore: Sigstore;
  readonly verify: VerifyBundle;
  /** Signs a statement, or any text, as the job that the claims describe. */
  sign(statement: object | string, changes?: Claims): Promise<Uint8Array>;
}

/** Starts the services before the tests of a file and ends them afterwards. */
export function signingWorld(): () => SigningWorld {
  let world: SigningWorld | undefined;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigstore-'));
    const sigstore = await startSigstore(folder);
    const services = servicesOf(await readFile(sigstore.signingConfigPath, 'utf8'), new Date());
    world = {
      sigstore,
      verify: await verifierFor(await readFile(sigstore.trustedRootPath, 'utf8')),
      sign: async (statement, changes = {}) => {
        const token = sigstore.oidc.issueToken(workflowClaims(changes));
        const sign = await keylessSigner({ http: realHttp, clock: realClock }, services, () => Promise.resolve(token));
        return sign(Buffer.from(typeof statement === 'string' ? statement : JSON.stringify(statement)));
      },
    };
  });
  afterAll(async () => {
    await world?.sigstore.close();
    await rm(folder, { recursive: true });
  });
  return () => {
    if (world === undefined) throw new Error('the signing services are not started');
    return world;
  };
}

/** A statement about an image. */
export function statementAbout(sha256: string, predicateType: string, predicate: unknown = {}): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'registry.example/app', digest: { sha256 } }],
    predicateType,
    predicate,
  };
}

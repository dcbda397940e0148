import type { TransparencyLogEntry } from '@sigstore/bundle';
import type { Network } from '../effects/retry.ts';
import { askService, jsonIn, strangeAnswer } from './ask.ts';

const service = 'log';

/** An entry as the log gives it (sigstore/rekor, openapi.yaml, `LogEntry`). */
interface LogEntry {
  readonly body: string;
  readonly integratedTime: number;
  readonly logID: string;
  readonly logIndex: number;
  readonly verification?: {
    readonly signedEntryTimestamp?: string;
    readonly inclusionProof?: {
      readonly logIndex: number;
      readonly treeSize: number;
      readonly rootHash: string;
      readonly hashes: readonly string[];
      readonly checkpoint: string;
    };
  };
}

/**
 * Puts an envelope into a Rekor log of version 1 as an entry of kind `dsse`: the log keeps hashes, not the content.
 * @param envelope JSON of a DSSE envelope with one signature
 * @param certificate PEM
 * @throws SigningError
 */
export async function logEntry(
  network: Network,
  rekor: string,
  envelope: string,
  certificate: string,
): Promise<TransparencyLogEntry> {
  const url = `${rekor}/api/v1/log/entries`;
  const proposal = {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: { proposedContent: { envelope, verifiers: [Buffer.from(certificate).toString('base64')] } },
  };
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const made = await askService(network, service, url, [201, 409], {
    method: 'POST',
    headers: json,
    body: JSON.stringify(proposal),
  });
  // A first try was cut off after the log had taken it: the entry is there, and the answer says where.
  const answer =
    made.status === 201
      ? made
      : await askService(network, service, `${url}/${lastPart(made.headers.location)}`, [200], { headers: json });
  const [entry] = Object.values(jsonIn(answer, service));
  try {
    return bundled(entry as LogEntry);
  } catch {
    throw strangeAnswer(service);
  }
}

function lastPart(location: string | undefined): string {
  return location?.split('/').at(-1) ?? '';
}

/** The entry in the form of a bundle (sigstore/protobuf-specs, sigstore_rekor.proto). */
function bundled({ body, integratedTime, logID, logIndex, verification }: LogEntry): TransparencyLogEntry {
  const { kind, apiVersion } = JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as {
    kind: string;
    apiVersion: string;
  };
  const { signedEntryTimestamp, inclusionProof: proof } = verification ?? {};
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logID, 'hex') },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(integratedTime),
    inclusionPromise:
      signedEntryTimestamp === undefined
        ? undefined
        : { signedEntryTimestamp: Buffer.from(signedEntryTimestamp, 'base64') },
    inclusionProof:
      proof === undefined
        ? undefined
        : {
            logIndex: String(proof.logIndex),
            treeSize: String(proof.treeSize),
            rootHash: Buffer.from(proof.rootHash, 'hex'),
            hashes: proof.hashes.map((hash) => Buffer.from(hash, 'hex')),
            checkpoint: { envelope: proof.checkpoint },
          },
    canonicalizedBody: Buffer.from(body, 'base64'),
  };
}

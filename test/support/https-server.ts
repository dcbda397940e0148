import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { program } from './programs.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that this process trusts as it trusts the web. `answers` is by path; what is not in it is 404. */
export interface HttpsServer {
  readonly port: number;
  /** Its certificate in PEM, for NODE_EXTRA_CA_CERTS of another process. */
  readonly certificate: string;
  readonly answers: Map<string, Answer>;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** Starts the server with a certificate of its own for `127.0.0.1`, `localhost` and `outside.test`, which only a proxy finds. */
export async function startHttpsServer(): Promise<HttpsServer> {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const identity = makeIdentity(await program('openssl'));
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, identity.cert]);
  const server = createServer(identity, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path);
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    certificate: identity.cert,
    answers,
    asked,
    stop: () => {
      setDefaultCACertificates(trusted);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function makeIdentity(openssl: string): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-https-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const subject = ['-subj', '/CN=loopback', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:outside.test'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync(openssl, ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request on its way: it is answered with a status, delayed, cut off, or its answer is replaced. */
export type Fault =
  | { readonly status: number }
  | { readonly delay: number }
  | { readonly cut: 'before' | 'after' }
  | { readonly answer: string };

export interface FaultyProxy {
  /** Host and port. */
  readonly address: string;
  /** Requests that came, as `METHOD path`. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/**
 * Stands between a client and a server on loopback and disturbs what it is told to.
 * @param fault what happens to a request, the `count`-th with this method and path; undefined for nothing
 */
export async function faultyProxy(
  server: string,
  fault: (request: string, count: number) => Fault | undefined,
): Promise<FaultyProxy> {
  const requests: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '', 'http://localhost');
    const name = `${incoming.method} ${pathname}`;
    requests.push(name);
    const what = fault(name, requests.filter((other) => other === name).length);
    if (what === undefined) pass(server, incoming, outgoing);
    else if ('status' in what) incoming.resume().on('end', () => outgoing.writeHead(what.status).end());
    else if ('delay' in what) setTimeout(() => pass(server, incoming, outgoing), what.delay);
    else if ('answer' in what) incoming.resume().on('end', () => outgoing.writeHead(200).end(what.answer));
    else if (what.cut === 'before') incoming.socket.destroy();
    else pass(server, incoming, outgoing, () => incoming.socket.destroy());
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  return {
    address: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((done) => {
        proxy.close(() => done());
        proxy.closeAllConnections();
      }),
  };
}

/** Hands a request on; `instead` takes the place of the answer once the server has done the work. */
function pass(server: string, incoming: IncomingMessage, outgoing: ServerResponse, instead?: () => void): void {
  const { method, url, headers } = incoming;
  const onward = send(`http://${server}${url}`, { method, headers }, (answer) => {
    if (instead !== undefined) {
      answer.resume().on('end', instead);
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}

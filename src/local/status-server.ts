import { createServer } from 'node:http';
import { contentType } from './gateway/metrics.ts';
import type { LocalGateway } from './gateway/gateway.ts';
import { closeServer, listenOnLoopback } from './http-server.ts';
import type { WorkloadStatus } from './workload/workload.ts';

/** Tells what the gateway counted (`/metrics`) and what the workload runs (`/workloads`). */
export async function startStatusServer(
  gateway: LocalGateway,
  workloads: () => readonly WorkloadStatus[],
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    switch (request.url) {
      case '/metrics':
        response.writeHead(200, { 'content-type': contentType }).end(gateway.metrics.text());
        break;
      case '/workloads':
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(workloads()));
        break;
      default:
        response.writeHead(404).end();
    }
  });
  return { url: await listenOnLoopback(server), close: () => closeServer(server) };
}

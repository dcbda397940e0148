import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CanaryWorld } from './canary-world.ts';
import { runAction, startAction, type ActionRun, type StartedAction } from './run-action.ts';

/** A policy whose stages take a second or two in the world of the tests. */
export const quickPolicy = `version: 1
stages:
  - { weight: 10, max-duration: 10s }
  - { weight: 50, max-duration: 10s }
  - { weight: 100, max-duration: 10s }
baseline-errors: 0.01
detect-ratio: 5
error-objective: 0.05
false-alarm-rate: 0.01
power: 0.9
hold-limit: 2s
poll-interval: 200ms
metrics:
  selector: slipway_gateway_requests_total{namespace="{namespace}",route="{route}",backend="{backend}"}
  code-label: code
`;

export interface CanaryServer {
  readonly world: CanaryWorld;
  /** Address of its Prometheus HTTP API; at `/metrics` it exposes its counters for a real Prometheus to scrape. */
  readonly url: string;
  /** Starts canary-analyze from `dist/` on this world. `change` replaces inputs, `policy` the policy file. */
  start(change?: Readonly<Record<string, string>>, policy?: string): Promise<StartedAction>;
  run(change?: Readonly<Record<string, string>>, policy?: string): Promise<ActionRun>;
  /** Runs its clean-up. */
  post(state: Readonly<Record<string, string>>): Promise<ActionRun>;
  /** Resolves when the candidate has so much weight. */
  untilWeight(weight: number): Promise<void>;
  stop(): Promise<void>;
}

/** A {@link CanaryWorld} whose time is real, behind a Prometheus address and a kubectl program. */
export async function startCanaryServer(): Promise<CanaryServer> {
  const world = new CanaryWorld();
  world.rate = 2000;
  let seen = performance.now();
  const catchUp = (): void => {
    const now = performance.now();
    world.pass((now - seen) / 1000);
    seen = now;
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      catchUp();
      const url = new URL(request.url ?? '', 'http://world');
      if (url.pathname === '/kubectl') {
        response.end(JSON.stringify(world.kubectl(JSON.parse(body) as string[])));
      } else if (url.pathname === '/metrics') {
        response.setHeader('content-type', 'text/plain; version=0.0.4').end(world.exposition());
      } else {
        const answer = world.query(url.searchParams.get('query') ?? '');
        // Status 0 stands for a source that never answers.
        if (answer.status !== 0) response.writeHead(answer.status).end(answer.body);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  const kubectl = join(folder, 'kubectl');
  await writeFile(kubectl, kubectlScript(`${url}/kubectl`), { mode: 0o755 });
  const setup = (change: Readonly<Record<string, string>> = {}, policy = quickPolicy) => ({
    inputs: {
      route: 'shop',
      namespace: 'web',
      baseline: 'shop-stable',
      candidate: 'shop-canary',
      policy: 'canary.yaml',
      'prometheus-url': url,
      'kubectl-path': kubectl,
      image: `ghcr.io/octo/shop@sha256:${'ab'.repeat(32)}`,
      ...change,
    },
    files: { 'canary.yaml': policy },
  });
  return {
    world,
    url,
    start: (change, policy) => startAction('canary-analyze', setup(change, policy)),
    run: (change, policy) => runAction('canary-analyze', setup(change, policy)),
    post: (state) => runAction('canary-analyze', { ...setup(), phase: 'post', state }),
    untilWeight: async (weight) => {
      for (let tries = 0; world.weights.candidate !== weight; tries++) {
        if (tries > 400) throw new Error(`the candidate never got weight ${weight}`);
        await delay(25);
      }
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
  return body;
}

function kubectlScript(url: string): string {
  return `#!${process.execPath}
const answer = await fetch('${url}', { method: 'POST', body: JSON.stringify(process.argv.slice(2)) });
const { code, stdout, stderr } = await answer.json();
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`;
}

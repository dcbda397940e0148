import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { podOf, route, service, snapshot } from '../../../test/support/cluster.ts';
import { closeServer, listenOnLoopback } from '../http-server.ts';
import type { Pod } from '../workload/pod.ts';
import { startGateway, type LocalGateway } from './gateway.ts';

let gateway: LocalGateway;
let lookAgain = (): Promise<void> => Promise.resolve();
const servers: Server[] = [];
beforeEach(async () => {
  gateway = await startGateway(new Agent({ keepAlive: true }), ['staging', 'production'], () => lookAgain());
});
afterEach(async () => {
  lookAgain = () => Promise.resolve();
  await gateway.close();
  await Promise.all(servers.splice(0).map(closeServer));
});

const backend = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener);
  servers.push(server);
  return Number(new URL(await listenOnLoopback(server)).port);
};
/** Services of `staging` and where they listen. */
const serve = (ports: Readonly<Record<string, number>>, weights?: Readonly<Record<string, number>>) =>
  gateway.update(
    snapshot({
      services: Object.keys(ports).map((name) => service(name)),
      pods: Object.entries(ports).flatMap(([name, port]) => (port === 0 ? [] : [podOf(name, '127.0.0.1', port)])),
      ...(weights && {
        routes: [route(Object.entries(weights).map(([name, weight]) => ({ name, port: 80, weight })))],
      }),
    }),
  );

const ask = async (url: string, options: { host?: string; body?: string; method?: string } = {}) => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { ...(options.host !== undefined && { host: options.host }), connection: 'close' };
    const sent = request(url, { method: options.method ?? 'GET', headers }, resolve).on('error', reject);
    sent.end(options.body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
};
const counted = (labels: string) =>
  gateway.metrics
    .text()
    .split('\n')
    .filter((line) => line.includes(labels) && !line.includes('_bucket'));

describe('traffic by weight', () => {
  it('is split exactly and counted for each backend', async () => {
    const [web, canary] = await Promise.all([200, 500].map((status) => backend((_, r) => r.writeHead(status).end())));
    serve({ web: web!, canary: canary! }, { web: 9, canary: 1 });
    for (let index = 0; index < 20; index++) await ask(gateway.urls.staging!);
    expect(counted('requests_total{namespace="staging",route="web"')).toEqual([
      'slipway_gateway_requests_total{namespace="staging",route="web",backend="web",code="200"} 18',
      'slipway_gateway_requests_total{namespace="staging",route="web",backend="canary",code="200"} 0',
      'slipway_gateway_requests_total{namespace="staging",route="web",backend="canary",code="500"} 2',
    ]);
    expect(counted('duration_seconds_count{namespace="staging",route="web",backend="canary"')[0]).toMatch(/ 2$/);
  });

  it('changes with the weights, and a weight of 0 gets nothing', async () => {
    const [web, canary] = await Promise.all(['web', 'canary'].map((name) => backend((_, r) => r.end(name))));
    const answers = async (weights: Record<string, number>) => {
      serve({ web: web!, canary: canary! }, weights);
      const bodies = [];
      for (let index = 0; index < 4; index++) bodies.push((await ask(gateway.urls.staging!)).body);
      return bodies;
    };
    await expect(answers({ web: 1, canary: 0 })).resolves.toEqual(['web', 'web', 'web', 'web']);
    await expect(answers({ web: 1, canary: 1 })).resolves.toEqual(['web', 'canary', 'web', 'canary']);
    await expect(answers({ web: 0, canary: 1 })).resolves.toEqual(['canary', 'canary', 'canary', 'canary']);
  });

  it('goes on in turn when the cluster is read again without a change', async () => {
    const [web, canary] = await Promise.all(['web', 'canary'].map((name) => backend((_, r) => r.end(name))));
    const bodies = [];
    for (let index = 0; index < 4; index++) {
      serve({ web: web!, canary: canary! }, { web: 3, canary: 1 });
      bodies.push((await ask(gateway.urls.staging!)).body);
    }
    expect(bodies.filter((body) => body === 'canary')).toHaveLength(1);
  });
});

describe('a request', () => {
  it('reaches a service by its name, with its body, and its answer comes back whole', async () => {
    const port = await backend((incoming, answer) => {
      answer.setHeader(
        'x-seen',
        JSON.stringify([incoming.method, incoming.url, incoming.headers.host, incoming.headers['x-forwarded-host']]),
      );
      incoming.pipe(answer);
    });
    serve({ web: port });
    const body = 'x'.repeat(100_000);
    const answer = await ask(`${gateway.urls.staging}/path?a=b`, {
      host: 'web.staging.localhost:1234',
      method: 'POST',
      body,
    });
    expect(answer).toMatchObject({ status: 200, body });
    expect(JSON.parse(answer.headers['x-seen'] as string)).toEqual([
      'POST',
      '/path?a=b',
      'web.staging.localhost:1234',
      'web.staging.localhost:1234',
    ]);
  });

  it.each<[string, () => Promise<void> | void, number, string]>([
    ['no such host', () => void serve({}), 404, '{namespace="staging",route="",backend="",code="404"} 1'],
    ['a service that does not exist', () => void serve({}, { none: 1 }), 500, 'backend="none",code="500"} 1'],
    ['no backend with a weight', () => void serve({ web: 1 }, { web: 0 }), 500, 'backend="",code="500"} 1'],
    ['no ready endpoint', () => void serve({ web: 0 }, { web: 1 }), 503, 'backend="web",code="503"} 1'],
    ['nobody who listens', () => void serve({ web: 1 }, { web: 1 }), 502, 'backend="web",code="502"} 1'],
    [
      'a backend that hangs up',
      async () => void serve({ web: await backend((incoming) => incoming.destroy()) }, { web: 1 }),
      502,
      'backend="web",code="502"} 1',
    ],
  ])('that meets %s is answered and counted', async (_, arrange, status, count) => {
    await arrange();
    expect((await ask(gateway.urls.staging!, { host: 'game.example' })).status).toBe(status);
    expect(gateway.metrics.text()).toContain(count);
  });

  it('is not turned away for what is only a moment old', async () => {
    const port = await backend((_, answer) => answer.end('fine'));
    serve({});
    lookAgain = () => Promise.resolve(void serve({ web: port }));
    await expect(ask(gateway.urls.staging!, { host: 'web.staging.localhost' })).resolves.toMatchObject({
      body: 'fine',
    });
    expect(counted('requests_total')).toEqual([expect.stringContaining('backend="web",code="200"} 1')]);
  });

  describe('that a pod does not answer', () => {
    /** A service of two pods, of which the first one asked hangs up; a look shows what has become of that pod. */
    const meet = async (becomes: (pod: Pod) => Pod | undefined, method = 'GET', hasOther = true) => {
      let failures = 0;
      const failing = await backend((incoming) => {
        failures += 1;
        incoming.socket.destroy();
      });
      const good = await backend((_, answer) => answer.end('fine'));
      // By another name, because it must have an address of its own.
      const pod = podOf('web', 'localhost', failing);
      const others = hasOther ? [podOf('web', '127.0.0.1', good)] : [];
      const show = (pods: readonly (Pod | undefined)[]) => {
        const known = [...pods, ...others].filter((one) => one !== undefined);
        gateway.update(snapshot({ services: [service('web')], pods: known }));
      };
      show([pod]);
      lookAgain = () => {
        show([becomes(pod)]);
        return Promise.resolve();
      };
      const { status } = await ask(gateway.urls.staging!, { host: 'web.staging.localhost', method });
      return { status, failures };
    };
    const deleted = (pod: Pod): Pod => ({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: 'now' } });
    const notReady = (pod: Pod): Pod => ({ ...pod, status: { ...pod.status, conditions: [] } });

    it.each<[string, Parameters<typeof meet>, number]>([
      ['because it is being deleted goes to another one', [deleted], 200],
      ['because it is gone goes to another one', [() => undefined], 200],
      ['and may have been acted on is not sent again', [deleted, 'POST'], 502],
      ['because it was the last one of its service fails', [deleted, 'GET', false], 502],
      ['although it stays fails: a canary is judged by that', [(pod) => pod], 502],
      ['because it crashed fails', [notReady], 502],
    ])('%s', async (_, setting, status) => {
      await expect(meet(...setting)).resolves.toEqual({ status, failures: 1 });
      expect(counted('requests_total')).toContainEqual(expect.stringContaining(`backend="web",code="${status}"} 1`));
    });
  });

  it('whose answer breaks off is counted as failed, not by the status it began with', async () => {
    const port = await backend((_, answer) => {
      answer.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => answer.destroy(), 50);
    });
    serve({ web: port });
    await expect(ask(gateway.urls.staging!, { host: 'web.staging.localhost' })).rejects.toThrow();
    expect(counted('requests_total')).toEqual([expect.stringContaining('backend="web",code="502"} 1')]);
  });

  it('whose client goes away is counted as such', async () => {
    const port = await backend(() => undefined);
    serve({ web: port });
    await new Promise<void>((resolve) => {
      const sent = request(gateway.urls.staging!, { headers: { host: 'web.staging.localhost' } });
      sent.on('error', () => resolve());
      sent.end();
      setTimeout(() => sent.destroy(), 100);
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(counted('requests_total')).toEqual([expect.stringContaining('code="499"} 1')]);
  });

  it.each([
    ['GET', undefined, 200],
    ['POST', 'money', 502],
  ])('by %s on a kept connection that the backend closes meanwhile', async (method, body, status) => {
    const used = new Set<unknown>();
    const port = await backend((incoming, answer) => {
      if (used.has(incoming.socket)) incoming.socket.destroy();
      else answer.end('fine');
      used.add(incoming.socket);
    });
    serve({ web: port });
    const host = 'web.staging.localhost';
    await ask(gateway.urls.staging!, { host });
    const second = await ask(gateway.urls.staging!, { host, method, ...(body !== undefined && { body }) });
    expect(second.status).toBe(status);
  });
});

describe('the text of the counters', () => {
  it('is OpenMetrics with growing buckets', async () => {
    serve({ web: await backend((_, answer) => setTimeout(() => answer.end(), 30)) }, { web: 1 });
    await ask(gateway.urls.staging!);
    const text = gateway.metrics.text();
    const buckets = [...text.matchAll(/_bucket\{.*le="(.+)"\} (\d+)/g)].map(([, le, count]) => [le, Number(count)]);
    expect(buckets.at(0)).toEqual(['0.005', 0]);
    expect(buckets.at(-1)).toEqual(['+Inf', 1]);
    expect(buckets.map(([, count]) => count)).toEqual(buckets.map(([, count]) => count).toSorted());
    expect(text.endsWith('# EOF\n')).toBe(true);
  });

  it('keeps hostile label values inside of their quotes', () => {
    gateway.metrics.count({ namespace: 'a"} 1\nevil{x="', route: '\\', backend: '' }, '200', 1);
    expect(gateway.metrics.text()).toContain('{namespace="a\\"} 1\\nevil{x=\\"",route="\\\\",backend="",code="200"} 1');
  });
});

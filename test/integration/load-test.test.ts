import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { program } from '../support/programs.ts';
import { runAction, startAction, type ActionRun, type StartedAction } from '../support/run-action.ts';

jest.setTimeout(60_000);

const slo = `apiVersion: openslo/v1
kind: SLO
metadata: { name: shop }
spec:
  service: shop
  budgetingMethod: Occurrences
  objectives:
    - indicator:
        metadata: { name: latency }
        spec: { thresholdMetric: { metricSource: { type: k6, spec: { metric: http_req_duration } } } }
      op: lte
      value: 300
      target: 0.95
    - indicator:
        metadata: { name: errors }
        spec:
          ratioMetric:
            counter: true
            bad: { metricSource: { type: k6, spec: { metric: http_req_failed } } }
            total: { metricSource: { type: k6, spec: { metric: http_reqs } } }
      target: 0.98
`;
const endpoints = `version: 1
timeout: 2s
endpoints:
  - { path: /games, weight: 3 }
  - { method: POST, path: /scores, headers: { content-type: application/json }, body: '{"score":1}', status: 201 }
`;
const digest = `sha256:${'ab'.repeat(32)}`;

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'slipway-test-'))));
afterAll(() => rm(folder, { recursive: true }));

let server: Server;
let answer: RequestListener;
/** Requests that the service saw, as `METHOD path body`. */
let seen: string[];

beforeEach(async () => {
  seen = [];
  answer = (request, response) => response.writeHead(request.method === 'POST' ? 201 : 200).end('ok');
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${body}`.trim());
      answer(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function start(inputs: Record<string, string> = {}): Promise<StartedAction> {
  const { port } = server.address() as AddressInfo;
  return startAction('load-test', {
    inputs: {
      url: `http://127.0.0.1:${port}`,
      duration: '3s',
      image: `ghcr.io/octo/shop@${digest}`,
      'k6-path': await program('k6'),
      ...inputs,
    },
    files: { 'slo.yaml': slo, 'load-test.yaml': endpoints },
  });
}

async function run(inputs: Record<string, string> = {}): Promise<ActionRun> {
  return (await start(inputs)).ended;
}

/** A k6 that first changes the script it was given by a sed expression. */
async function k6WithScript(expression: string): Promise<string> {
  const path = join(folder, 'k6');
  const lines = [
    '#!/bin/sh',
    'for last; do :; done',
    `sed -i '${expression}' "$last"`,
    `exec ${await program('k6')} "$@"`,
  ];
  await writeFile(path, lines.join('\n'), { mode: 0o755 });
  return path;
}

describe('load-test, from dist, with the real k6', () => {
  it('passes a good service, at the rate and mix that was asked for, and binds the evidence to the image', async () => {
    const result = await run({ 'warm-up': '1s' });
    expect(result).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
    expect(Number(result.outputs.requests)).toBeGreaterThanOrEqual(149);
    expect(Number(result.outputs.requests)).toBeLessThanOrEqual(151);
    expect(seen.length).toBeGreaterThanOrEqual(199);
    const scores = seen.filter((line) => line === 'POST /scores {"score":1}').length;
    expect(Math.abs(scores - seen.length / 4)).toBeLessThanOrEqual(1);
    expect(seen.filter((line) => line === 'GET /games').length).toBe(seen.length - scores);
    const [verdict, test] = result.statements;
    expect(verdict).toMatchObject({
      subject: [{ name: 'ghcr.io/octo/shop', digest: { sha256: 'ab'.repeat(32) } }],
      predicate: { properties: ['SLIPWAY_LOAD_TEST'], verifier: { policies: [{ uri: 'slo.yaml' }] } },
    });
    expect(test).toMatchObject({ predicate: { result: 'PASSED' } });
  });

  it('fails a service that takes 500 ms longer', async () => {
    const quick = answer;
    answer = (request, response) => void setTimeout(() => quick(request, response), 500);
    const result = await run();
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail' } });
    expect(result.log).toContain('load/latency-over-objective');
    expect(result.log).not.toContain('load/dropped-iterations');
  });

  it('fails a service with errors, of which the latency objective sees nothing', async () => {
    let number = 0;
    const good = answer;
    answer = (request, response) => (number++ % 20 === 0 ? response.writeHead(503).end() : good(request, response));
    const result = await run();
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail' } });
    expect(result.log).toContain('load/errors-over-objective');
    expect(result.log).not.toContain('load/latency-over-objective');
  });

  it('counts a redirect as bad: what was asked for was not there', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/login' }).end();
    expect((await run()).log).toContain('load/errors-over-objective');
    expect(seen.some((line) => line.includes('login'))).toBe(false);
  });

  it('fails a service that hangs, without lowering the rate', async () => {
    answer = () => undefined;
    const result = await run();
    expect(result.code).toBe(1);
    expect(result.log).toContain('load/no-answer');
    expect(seen.length).toBeGreaterThanOrEqual(149);
  });

  it('fails a service that is not there', async () => {
    const result = await run({ url: 'http://127.0.0.1:9' });
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail' } });
    expect(result.log).toContain('load/no-answer');
  });

  it.each([
    ['has a script that throws', '1i throw new Error("broken");', /load\/generator-failed.*exit code 107/],
    [
      'writes no result',
      's/^export function handleSummary/function unused/',
      /load\/generator-failed.*wrote no result/,
    ],
    [
      'writes half a result',
      's/JSON.stringify(result) }/JSON.stringify(result).slice(0, 40) }/',
      /load\/generator-failed.*not whole/,
    ],
    ['counts nothing', 's/number < warmUpRequests/number >= 0/', /load\/no-samples/],
    ['stops early', 's/"duration":"3000ms"/"duration":"1000ms"/', /load\/rate-not-reached/],
  ])('is inconclusive when k6 %s', async (_, expression, message) => {
    const result = await run({ 'k6-path': await k6WithScript(expression) });
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(result.log).toMatch(message);
    const [verdict, test] = result.statements;
    expect(verdict).toMatchObject({ predicate: { properties: [] } });
    expect(test).toMatchObject({ predicate: { result: 'FAILED' } });
  });

  it('is inconclusive when k6 has too few virtual users for the rate', async () => {
    answer = (request, response) =>
      void setTimeout(() => response.writeHead(request.method === 'POST' ? 201 : 200).end(), 200);
    const few = await k6WithScript('s/"preAllocatedVUs":[0-9]*,"maxVUs":[0-9]*/"preAllocatedVUs":5,"maxVUs":5/');
    const result = await run({ 'k6-path': few });
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(result.log).toContain('load/dropped-iterations');
  });

  it('is inconclusive when k6 is killed', async () => {
    const started = await start({ duration: '30s' });
    process.kill(await childOf(started.process.pid), 'SIGKILL');
    const result = await started.ended;
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(result.log).toMatch(/load\/generator-failed.*SIGKILL/);
  });

  it('stops k6 and is inconclusive when the step is cancelled', async () => {
    const started = await start({ duration: '30s' });
    const k6 = await childOf(started.process.pid);
    await delay(500);
    started.process.kill('SIGINT');
    expect(await started.ended).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive' } });
    expect(() => process.kill(k6, 0)).toThrow('ESRCH');
  });

  it('names every wrong input at once and sends nothing', async () => {
    const result = await runAction('load-test', {
      inputs: { url: 'ftp://shop', rate: 'fast', endpoints: 'none.yaml', slo: 'slo.yaml' },
      files: { 'slo.yaml': 'apiVersion: openslo/v1\nkind: Service' },
    });
    expect(result.code).toBe(2);
    for (const part of ['`url`', '`rate`', '`endpoints`', '`slo`', 'slo.yaml:2:7']) expect(result.log).toContain(part);
  });
});

/** The process id of the first child, as soon as there is one. */
async function childOf(parent: number | undefined): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const [child] = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')).trim().split(' ');
    if (child) return Number(child);
    await delay(25);
  }
  throw new Error('k6 was never started');
}

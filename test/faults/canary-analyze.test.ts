import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startCanaryServer, type CanaryServer } from '../support/canary-server.ts';

jest.setTimeout(60_000);

let server: CanaryServer;
beforeEach(async () => {
  server = await startCanaryServer();
});
afterEach(() => server.stop());

/** From the moment on when the candidate has traffic, the metrics source answers this. */
function metricsThen(answer: { status: number; body: string }): void {
  server.world.beforeQuery = () => (server.world.weights.candidate > 0 ? answer : undefined);
}

const series = (value: string): string =>
  JSON.stringify({
    status: 'success',
    data: { resultType: 'matrix', result: [{ metric: { code: '200' }, values: [[1, value]] }] },
  });

describe('canary-analyze, when the metrics source fails', () => {
  it.each([
    ['answers 500', { status: 500, body: 'out of memory' }, /canary\/no-metrics.*it answered 500: out of memory/],
    ['answers NaN', { status: 200, body: series('NaN') }, /canary\/no-metrics.*not a whole range of counts/],
    ['answers half', { status: 200, body: series('7').slice(0, 50) }, /canary\/no-metrics/],
    ['stands still', { status: 200, body: series('7') }, /canary\/no-metrics.*no new sample/],
    ['never answers', { status: 0, body: '' }, /canary\/no-metrics.*No complete answer/],
    ['redirects', { status: 302, body: '' }, /canary\/no-metrics.*it answered 302/],
    ['refuses', { status: 403, body: 'no' }, /canary\/metrics-refused.*it answered 403: no/],
  ])('holds, then takes the traffic back and is inconclusive: the source %s', async (_, answer, message) => {
    metricsThen(answer);
    const result = await server.run();
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive', 'weights-restored': 'true' } });
    expect(result.log).toMatch(message);
    expect(server.world.moves).toEqual([10, 0]);
  });

  it('moves nothing when the source cannot be reached from the start', async () => {
    const result = await server.run({ 'prometheus-url': 'http://127.0.0.1:9' });
    expect(result).toMatchObject({ code: 3, outputs: { 'weights-restored': 'false' } });
    expect(result.log).toContain('canary/no-metrics');
    expect(server.world.moves).toEqual([]);
  });

  it('goes on after a gap, and after the gateway was started anew', async () => {
    let queries = 0;
    server.world.beforeQuery = () => {
      queries++;
      if (queries === 12) server.world.counters.baseline = { '200': 0 };
      return queries > 12 && queries < 18 ? { status: 503, body: 'starting' } : undefined;
    };
    expect(await server.run()).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
    expect(queries).toBeGreaterThan(18);
  });
});

describe('canary-analyze, when the cluster fails', () => {
  const away = { code: 1, stderr: 'Unable to connect to the server: context deadline exceeded\n' };

  it('keeps what somebody else changes in the route at the same moment', async () => {
    let patches = 0;
    server.world.beforeKubectl = ([verb]) => {
      if (verb === 'patch' && patches++ === 0)
        server.world.change((route) => (route.metadata.annotations.owner = 'ops'));
      return undefined;
    };
    expect((await server.run()).code).toBe(0);
    expect(server.world.route.metadata.annotations).toEqual({ owner: 'ops' });
    expect(server.world.moves).toEqual([10, 50, 100]);
  });

  it('leaves weights alone that somebody else set', async () => {
    const started = await server.start();
    await server.untilWeight(10);
    server.world.change((route) => (route.spec.rules[0]!.backendRefs[1]!.weight = 33));
    const result = await started.ended;
    expect(result).toMatchObject({ code: 3, outputs: { 'weights-restored': 'false' } });
    expect(result.log).toContain('canary/route-changed');
    await server.post(result.state);
    expect(server.world.weights.candidate).toBe(33);
  });

  it('takes its own weights back although the answer to their change was lost', async () => {
    server.world.errors.candidate = 0.5;
    let isLost = false;
    server.world.beforeKubectl = (args) => {
      if (args[0] !== 'patch' || isLost) return undefined;
      isLost = true;
      server.world.kubectl(args);
      return away;
    };
    const result = await server.run();
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail', 'weights-restored': 'true' } });
    expect(server.world.moves).toEqual([10, 0]);
  });

  it('says that the candidate may still have traffic, and its clean-up tries again', async () => {
    server.world.errors.candidate = 0.5;
    server.world.beforeKubectl = () => (server.world.weights.candidate > 0 ? away : undefined);
    const result = await server.run();
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail', 'weights-restored': 'false' } });
    expect(result.log).toContain('canary/weights-not-restored');
    expect(await server.post(result.state)).toMatchObject({ code: 0, log: expect.stringContaining('clean-up failed') });
    server.world.beforeKubectl = () => undefined;
    await server.post(result.state);
    expect(server.world.moves).toEqual([10, 0]);
  });

  it('moves nothing without a right to it', async () => {
    const stderr = 'Error from server (Forbidden): httproutes.gateway.networking.k8s.io "shop" is forbidden\n';
    server.world.beforeKubectl = () => ({ code: 1, stderr });
    const result = await server.run();
    expect(result.code).toBe(3);
    expect(result.log).toMatch(/canary\/cluster-unreachable.*Forbidden/);
    expect(server.world.moves).toEqual([]);
  });
});

describe('canary-analyze, when it is stopped', () => {
  beforeEach(() => {
    // Slow enough that the first stage is not over before the test acts.
    server.world.rate = 100;
  });

  it('takes the traffic back when it is cancelled', async () => {
    const started = await server.start();
    await server.untilWeight(10);
    started.process.kill('SIGINT');
    const result = await started.ended;
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive', 'weights-restored': 'true' } });
    expect(result.log).toContain('canary/cancelled');
    expect(server.world.moves).toEqual([10, 0]);
  });

  it('takes the traffic back in its clean-up when it was killed, once', async () => {
    const started = await server.start();
    await server.untilWeight(10);
    started.process.kill('SIGKILL');
    const { state } = await started.ended;
    expect(server.world.weights.candidate).toBe(10);
    expect((await server.post(state)).code).toBe(0);
    expect(server.world.moves).toEqual([10, 0]);
    await server.post(state);
    expect(server.world.moves).toEqual([10, 0]);
  });

  it('touches nothing in its clean-up when it moved nothing', async () => {
    server.world.change((route) => (route.spec.rules[0]!.backendRefs[1]!.weight = 33));
    await server.post({});
    expect(server.world.weights.candidate).toBe(33);
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { quickPolicy, startCanaryServer, type CanaryServer } from '../support/canary-server.ts';

jest.setTimeout(60_000);

let server: CanaryServer;
beforeEach(async () => {
  server = await startCanaryServer();
});
afterEach(() => server.stop());

describe('canary-analyze, from dist', () => {
  it('brings a healthy candidate to all of the traffic, with evidence for the image', async () => {
    const result = await server.run();
    expect(result).toMatchObject({
      code: 0,
      outputs: { verdict: 'pass', 'stages-passed': '3', 'weights-restored': 'false' },
    });
    expect(server.world.moves).toEqual([10, 50, 100]);
    expect(result.summary).toContain('| 10 &#37; |');
    const [verdict, test] = result.statements;
    expect(verdict).toMatchObject({
      subject: [{ digest: { sha256: 'ab'.repeat(32) } }],
      predicate: { properties: ['SLIPWAY_CANARY_ANALYZE'], verifier: { policies: [{ uri: 'canary.yaml' }] } },
    });
    expect(test).toMatchObject({ predicate: { result: 'PASSED' } });
    // The clean-up has nothing to do.
    await server.post(result.state);
    expect(server.world.moves).toEqual([10, 50, 100]);
  });

  it('takes the traffic from a candidate with 5 % errors at once', async () => {
    server.world.errors.candidate = 0.05;
    const result = await server.run();
    expect(result).toMatchObject({ code: 1, outputs: { verdict: 'fail', 'weights-restored': 'true' } });
    expect(result.log).toContain('canary/worse-than-baseline');
    expect(server.world.moves).toEqual([10, 0]);
    expect(server.world.weights).toEqual({ baseline: 100, candidate: 0 });
    expect(result.statements[1]).toMatchObject({ predicate: { failedTests: ['canary/worse-than-baseline'] } });
  });

  it('is inconclusive and takes the traffic back when a stage gets too few requests', async () => {
    server.world.rate = 40;
    const result = await server.run({}, quickPolicy.replace('10s', '1500ms'));
    expect(result).toMatchObject({ code: 3, outputs: { verdict: 'inconclusive', 'weights-restored': 'true' } });
    expect(result.log).toContain('canary/not-enough-requests');
    expect(server.world.moves).toEqual([10, 0]);
  });

  it('is inconclusive when the gateway sends the candidate nothing', async () => {
    const half = server.world.beforeQuery;
    server.world.beforeQuery = (query) =>
      query.includes('shop-canary')
        ? { status: 200, body: '{"status":"success","data":{"resultType":"matrix","result":[]}}' }
        : half(query);
    const result = await server.run({}, quickPolicy.replace('10s', '1500ms'));
    expect(result.code).toBe(3);
    expect(result.log).toContain('canary/no-traffic');
    expect(server.world.weights.candidate).toBe(0);
  });

  it('works with the policy that is shipped', async () => {
    const result = await server.run({ policy: '' });
    expect(result.code).toBe(0);
    expect(result.statements[0]).toMatchObject({
      predicate: { verifier: { policies: [{ uri: 'slipway:policies/canary.yaml' }] } },
    });
  });

  it('names every wrong input at once and moves nothing', async () => {
    const result = await server.run({ route: 'Shop!', 'prometheus-url': 'prometheus', namespace: '-n' }, 'version: 2');
    expect(result.code).toBe(2);
    for (const part of ['`route`', '`namespace`', '`prometheus-url`', '`policy`']) expect(result.log).toContain(part);
    expect(server.world.moves).toEqual([]);
  });
});

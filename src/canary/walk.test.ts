import { beforeEach, describe, expect, it } from '@jest/globals';
import { CanaryWorld } from '../../test/support/canary-world.ts';
import type { Clock, Http, Log } from '../effects/effects.ts';
import { kubectl } from '../kubernetes/kubectl.ts';
import { planStages } from './plan.ts';
import type { CanaryPolicy } from './policy-schema.ts';
import { walk, type CanaryRun } from './walk.ts';
import { fillSelector, MetricsWatch } from './watch.ts';

const policy: CanaryPolicy = {
  version: 1,
  stages: [
    { weight: 10, 'max-duration': '10m' },
    { weight: 50, 'max-duration': '10m' },
    { weight: 100, 'max-duration': '10m' },
  ],
  'baseline-errors': 0.01,
  'detect-ratio': 5,
  'error-objective': 0.05,
  'false-alarm-rate': 0.01,
  power: 0.9,
  'hold-limit': '5m',
  'poll-interval': '5s',
  metrics: {
    selector: 'slipway_gateway_requests_total{namespace="{namespace}",route="{route}",backend="{backend}"}',
    'code-label': 'code',
  },
};

const plans = planStages(policy);

let world: CanaryWorld;
let cancel: AbortController;
let logged: string[];
beforeEach(() => {
  world = new CanaryWorld();
  cancel = new AbortController();
  logged = [];
});

/** Walks through the world. `onTime` is called with the seconds since the start whenever time has passed. */
function walkThrough(onTime: (seconds: number) => void = () => undefined): Promise<CanaryRun> {
  const start = world.now;
  const clock: Clock = {
    now: () => new Date(world.now * 1000),
    sleep: (milliseconds, signal) =>
      Promise.resolve().then(() => {
        signal?.throwIfAborted();
        world.pass(milliseconds / 1000);
        onTime(world.now - start);
      }),
  };
  const http: Http = (url) => {
    const { status, body } = world.query(new URL(url).searchParams.get('query') ?? '');
    return Promise.resolve({ status, headers: {}, body: new TextEncoder().encode(body) });
  };
  const exec = (_program: string, args: readonly string[]) => Promise.resolve(world.kubectl(args));
  const selector = (backend: string): string =>
    fillSelector(policy.metrics.selector, { namespace: 'web', route: 'shop', backend });
  const log = { info: (line: string) => void logged.push(line) } as Log;
  return walk({
    plans,
    errorObjective: policy['error-objective'],
    pollInterval: 5000,
    traffic: {
      kubectl: kubectl({ exec, program: 'kubectl', namespace: 'web', environment: {} }),
      route: 'shop',
      backends: { baseline: 'shop-stable', candidate: 'shop-canary' },
      clock,
    },
    watch: new MetricsWatch({
      source: { http, url: 'http://prometheus', signal: cancel.signal },
      selectors: { baseline: selector('shop-stable'), candidate: selector('shop-canary') },
      codeLabel: 'code',
      holdLimit: 300_000,
      clock,
    }),
    clock,
    log,
    signal: cancel.signal,
    beforeMoving: () => void logged.push('moving'),
  });
}

const verdicts = ({ stages }: CanaryRun): (string | undefined)[] => stages.map(({ look }) => look?.verdict);

describe('the walk of a canary', () => {
  it('gives a healthy candidate 10, 50 and 100 percent, each when its requests were counted', async () => {
    const run = await walkThrough();
    expect(run).toMatchObject({ finding: undefined, moved: true });
    expect(verdicts(run)).toEqual(['passed', 'passed', 'passed']);
    expect(world.moves).toEqual([10, 50, 100]);
    for (const { plan, counts } of run.stages) {
      expect(counts.candidate.requests).toBeGreaterThanOrEqual(plan.needed.candidate);
      expect(counts.baseline.requests).toBeGreaterThanOrEqual(plan.needed.baseline);
    }
  });

  it('counts exactly what the gateway counted, and nothing from before', async () => {
    const { stages } = await walkThrough();
    const counted = (side: 'baseline' | 'candidate'): number =>
      Object.values(world.counters[side]).reduce((sum, count) => sum + count, 0);
    const ofCandidate = stages.reduce((sum, { counts }) => sum + counts.candidate.requests, 0);
    expect(ofCandidate).toBe(counted('candidate'));
    expect(stages.at(-1)?.counts.baseline.requests).toBe(counted('baseline') - 5004);
  });

  it('sees a candidate with 5 % errors in the first stage', async () => {
    world.errors.candidate = 0.05;
    const run = await walkThrough();
    expect(run.finding?.rule.id).toBe('canary/worse-than-baseline');
    expect(world.moves).toEqual([10]);
  });

  it('sees gross harm long before the stage has its requests', async () => {
    world.errors.candidate = 0.9;
    const run = await walkThrough();
    expect(run.finding?.rule.id).toBe('canary/worse-than-baseline');
    expect(run.stages[0]?.counts.candidate.requests).toBeLessThan(150);
  });

  it('sees a candidate that breaks only under all of the traffic, against the stages before', async () => {
    const run = await walkThrough(() => (world.errors.candidate = world.weights.candidate === 100 ? 0.04 : 0.001));
    expect(verdicts(run)).toEqual(['passed', 'passed', 'worse-than-baseline']);
  });

  it('sends a candidate back that misses the objective, even when the baseline does too', async () => {
    world.errors = { baseline: 0.3, candidate: 0.3 };
    const run = await walkThrough();
    expect(run.finding?.rule.id).toBe('canary/misses-objective');
  });

  it.each([
    ['too little traffic', 1, 'canary/not-enough-requests'],
    ['no traffic', 0, 'canary/no-traffic'],
  ])('is inconclusive with %s', async (_, rate, rule) => {
    world.rate = rate;
    const run = await walkThrough();
    expect(run.finding?.rule.id).toBe(rule);
    expect(run.moved).toBe(true);
  });

  it('is inconclusive when all requests go to the candidate: there is nothing to compare with', async () => {
    world.rate = 0;
    const run = await walkThrough((seconds) => (world.counters.candidate['200'] = seconds * 100));
    expect(run.finding?.rule.id).toBe('canary/not-enough-requests');
    expect(run.finding?.message).toContain('the baseline 0 of 2934');
  });

  it('takes a fallen counter for a reset, not for harm or for nothing', async () => {
    let restarts = 0;
    const run = await walkThrough((seconds) => {
      if (seconds % 20 !== 0) return;
      restarts++;
      world.counters.baseline = { '200': 1 };
      world.counters.candidate = {};
    });
    expect(restarts).toBeGreaterThan(1);
    expect(run.finding).toBeUndefined();
  });

  it('holds while the metrics are away for less than the limit, and goes on', async () => {
    const run = await walkThrough((seconds) => {
      world.beforeQuery = () => (seconds > 20 && seconds < 300 ? { status: 503, body: 'starting' } : undefined);
    });
    expect(run.finding).toBeUndefined();
  });

  it('moves nothing before it has read where both sides stand', async () => {
    world.counters.candidate = { '200': 1000, '500': 900 };
    let refusals = 3;
    world.beforeQuery = (query) =>
      query.includes('shop-canary') && refusals-- > 0 ? { status: 503, body: 'starting' } : undefined;
    const run = await walkThrough();
    expect(run.finding).toBeUndefined();
    expect(run.stages[0]?.counts.candidate.bad).toBeLessThan(10);
  });

  it.each<[string, { status: number; body: string }, string]>([
    ['answers 500', { status: 500, body: 'boom' }, 'it answered 500: boom'],
    ['answers NaN', { status: 200, body: matrix('NaN') }, 'not a whole range of counts'],
    ['answers half', { status: 200, body: matrix('7').slice(0, 60) }, 'JSON'],
    ['knows no series', { status: 200, body: matrix() }, 'knows no new sample'],
    ['stands still', { status: 200, body: matrix('7') }, 'knows no new sample'],
  ])('ends when the metrics source %s for longer than the hold limit', async (_, answer, why) => {
    const run = await walkThrough((seconds) => {
      world.beforeQuery = () => (seconds > 20 ? answer : undefined);
    });
    expect(run.finding?.rule.id).toBe('canary/no-metrics');
    expect(run.finding?.message).toContain(why);
    expect(world.now - 1_800_000_000).toBeGreaterThan(300);
    expect(world.now - 1_800_000_000).toBeLessThan(400);
  });

  it('moves nothing when there were no metrics from the start', async () => {
    world.beforeQuery = () => ({ status: 200, body: matrix() });
    const run = await walkThrough();
    expect(run).toMatchObject({ moved: false, finding: { rule: { id: 'canary/no-metrics' } } });
    expect(world.moves).toEqual([]);
  });

  it.each<[string, () => void, string]>([
    [
      'the query is refused',
      () => (world.beforeQuery = () => ({ status: 400, body: '{"error":"parse error"}' })),
      'parse error',
    ],
    ['the token is refused', () => (world.beforeQuery = () => ({ status: 401, body: 'no' })), 'it answered 401: no'],
    [
      'a series has no status code',
      () => (world.beforeQuery = () => ({ status: 200, body: matrix('7', {}) })),
      'has no label `code`',
    ],
    [
      'a code is none',
      () => (world.beforeQuery = () => ({ status: 200, body: matrix('7', { code: 'OK' }) })),
      'is no status code',
    ],
  ])('ends at once and moves nothing when %s', async (_, prepare, why) => {
    prepare();
    const run = await walkThrough();
    expect(run).toMatchObject({ moved: false, finding: { rule: { id: 'canary/metrics-refused' } } });
    expect(run.finding?.message).toContain(why);
    expect(world.now).toBe(1_800_000_000);
  });

  it('keeps what others change in the route meanwhile', async () => {
    let reads = 0;
    world.beforeKubectl = (args) => {
      // Between reading and patching, for the first two attempts.
      if (args[0] === 'patch' && reads++ < 2) world.change((route) => (route.metadata.annotations.owner = 'ops'));
      return undefined;
    };
    const run = await walkThrough();
    expect(run.finding).toBeUndefined();
    expect(world.route.metadata.annotations).toEqual({ owner: 'ops' });
  });

  it.each([
    ['before the next stage', 10],
    ['before the pass', 100],
  ])('leaves weights alone that somebody else set %s', async (_, weight) => {
    const run = await walkThrough(() => {
      if (world.weights.candidate === weight)
        world.change((route) => (route.spec.rules[0]!.backendRefs[1]!.weight = 33));
    });
    expect(run.finding?.rule.id).toBe('canary/route-changed');
    expect(world.weights.candidate).toBe(33);
  });

  it.each<[string, () => void, string]>([
    [
      'there is no such route',
      () => (
        (world.route.metadata.name = 'x'),
        (world.beforeKubectl = () => ({ code: 1, stderr: 'Error from server (NotFound): no\n' }))
      ),
      'canary/cluster-unreachable',
    ],
    [
      'a rule names one of the two only',
      () => world.route.spec.rules.push({ backendRefs: [{ name: 'shop-stable', port: 80 }] }),
      'canary/route-unusable',
    ],
    [
      'a rule names a third',
      () => world.route.spec.rules[0]!.backendRefs.push({ name: 'shop-old', port: 80 }),
      'canary/route-unusable',
    ],
    ['no rule names them', () => world.route.spec.rules.splice(0), 'canary/route-unusable'],
    [
      'two rules differ',
      () =>
        world.route.spec.rules.push({
          backendRefs: [
            { name: 'shop-canary', port: 80, weight: 7 },
            { name: 'shop-stable', port: 80 },
          ],
        }),
      'canary/route-unusable',
    ],
  ])('moves nothing when %s', async (_, prepare, rule) => {
    prepare();
    const run = await walkThrough();
    expect(run).toMatchObject({ moved: false, finding: { rule: { id: rule } } });
    expect(world.moves).toEqual([]);
  });

  it('moves the weights of every rule that has both, and of no other', async () => {
    world.route.spec.rules.push(
      {
        backendRefs: [
          { name: 'shop-canary', port: 80, weight: 0 },
          { name: 'shop-stable', port: 80 },
        ],
      },
      { backendRefs: [{ name: 'docs', port: 80 }] },
    );
    expect((await walkThrough()).finding).toBeUndefined();
    expect(world.route.spec.rules.map(({ backendRefs }) => backendRefs.map(({ weight }) => weight))).toEqual([
      [0, 100],
      [100, 0],
      [undefined],
    ]);
  });

  it('tries again when the cluster is away for a moment, and gives up when it stays away', async () => {
    let calls = 0;
    const away = { code: 1, stderr: 'Unable to connect to the server: context deadline exceeded\n' };
    world.beforeKubectl = () => (calls++ % 3 === 0 ? away : undefined);
    expect((await walkThrough()).finding).toBeUndefined();
    world.beforeKubectl = () => away;
    expect((await walkThrough()).finding?.rule.id).toBe('canary/cluster-unreachable');
  });

  it('knows its own weights when the answer to their change was lost', async () => {
    let isTold = false;
    world.beforeKubectl = (args) => {
      if (args[0] !== 'patch' || isTold) return undefined;
      isTold = true;
      world.kubectl(args);
      isTold = false;
      return { code: 1, stderr: 'Unable to connect to the server: net/http: TLS handshake timeout\n' };
    };
    const run = await walkThrough();
    expect(run.finding).toBeUndefined();
    expect(world.moves).toEqual([10, 50, 100]);
  });

  it('ends when it is cancelled, and says that the candidate may have traffic', async () => {
    const run = await walkThrough((seconds) => {
      if (seconds === 15) cancel.abort(new Error('cancelled by SIGINT'));
    });
    expect(run).toMatchObject({ moved: true, finding: { rule: { id: 'canary/cancelled' } } });
    expect(logged).toContain('moving');
  });
});

/** An answer of Prometheus with one series, or with none. */
function matrix(value?: string, labels: Record<string, string> = { code: '200' }): string {
  const result = value === undefined ? [] : [{ metric: labels, values: [[1_800_000_000, value]] }];
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
}

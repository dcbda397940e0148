import { describe, expect, it } from '@jest/globals';
import { conclude, type Report } from '../report/report.ts';
import { judge } from './judge.ts';
import type { LoadRun } from './k6.ts';
import type { LoadPlan } from './plan.ts';
import { readResult, type LoadResult } from './result.ts';

const endpoint = { method: 'GET' as const, path: '/', weight: 1, status: 200, headers: {} };
const plan: LoadPlan = {
  url: 'http://shop',
  endpoints: [endpoint, { ...endpoint, path: '/cart' }],
  objectives: { service: 'shop', latency: { percent: 95, atMost: 300 }, good: { percent: 99.9 } },
  rate: 50,
  duration: 20_000,
  warmUp: 0,
  timeout: 5000,
};

const good: LoadResult = {
  complete: true,
  milliseconds: 20_004,
  dropped: 0,
  latency: 80,
  endpoints: [
    { requests: 500, bad: 0, unanswered: 0, latency: 90 },
    { requests: 500, bad: 0, unanswered: 0, latency: 70 },
  ],
};

/** The good result with the counts of its first endpoint changed. */
function withFirst(change: Partial<LoadResult['endpoints'][number]>): LoadResult {
  const [first, second] = good.endpoints;
  return { ...good, endpoints: [{ ...first!, ...change }, second!] };
}

const nothing = { requests: 0, bad: 0, unanswered: 0, latency: null };
const dead = { requests: 500, bad: 500, unanswered: 500, latency: 5000 };

function reportOf(run: LoadRun): Report {
  const { requests, ...verdict } = judge(plan, run);
  return conclude({ ...verdict, examined: { count: requests, what: 'request' }, passed: 'good' });
}

describe('the verdict of a load test', () => {
  it.each<[string, LoadRun, Report['verdict'], string[]]>([
    ['all is well', { result: good }, 'pass', []],
    ['k6 failed', { failed: 'k6 was ended by SIGKILL' }, 'inconclusive', ['load/generator-failed']],
    [
      'nothing was counted',
      { result: { ...good, latency: null, endpoints: [nothing, nothing] } },
      'inconclusive',
      ['load/no-samples'],
    ],
    ['requests were dropped', { result: { ...good, dropped: 1 } }, 'inconclusive', ['load/dropped-iterations']],
    ['one request in a hundred was not sent', { result: withFirst({ requests: 490 }) }, 'pass', []],
    ['more were not sent', { result: withFirst({ requests: 489 }) }, 'inconclusive', ['load/rate-not-reached']],
    [
      'an endpoint was never asked',
      { result: { ...good, endpoints: [nothing, { ...good.endpoints[1]!, requests: 1000 }] } },
      'inconclusive',
      ['load/endpoint-not-asked'],
    ],
    ['the latency is just the limit', { result: { ...good, latency: 300 } }, 'pass', []],
    ['the latency is over the limit', { result: { ...good, latency: 300.1 } }, 'fail', ['load/latency-over-objective']],
    ['as many are bad as may be', { result: withFirst({ bad: 1 }) }, 'pass', []],
    ['one more is bad', { result: withFirst({ bad: 2 }) }, 'fail', ['load/errors-over-objective']],
    ['nobody answers', { result: { ...good, latency: 5000, endpoints: [dead, dead] } }, 'fail', ['load/no-answer']],
    [
      'it is bad and not all was sent',
      { result: { ...withFirst({ bad: 400 }), dropped: 3 } },
      'fail',
      ['load/errors-over-objective', 'load/dropped-iterations'],
    ],
  ])('%s', (_, run, verdict, rules) => {
    const report = reportOf(run);
    expect(report.verdict).toBe(verdict);
    expect(report.findings.map(({ rule }) => rule.id)).toEqual(rules);
  });

  it('shows what was measured beside its limit', () => {
    const { measurements, sections } = reportOf({ result: withFirst({ bad: 2 }) });
    expect(measurements).toEqual([
      { name: 'p95 latency', value: 80, unit: 'ms', limit: { atMost: 300 } },
      { name: 'bad requests', value: 0.2, unit: '%', limit: { atMost: 0.1 } },
      { name: 'requests', value: 1000, unit: 'requests', limit: { atLeast: 990 } },
      { name: 'rate', value: 50, unit: 'requests/s' },
    ]);
    expect(sections[0]?.rows).toEqual([
      ['GET /', 500, 2, 0, 90],
      ['GET /cart', 500, 0, 0, 70],
    ]);
  });
});

describe('the result of k6', () => {
  const text = JSON.stringify(good);
  it('is read when it is whole', () => expect(readResult(text, 2)).toEqual(good));
  it.each([
    ['is cut off', text.slice(0, -1)],
    ['is of another run', JSON.stringify({ ...good, endpoints: good.endpoints.slice(1) })],
    ['does not say that it is complete', text.replace('"complete":true', '"complete":false')],
    ['has more bad requests than requests', JSON.stringify(withFirst({ bad: 501 }))],
    ['has a latency without a request', JSON.stringify(withFirst({ requests: 0 }))],
    ['has no number', text.replace('"dropped":0', '"dropped":null')],
    ['is empty', ''],
  ])('is not read when it %s', (_, broken) => expect(readResult(broken, 2)).toBeUndefined());
});

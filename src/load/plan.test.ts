import { describe, expect, it } from '@jest/globals';
import { parseChecked } from '../documents/checked.ts';
import { endpointsSchema } from './endpoints-schema.ts';
import { loadPlan, planProblem, plannedRequests, virtualUsers, type LoadPlan } from './plan.ts';
import { k6Script, schedule } from './script.ts';

const objectives = { service: 'shop', latency: { percent: 95, atMost: 300 }, good: { percent: 99 } };

function planOf(change: Partial<LoadPlan> = {}): LoadPlan {
  const checked = parseChecked('version: 1\nendpoints: [{ path: / }]', endpointsSchema);
  if ('problems' in checked) throw new Error(checked.problems.map(({ message }) => message).join());
  const plan = { url: 'http://shop', objectives, rate: 50, duration: 20_000, warmUp: 0 };
  return { ...loadPlan(checked.value, plan), ...change };
}

describe('the endpoint list', () => {
  it('fills in what is usual', () => {
    expect(planOf()).toMatchObject({
      timeout: 5000,
      endpoints: [{ method: 'GET', path: '/', weight: 1, status: 200, headers: {} }],
    });
  });

  it.each([
    ['no endpoint', 'version: 1\nendpoints: []'],
    ['a path that leads to another host', 'version: 1\nendpoints: [{ path: "@evil.example/" }]'],
    ['a header of two lines', 'version: 1\nendpoints: [{ path: /, headers: { a: "b\\nc: d" } }]'],
    ['an unknown key', 'version: 1\nendpoints: [{ path: /, wait: 3 }]'],
    ['no weight at all', 'version: 1\nendpoints: [{ path: /, weight: 0 }]'],
    ['a time without unit', 'version: 1\ntimeout: 5\nendpoints: [{ path: / }]'],
    ['another version', 'version: 2\nendpoints: [{ path: / }]'],
  ])('refuses %s', (_, text) => expect('problems' in parseChecked(text, endpointsSchema)).toBe(true));
});

describe('a load plan', () => {
  it('has virtual users for every request in flight, even if none is answered in time', () => {
    expect(plannedRequests(planOf())).toBe(1000);
    expect(virtualUsers(planOf())).toBeGreaterThanOrEqual(250);
  });

  it.each([
    ['can be judged', {}, undefined],
    ['is too short for its objective', { duration: 1900 }, 'make 95 requests; an objective of 99 % needs at least 100'],
    ['has a limit that no missing answer breaks', { timeout: 300 }, 'a request without an answer would count as fast'],
    ['needs too many virtual users', { rate: 5000 }, 'at most 10000'],
  ])('that %s', (_, change, wanted) => {
    const problem = planProblem(planOf(change));
    if (wanted === undefined) expect(problem).toBeUndefined();
    else expect(problem).toContain(wanted);
  });

  it('counts the requests of an objective of 99.9 % without a rounding error', () => {
    const objective = { ...objectives, good: { percent: 99.9 } };
    expect(planProblem(planOf({ objectives: objective, duration: 20_000 }))).toBeUndefined();
    expect(planProblem(planOf({ objectives: objective, duration: 19_980 }))).toContain('needs at least 1000');
  });
});

describe('the order of the endpoints', () => {
  it.each([
    [[1], [0]],
    [
      [1, 1],
      [0, 1],
    ],
    [
      [3, 1],
      [0, 0, 1, 0],
    ],
    [
      [5, 1, 1],
      [0, 0, 1, 0, 2, 0, 0],
    ],
  ])('of weights %j is %j', (weights, wanted) => expect(schedule(weights)).toEqual(wanted));
});

describe('the script', () => {
  it('holds texts of the user as data, never as code', () => {
    const hostile = '/"+process.exit()+"`${alert(1)}`\u2028</script>';
    const endpoint = planOf().endpoints[0]!;
    const script = k6Script(planOf({ endpoints: [{ ...endpoint, path: hostile }] }), '/tmp/result.json');
    const line = script.split('\n').find((one) => one.startsWith('const { requests')) ?? '';
    const settings = JSON.parse(line.slice(line.indexOf('= ') + 2, -1)) as { requests: { url: string }[] };
    expect(settings.requests[0]?.url).toBe(`http://shop${hostile}`);
  });

  it('asks at a whole number of requests a minute', () => {
    expect(k6Script(planOf({ rate: 10 / 60 }), '/r')).toContain('"rate":10,"timeUnit":"1m"');
  });
});

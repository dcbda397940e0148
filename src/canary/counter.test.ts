import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RequestCounter, since } from './counter.ts';
import type { Series } from './prometheus.ts';

/** A series with a sample each second from `from` on. */
function series(labels: Record<string, string>, values: readonly number[], from = 0): Series {
  return { labels, samples: values.map((value, index) => ({ at: from + index, value })) };
}

/** What is counted when the first answer comes before the start and the others after it. */
function count(before: Series[], ...after: Series[][]): { requests: number; bad: number } {
  const counter = new RequestCounter('code');
  counter.feed(before);
  counter.start();
  after.forEach((answer) => counter.feed(answer));
  return counter.counts;
}

const ok = { code: '200' };
const broken = { code: '503' };

describe('counting requests', () => {
  it.each<[string, Series[], Series[][], { requests: number; bad: number }]>([
    ['what came before the start', [series(ok, [10, 900])], [], { requests: 0, bad: 0 }],
    ['the increase since', [series(ok, [900])], [[series(ok, [900, 907])]], { requests: 7, bad: 0 }],
    [
      'a sample once, however often it is answered',
      [series(ok, [1])],
      [[series(ok, [1, 5])], [series(ok, [1, 5])]],
      { requests: 4, bad: 0 },
    ],
    [
      'a new series from its very first count',
      [series(ok, [9])],
      [[series(ok, [9, 9]), series(broken, [3], 1)]],
      { requests: 3, bad: 3 },
    ],
    ['on from zero after a reset', [series(ok, [100])], [[series(ok, [100, 110, 4, 6])]], { requests: 16, bad: 0 }],
    ['over a gap', [series(ok, [100])], [[series(ok, [130], 250)]], { requests: 30, bad: 0 }],
    [
      'series of several gateways apart',
      [series({ ...ok, pod: 'a' }, [5]), series({ ...ok, pod: 'b' }, [70])],
      [[series({ ...ok, pod: 'a' }, [5, 6]), series({ ...ok, pod: 'b' }, [70, 72])]],
      { requests: 3, bad: 0 },
    ],
    [
      'the same series with its labels in another order',
      [series({ code: '200', pod: 'a' }, [5])],
      [[series({ pod: 'a', code: '200' }, [5, 8])]],
      { requests: 3, bad: 0 },
    ],
  ])('counts %s', (_, before, after, wanted) => expect(count(before, ...after)).toEqual(wanted));

  it.each([
    ['500', 4],
    ['503', 4],
    ['5xx', 4],
    // The client gave up, as nginx and the gateway of the local platform count it; no answer, as Envoy does.
    ['499', 4],
    ['0', 4],
    ['99', 4],
    ['600', 4],
    ['100', 0],
    ['200', 0],
    ['404', 0],
    ['498', 0],
    ['4xx', 0],
  ])('takes code %s for %d bad of 4', (code, bad) =>
    expect(count([], [series({ code }, [4])])).toEqual({ requests: 4, bad }),
  );

  it('says whether an answer had anything new', () => {
    const counter = new RequestCounter('code');
    expect(counter.feed([])).toBe(false);
    expect(counter.feed([series(ok, [1])])).toBe(true);
    expect(counter.feed([series(ok, [1])])).toBe(false);
    expect(counter.feed([series(ok, [1, 1])])).toBe(true);
  });

  it('finds the same counts however the answers overlap, and loses only what no scrape saw', () => {
    const increments = fc.array(fc.record({ add: fc.nat(50), restart: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(increments, fc.array(fc.nat(40)), (steps, looks) => {
        const values: number[] = [17];
        let total = 0;
        for (const { add, restart } of steps) {
          // After a restart the counter must be below its last value to be seen as restarted.
          const last = values.at(-1) ?? 0;
          const resets = restart && add < last;
          values.push(resets ? add : last + add);
          total += add;
        }
        const answers = [...looks, 40].sort((a, b) => a - b).map((end) => [series(ok, values.slice(0, end + 1))]);
        expect(count([series(ok, values.slice(0, 1))], ...answers).requests).toBe(total);
      }),
    );
  });

  it('gives the counts between two moments', () => {
    expect(since({ requests: 10, bad: 1 }, { requests: 30, bad: 4 })).toEqual({ requests: 20, bad: 3 });
  });
});

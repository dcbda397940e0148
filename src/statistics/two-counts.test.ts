import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binomialDraw, randomNumbers } from '../../test/support/random.ts';
import { binomialUpperTail } from './binomial.ts';
import { power, pValueOfMoreBad, requestsNeeded } from './two-counts.ts';

const count = fc.integer({ min: 0, max: 400 });
const requests = fc.integer({ min: 1, max: 100_000 });

/**
 * The chance that the test rejects at `alpha` when there are exactly `events` bad requests on both sides together, the
 * candidate answers `percent` of all requests, and its rate of bad ones is `ratio` times the baseline's.
 */
function chanceOfRejecting(events: number, percent: number, ratio: number, alpha: number): number {
  const pValue = (bad: number): number =>
    pValueOfMoreBad({ requests: percent, bad }, { requests: 100 - percent, bad: events - bad });
  let critical = 0;
  while (critical <= events && pValue(critical) > alpha) critical++;
  return binomialUpperTail(critical, events, (ratio * percent) / (ratio * percent + 100 - percent));
}

describe('the test whether the candidate has more bad requests', () => {
  it.each([
    ['equal traffic, three bad of three', { requests: 100, bad: 3 }, { requests: 100, bad: 0 }, 1 / 8],
    ['a tenth of the traffic, three bad of three', { requests: 100, bad: 3 }, { requests: 900, bad: 0 }, 1e-3],
    ['no bad request at all', { requests: 100, bad: 0 }, { requests: 100, bad: 0 }, 1],
    ['nothing to compare with', { requests: 100, bad: 50 }, { requests: 0, bad: 0 }, 1],
    ['nothing measured', { requests: 0, bad: 0 }, { requests: 0, bad: 0 }, 1],
  ])('%s', (_, candidate, baseline, wanted) => expect(pValueOfMoreBad(candidate, baseline)).toBeCloseTo(wanted, 12));

  it('falls with every bad request of the candidate and rises with every one of the baseline', () => {
    fc.assert(
      fc.property(requests, requests, count, count, (ofCandidate, ofBaseline, candidateBad, baselineBad) => {
        const p = (more: number, others: number): number =>
          pValueOfMoreBad(
            { requests: ofCandidate, bad: candidateBad + more },
            { requests: ofBaseline, bad: baselineBad + others },
          );
        expect(p(1, 0)).toBeLessThanOrEqual(p(0, 0) + 1e-12);
        expect(p(0, 1)).toBeGreaterThanOrEqual(p(0, 0) - 1e-12);
      }),
    );
  });

  it('is wrong at most as often as it says, whatever the number of bad requests', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom(0.05, 0.01, 0.001),
        (events, percent, alpha) => {
          expect(chanceOfRejecting(events, percent, 1, alpha)).toBeLessThanOrEqual(alpha + 1e-12);
        },
      ),
    );
  });
});

describe('how many requests are needed', () => {
  // Bad requests on both sides, and requests of the candidate at 0.1 %, 1 % and 5 % errors; alpha 0.01, power 0.9.
  it.each([
    [0.1, 2, 231, 21_000, 2100, 420],
    [0.1, 3, 78, 6500, 650, 130],
    [0.1, 5, 31, 2214, 221, 44],
    [0.1, 10, 13, 684, 68, 14],
    [0.5, 2, 114, 38_000, 3800, 760],
    [0.5, 3, 50, 12_500, 1250, 250],
    [0.5, 5, 27, 4500, 450, 90],
    [0.5, 10, 17, 1545, 155, 31],
  ])('share %d, ratio %d: %d bad requests', (share, ratio, events, ...requestsAt) => {
    expect(chanceOfRejecting(events, 100 * share, ratio, 0.01)).toBeGreaterThanOrEqual(0.9);
    for (let fewer = 1; fewer < events; fewer++) {
      expect(chanceOfRejecting(fewer, 100 * share, ratio, 0.01)).toBeLessThan(0.9);
    }
    [0.001, 0.01, 0.05].forEach((errors, index) => {
      const withThatMany = events / (errors * (ratio + (1 - share) / share));
      expect(Math.round(withThatMany)).toBe(requestsAt[index]);
      // The plan does not fix the number of bad requests but lets chance decide it, so it asks for somewhat more.
      const needed = requestsNeeded({ baselineErrors: errors, ratio }, share, 0.01, 0.9).candidate;
      expect(needed / withThatMany).toBeGreaterThan(1);
      expect(needed / withThatMany).toBeLessThan(1.25);
    });
  });

  it('reaches the wanted power, and with one request fewer does not', () => {
    fc.assert(
      fc.property(
        fc.record({
          baselineErrors: fc.constantFrom(0.001, 0.01, 0.05),
          ratio: fc.constantFrom(2, 3, 5, 10),
          share: fc.constantFrom(0.05, 0.1, 0.25, 0.5),
          alpha: fc.constantFrom(0.05, 0.01, 0.001),
          wanted: fc.constantFrom(0.8, 0.9, 0.95),
        }),
        ({ share, alpha, wanted, ...effect }) => {
          const { candidate, baseline } = requestsNeeded(effect, share, alpha, wanted);
          expect(power(candidate, baseline, effect, alpha)).toBeGreaterThanOrEqual(wanted);
          const fewer = candidate - 1;
          expect(power(fewer, Math.ceil((fewer * (1 - share)) / share), effect, alpha)).toBeLessThan(wanted);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('gives the share of simulated canaries that it promises', () => {
    const effect = { baselineErrors: 0.01, ratio: 10 };
    const needed = requestsNeeded(effect, 0.1, 0.01, 0.9);
    const random = randomNumbers(20_261_121);
    const runs = 1000;
    let seen = 0;
    for (let run = 0; run < runs; run++) {
      const candidate = { requests: needed.candidate, bad: binomialDraw(needed.candidate, 0.1, random) };
      const baseline = { requests: needed.baseline, bad: binomialDraw(needed.baseline, 0.01, random) };
      if (pValueOfMoreBad(candidate, baseline) <= 0.01) seen++;
    }
    expect(seen / runs).toBeGreaterThan(0.87);
  });
});

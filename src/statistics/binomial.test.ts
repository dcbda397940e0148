import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binomialUpperTail, logFactorial, poissonChance } from './binomial.ts';

/** P(X >= k) for X ~ Binomial(n, part / whole), summed in whole numbers and divided once. */
function exactTail(k: number, n: number, part: number, whole: number): number {
  let ways = 1n;
  let sum = 0n;
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += ways * BigInt(part) ** BigInt(i) * BigInt(whole - part) ** BigInt(n - i);
    ways = (ways * BigInt(n - i)) / BigInt(i + 1);
  }
  // The smallest tail here is 100 ** -60.
  return Number((sum * 10n ** 200n) / BigInt(whole) ** BigInt(n)) / 1e200;
}

const relativeError = (got: number, wanted: number): number =>
  got === wanted ? 0 : Math.abs(got - wanted) / Math.max(got, wanted);

const share = fc.integer({ min: 1, max: 99 });
const trials = fc.integer({ min: 0, max: 60 });

describe('the upper tail of the binomial distribution', () => {
  it('agrees with sums in whole numbers to ten digits', () => {
    fc.assert(
      fc.property(trials, fc.integer({ min: 0, max: 61 }), share, (n, k, percent) => {
        const wanted = exactTail(k, n, percent, 100);
        expect(relativeError(binomialUpperTail(k, n, percent / 100), wanted)).toBeLessThan(1e-10);
      }),
    );
  });

  it('is a chance, falls with k and rises with p', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2000 }), share, (n, k, percent) => {
        const tail = binomialUpperTail(k, n, percent / 100);
        expect(tail).toBeGreaterThanOrEqual(0);
        expect(tail).toBeLessThanOrEqual(1);
        expect(binomialUpperTail(k + 1, n, percent / 100)).toBeLessThanOrEqual(tail + 1e-12);
        expect(binomialUpperTail(k, n, (percent + 1) / 100)).toBeGreaterThanOrEqual(tail - 1e-12);
      }),
    );
  });

  it('is symmetric: at least k successes are at most n - k failures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), share, (n, k, percent) => {
        const p = percent / 100;
        expect(binomialUpperTail(k, n, p)).toBeCloseTo(1 - binomialUpperTail(n - k + 1, n, 1 - p), 11);
      }),
    );
  });

  it.each([
    ['nothing is asked for', 0, 10, 0.3, 1],
    ['more than all', 11, 10, 0.3, 0],
    ['what never happens', 1, 10, 0, 0],
    ['what always happens', 10, 10, 1, 1],
    ['no trial', 0, 0, 0.5, 1],
    ['a fair coin, all heads', 10, 10, 0.5, 2 ** -10],
  ])('%s', (_, k, n, p, wanted) => expect(binomialUpperTail(k, n, p)).toBeCloseTo(wanted, 15));

  it('keeps its digits where the tail is tiny and the counts are large', () => {
    expect(Math.log10(binomialUpperTail(200, 200, 0.1))).toBeCloseTo(-200, 6);
    expect(binomialUpperTail(500_000, 1_000_000, 0.5)).toBeCloseTo(0.5 + 0.5 * 0.000797884, 6);
  });
});

describe('log factorial', () => {
  it('adds up from one number to the next, also where the method changes', () => {
    for (const n of [1, 2, 18, 19, 20, 21, 22, 100, 5000]) {
      expect(logFactorial(n) - logFactorial(n - 1)).toBeCloseTo(Math.log(n), 10);
    }
  });
});

describe('the Poisson distribution', () => {
  it('sums to one around its mean', () => {
    for (const mean of [0.2, 3, 250]) {
      const sum = Array.from({ length: 1000 }, (_, k) => poissonChance(k, mean)).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 10);
    }
  });
});

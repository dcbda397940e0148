/** The natural logarithm of n!, for whole n from 0. Exact to about 15 digits. */
export function logFactorial(n: number): number {
  if (n < smallFactorials.length) return Math.log(smallFactorials[n] ?? 1);
  // Stirling's series (NIST Digital Library of Mathematical Functions, 5.11.1); from n = 20 on the next term is below 1e-15.
  const inverse = 1 / n;
  const square = inverse * inverse;
  const correction = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + correction;
}

/** 0! to 19!; each is a whole number that a double holds or rounds correctly. */
const smallFactorials = Array.from({ length: 20 }, (_, n) =>
  Array.from({ length: n }, (_unused, index) => index + 1).reduce((product, factor) => product * factor, 1),
);

/** The chance of exactly `k` successes in `n` trials with chance `p` each, for whole 0 <= k <= n and 0 < p < 1. */
function binomialChance(k: number, n: number, p: number): number {
  const waysLog = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(waysLog + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/**
 * The chance of `k` or more successes in `n` trials with chance `p` each: P(X >= k) for X ~ Binomial(n, p). It sums
 * the terms from `k` away from the mean, where they only shrink, so that small tails keep their digits.
 */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const odds = p / (1 - p);
  if (k > n * p) return shrinkingSum(binomialChance(k, n, p), k, n, (i) => ((n - i) / (i + 1)) * odds);
  const below = k - 1;
  const lower = shrinkingSum(binomialChance(below, n, p), n - below, n, (i) => (n - i) / ((i + 1) * odds));
  return Math.max(0, 1 - lower);
}

/** Adds terms that shrink by `step(i)` from `i` to the next, until they no longer change the sum. At most 1. */
function shrinkingSum(first: number, from: number, to: number, step: (i: number) => number): number {
  let term = first;
  let sum = first;
  for (let i = from; i < to && term > sum * Number.EPSILON; i++) {
    term *= step(i);
    sum += term;
  }
  return Math.min(1, sum);
}

/** The chance of exactly `k` events where `mean` are expected, for whole k from 0 and mean > 0. */
export function poissonChance(k: number, mean: number): number {
  return Math.exp(k * Math.log(mean) - mean - logFactorial(k));
}

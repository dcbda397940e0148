import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SmoothSplit } from './split.ts';

const take = (weights: number[], count: number) => {
  const split = new SmoothSplit(weights);
  return Array.from({ length: count }, () => split.next());
};

describe('a split by weight', () => {
  it.each([
    [[9, 1], 10, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]],
    [[1, 1], 4, [0, 1, 0, 1]],
    [[5, 1, 1], 7, [0, 0, 1, 0, 2, 0, 0]],
    [[100, 0], 3, [0, 0, 0]],
    [[0, 100], 3, [1, 1, 1]],
    [[7], 2, [0, 0]],
    [[0, 0], 2, [undefined, undefined]],
    [[], 1, [undefined]],
  ])('%j', (weights, count, expected) => expect(take(weights, count)).toEqual(expected));

  const someWeights = fc.array(fc.nat(100), { minLength: 1, maxLength: 6 });

  it('gives every entry exactly its share in each round, and a weight of 0 nothing', () => {
    fc.assert(
      fc.property(someWeights, fc.nat(50), (weights, offset) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const round = take(weights, offset + total).slice(offset);
        expect(weights.map((_, index) => round.filter((chosen) => chosen === index).length)).toEqual(weights);
      }),
    );
  });

  it('never keeps a share waiting for long: after n choices each has its part of n, give or take one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 2 }),
        fc.nat(200),
        (weights, count) => {
          const chosen = take(weights, count).filter((index) => index === 1).length;
          const share = (count * weights[1]!) / (weights[0]! + weights[1]!);
          expect(Math.abs(chosen - share)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('knows its own weights', () => {
    const split = new SmoothSplit([90, 10]);
    expect([split.hasWeights([90, 10]), split.hasWeights([10, 90]), split.hasWeights([90])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

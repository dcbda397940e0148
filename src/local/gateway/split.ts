/**
 * Splits requests by weight without chance: smooth weighted round robin, as nginx does it (upstream round robin, commit
 * 52327e0). In any run of as many choices as the weights' sum every entry is chosen exactly as often as its weight says,
 * evenly spread, so that a test may count.
 */
export class SmoothSplit {
  readonly #weights: readonly number[];
  readonly #total: number;
  readonly #current: number[];

  /** @param weights whole numbers, none below 0 */
  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.#total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#current = weights.map(() => 0);
  }

  /** Whether it splits by these very weights. */
  hasWeights(weights: readonly number[]): boolean {
    return weights.length === this.#weights.length && weights.every((weight, index) => weight === this.#weights[index]);
  }

  /**
   * The next entry's index; undefined when every weight is 0. An entry of weight 0 is never chosen: its own count stays
   * 0, and of the others, which add up to the weights' sum, one is above 0.
   */
  next(): number | undefined {
    if (this.#total === 0) return undefined;
    let best: number | undefined;
    for (const [index, weight] of this.#weights.entries()) {
      this.#current[index] = this.#at(index) + weight;
      if (best === undefined || this.#at(index) > this.#at(best)) best = index;
    }
    if (best !== undefined) this.#current[best] = this.#at(best) - this.#total;
    return best;
  }

  #at(index: number): number {
    return this.#current[index] ?? 0;
  }
}

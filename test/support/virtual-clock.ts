import type { Clock } from '../../src/effects/effects.ts';

/** A clock whose time passes only when everybody waits, and then at once. */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ until: this.#now + milliseconds, wake }));
  }

  /** Lets time pass until some work is done, and returns what it gives. */
  async run<T>(work: Promise<T>): Promise<T> {
    const waiting = new Set([work]);
    const over = (): boolean => waiting.delete(work);
    work.then(over, over);
    for (;;) {
      await new Promise(setImmediate);
      if (waiting.size === 0) return work;
      const next = this.#sleepers.sort((a, b) => a.until - b.until).shift();
      if (next === undefined) throw new Error('nobody sleeps, and the work is not done');
      this.#now = Math.max(this.#now, next.until);
      next.wake();
    }
  }
}

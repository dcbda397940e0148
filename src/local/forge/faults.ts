import { problem, type Answer } from './answer.ts';
import type { ForgeOperation } from './operations.ts';

/** An answer for the next calls instead of the right one. */
export interface Fault {
  /** Every operation when it is left out. */
  readonly operation?: ForgeOperation;
  readonly status: number;
  readonly times: number;
  /** Seconds, sent as `retry-after`. */
  readonly retryAfter?: number;
}

/** The faults that are still to come, oldest first. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  /** The answer of the first fault that is meant for the operation, which is used up a little. */
  take(operation: string | undefined): Answer | undefined {
    const next = this.#waiting.find(({ fault }) => fault.operation === undefined || fault.operation === operation);
    if (next === undefined) return undefined;
    next.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    const { status, retryAfter } = next.fault;
    const answer = problem(status, `Injected: ${status}`);
    return retryAfter === undefined ? answer : { ...answer, headers: { 'retry-after': String(retryAfter) } };
  }
}

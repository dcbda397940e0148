import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer is true. A probe that rejects counts as false.
 * @param timeout milliseconds
 * @throws the signal's reason when it is aborted, and the error that `late` makes after the timeout
 */
export async function until(
  probe: () => Promise<boolean>,
  timeout: number,
  late: () => Error | Promise<Error>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeout;
  for (;;) {
    signal?.throwIfAborted();
    if (await probe().catch(() => false)) return;
    if (Date.now() > deadline) throw await late();
    await sleep(25);
  }
}

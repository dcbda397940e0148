/** What can end a step before it is done. */
export interface StepSignal {
  readonly signal: AbortSignal;
  /** Why it was aborted, if it was. */
  reason(): 'cancelled' | 'timed out' | undefined;
  done(): void;
}

/**
 * A signal that follows the cancellation of the job, unless the step's condition still holds then (`always()`), and that
 * ends the step after its time. A kill ends it in any case.
 * @param stillWanted asks the step's condition once the job is cancelled
 * @param milliseconds the step's time limit, if any
 */
export function stepSignal(
  jobCancel: AbortSignal,
  kill: AbortSignal,
  stillWanted: () => boolean,
  milliseconds: number | undefined,
): StepSignal {
  const controller = new AbortController();
  let reason: 'cancelled' | 'timed out' | undefined;
  const abort = (why: 'cancelled' | 'timed out'): void => {
    reason ??= why;
    controller.abort();
  };
  const onCancel = (): void => {
    if (!stillWanted()) abort('cancelled');
  };
  // A step that starts after the cancellation was wanted all the same.
  if (!jobCancel.aborted) jobCancel.addEventListener('abort', onCancel);
  const onKill = (): void => abort('cancelled');
  kill.addEventListener('abort', onKill);
  const timer = milliseconds === undefined ? undefined : setTimeout(() => abort('timed out'), milliseconds);
  return {
    signal: controller.signal,
    reason: () => reason,
    done: () => {
      clearTimeout(timer);
      jobCancel.removeEventListener('abort', onCancel);
      kill.removeEventListener('abort', onKill);
    },
  };
}

/** How a run or job takes its place in a group. */
export interface GroupRequest {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: 'single' | 'max';
  /** Groups that the runs and jobs around this one hold: they would never become free. */
  readonly heldAround: readonly string[];
}

interface Holder {
  /** Called when a newcomer cancels the one that runs. */
  readonly onCancel: () => void;
}

interface Group {
  running: Holder | undefined;
  waiting: { readonly holder: Holder; readonly start: () => void; readonly giveUp: () => void }[];
}

/**
 * Concurrency groups (docs.github.com, "Control the concurrency of workflows and jobs"): one runs, one waits, and a
 * newcomer takes the place of the one that waits unless the group queues.
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>();

  /**
   * Waits for a request.
   * @returns what frees it again, or undefined when it was cancelled while it waited
   * @throws Error when one around it holds the same group
   */
  async enter(request: GroupRequest, onCancel: () => void, signal: AbortSignal): Promise<(() => void) | undefined> {
    const key = request.group.toLowerCase();
    if (request.heldAround.some((group) => group.toLowerCase() === key))
      throw new Error(`It would wait for itself: the concurrency group \`${request.group}\` is held by what calls it.`);
    const holder: Holder = { onCancel };
    const group = this.#groups.get(key) ?? { running: undefined, waiting: [] };
    this.#groups.set(key, group);
    if (group.running === undefined) group.running = holder;
    else {
      if (request.queue === 'single') for (const { giveUp } of group.waiting.splice(0)) giveUp();
      if (request.cancelInProgress) group.running.onCancel();
      if (!(await this.#wait(group, holder, signal))) return undefined;
    }
    return () => this.#leave(group, holder);
  }

  #wait(group: Group, holder: Holder, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (hasStarted: boolean): void => {
        signal.removeEventListener('abort', giveUp);
        group.waiting = group.waiting.filter((other) => other.holder !== holder);
        resolve(hasStarted);
      };
      const giveUp = (): void => end(false);
      group.waiting.push({ holder, start: () => end(true), giveUp });
      signal.addEventListener('abort', giveUp);
      if (signal.aborted) giveUp();
    });
  }

  #leave(group: Group, holder: Holder): void {
    if (group.running !== holder) return;
    const next = group.waiting[0];
    group.running = next?.holder;
    next?.start();
  }
}

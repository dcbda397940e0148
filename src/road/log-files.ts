import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShownRun } from './page.ts';

/** Writes the whole log of each job that ran, as `<event>-<job>.log`. */
export async function keepLogs(runs: readonly ShownRun[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { event, result } of runs) {
    for (const { id, steps } of result.jobs) {
      if (steps.length === 0) continue;
      const lines = steps.flatMap((step) => [`=== ${step.name} (${step.outcome})`, ...step.lines]);
      await writeFile(join(folder, `${event}-${id.replaceAll('/', '-')}.log`), `${lines.join('\n')}\n`);
    }
  }
}

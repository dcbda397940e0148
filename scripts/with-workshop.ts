import { realWorkshop } from '../src/action/workshop.ts';
import { UsageError } from '../src/definition/values.ts';
import { ProgramError } from '../src/effects/effects.ts';
import type { Workshop } from '../src/tools/workshop.ts';

/**
 * Runs a script that has programs to build or fetch: progress on standard error, Ctrl-C stops what runs, exit code 1
 * when a program cannot be had and 2 for wrong use.
 */
export async function withWorkshop(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await work(realWorkshop(process.cwd(), (line) => console.error(line), stop.signal));
  } catch (error) {
    if (error instanceof ProgramError) console.error(`${error.message}\n${error.fix}`);
    else if (error instanceof UsageError) console.error(error.message);
    else throw error;
    process.exitCode = error instanceof ProgramError ? 1 : 2;
  }
}

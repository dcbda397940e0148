import { realWorkshop } from '../src/action/workshop.ts';
import { UsageError } from '../src/definition/values.ts';
import { ProgramError } from '../src/effects/effects.ts';
import { StartError } from '../src/local/process/program.ts';
import type { Workshop } from '../src/tools/workshop.ts';

/**
 * Runs a script that has programs to build, fetch or start: progress on standard error, Ctrl-C stops what runs. Exit
 * code 1 when a program cannot be had or does not start, 2 for wrong use, 130 after Ctrl-C.
 */
export async function withWorkshop(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await work(realWorkshop(process.cwd(), (line) => console.error(line), stop.signal));
  } catch (error) {
    // Whatever fails once everything is being stopped fails because of that.
    const [code, message] = stop.signal.aborted ? [130, 'Stopped.'] : expected(error);
    console.error(message);
    process.exitCode = code;
  }
}

/** Exit code and message of an error that is no bug; a bug is thrown again. */
function expected(error: unknown): [code: number, message: string] {
  if (error instanceof ProgramError) return [1, `${error.message}\n${error.fix}`];
  if (error instanceof StartError) return [1, error.message];
  if (error instanceof UsageError) return [2, error.message];
  throw error;
}

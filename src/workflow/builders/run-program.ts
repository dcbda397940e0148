import { LineSplitter } from '../line-splitter.ts';
import { runnerStopTimes, runProcess } from '../process.ts';
import type { BuildRequest } from '../stand-in.ts';

/**
 * Runs a program of a build; its output becomes the log of the step.
 * @throws Error when it fails
 */
export async function runProgram(program: string, args: readonly string[], request: BuildRequest): Promise<void> {
  const { context, environment, signal, log } = request;
  const streams = { stdout: new LineSplitter((line) => log(line)), stderr: new LineSplitter((line) => log(line)) };
  const { code } = await runProcess({
    program,
    args,
    cwd: context,
    env: environment,
    cancel: signal,
    kill: new AbortController().signal,
    times: runnerStopTimes,
    onOutput: (stream, chunk) => streams[stream].write(chunk),
  });
  streams.stdout.end();
  streams.stderr.end();
  if (code !== 0) throw new Error(`${program} ended with exit code ${code ?? 'none: it was stopped'}.`);
}

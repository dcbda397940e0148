import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that runs until it is stopped. */
export interface StartedProgram {
  stop(): Promise<void>;
}

/**
 * Starts a program and waits until it is ready.
 * @throws with the end of its output when it ends instead, or is not ready in time
 */
export async function startProgram(
  path: string,
  args: readonly string[],
  ready: () => Promise<boolean>,
): Promise<StartedProgram> {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const started = { stop: () => stop(child) };
  const limit = Date.now() + 60_000;
  while (!(await ready().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > limit) {
      await started.stop();
      throw new Error(`${path} did not become ready:\n${output}`);
    }
    await delay(100);
  }
  return started;
}

/** What it held is thrown away with its folder, so there is nothing to end in order. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

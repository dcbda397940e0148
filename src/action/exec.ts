import { spawn } from 'node:child_process';
import type { Exec, ExecOptions, ExecResult } from '../effects/effects.ts';

const defaultMaxOutput = 64 * 1024 * 1024;
const graceMilliseconds = 5000;

/**
 * Runs programs without a shell, each as a process group of its own. (@actions/exec cannot stop a program: it has
 * neither a time limit nor a signal.)
 * @param environment what a program sees when the caller gives no `env`
 */
export function makeExec(environment: Readonly<Record<string, string>>): Exec {
  return (program, args, options = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: options.cwd,
        env: options.env ?? environment,
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const output = collect(options.maxOutput ?? defaultMaxOutput);
      const stopper = stopWhenAsked(child.pid, options);
      child.stdout.on('data', output.stdout);
      child.stderr.on('data', output.stderr);
      // A program that ends before it has read its input is judged by how it ends, not by the broken pipe.
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.input ?? '');
      child.on('error', (error) => {
        stopper.done();
        reject(error);
      });
      child.on('close', (code, signal) => {
        stopper.done();
        resolve({ code, signal, ...output.result(), timedOut: stopper.timedOut() });
      });
    });
}

function stopWhenAsked(
  pid: number | undefined,
  { timeout, signal }: ExecOptions,
): { done: () => void; timedOut: () => boolean } {
  let timedOut = false;
  let hardStop: NodeJS.Timeout | undefined;
  const stop = (): void => {
    kill(pid, 'SIGTERM');
    hardStop ??= setTimeout(() => kill(pid, 'SIGKILL'), graceMilliseconds);
  };
  const limit =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          stop();
        }, timeout);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return {
    done: () => {
      clearTimeout(limit);
      clearTimeout(hardStop);
      signal?.removeEventListener('abort', stop);
    },
    timedOut: () => timedOut,
  };
}

/** Signals the whole process group: a program's children must not outlive it. */
function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

function collect(maxOutput: number): {
  stdout: (chunk: Buffer) => void;
  stderr: (chunk: Buffer) => void;
  result: () => Pick<ExecResult, 'stdout' | 'stderr' | 'truncated'>;
} {
  const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  let room = maxOutput;
  let truncated = false;
  const take = (name: 'stdout' | 'stderr') => (chunk: Buffer) => {
    truncated ||= chunk.length > room;
    if (room > 0) chunks[name].push(chunk.subarray(0, room));
    room = Math.max(0, room - chunk.length);
  };
  return {
    stdout: take('stdout'),
    stderr: take('stderr'),
    result: () => ({
      stdout: Buffer.concat(chunks.stdout).toString('utf8'),
      stderr: Buffer.concat(chunks.stderr).toString('utf8'),
      truncated,
    }),
  };
}

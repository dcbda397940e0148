import { spawn } from 'node:child_process';

/** How long each stage of a stop may take, in milliseconds (actions/runner, ProcessInvoker.cs). */
export interface StopTimes {
  /** From SIGINT to SIGTERM. */
  readonly interrupt: number;
  /** From SIGTERM to SIGKILL. */
  readonly terminate: number;
  /** How long output is waited for after the program has ended, because a child of it still holds its pipes. */
  readonly drain: number;
}

export const runnerStopTimes: StopTimes = { interrupt: 7500, terminate: 2500, drain: 5000 };

export interface ProcessRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Stops the program in stages. */
  readonly cancel: AbortSignal;
  /** Kills it at once. */
  readonly kill: AbortSignal;
  readonly times: StopTimes;
  readonly onOutput: (stream: 'stdout' | 'stderr', chunk: Buffer) => void;
}

/** `code` is null when a signal ended the program. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs a program as a process group of its own and streams its output. As on GitHub only the program itself gets SIGINT
 * and SIGTERM; SIGKILL goes to the whole group, and to what is left of it after a stop.
 * @throws Error when the program cannot be started
 */
export function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  const { program, args, cwd, env, cancel, kill, times, onOutput } = request;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const timers: NodeJS.Timeout[] = [];
    const later = (milliseconds: number, action: () => void): void => {
      timers.push(setTimeout(action, milliseconds));
    };
    const killGroup = (): void => signalTo(child.pid, 'SIGKILL', true);
    const stop = (): void => {
      signalTo(child.pid, 'SIGINT', false);
      later(times.interrupt, () => {
        signalTo(child.pid, 'SIGTERM', false);
        later(times.terminate, killGroup);
      });
    };
    const done = (): void => {
      timers.forEach(clearTimeout);
      cancel.removeEventListener('abort', stop);
      kill.removeEventListener('abort', killGroup);
    };
    child.stdout.on('data', (chunk: Buffer) => onOutput('stdout', chunk));
    child.stderr.on('data', (chunk: Buffer) => onOutput('stderr', chunk));
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      if (cancel.aborted || kill.aborted) killGroup();
      // As on GitHub, a child that still holds the pipes neither holds up the step nor ends with it.
      later(times.drain, () => {
        for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners('data').resume();
        resolve({ code, signal });
      });
    });
    child.on('close', (code, signal) => {
      done();
      resolve({ code, signal });
    });
    cancel.addEventListener('abort', stop);
    kill.addEventListener('abort', killGroup);
    if (cancel.aborted) stop();
    if (kill.aborted) killGroup();
  });
}

function signalTo(pid: number | undefined, signal: NodeJS.Signals, wholeGroup: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(wholeGroup ? -pid : pid, signal);
  } catch {
    // It has ended already.
  }
}

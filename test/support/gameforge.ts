import { spawn } from 'node:child_process';
import { freePorts } from '../../src/local/process/ports.ts';

/** The service of examples/gameforge, as its container starts it. */
export interface Gameforge {
  readonly url: string;
  /** What it has written, line by line. */
  readonly log: () => string[];
  /** Sends SIGTERM, as Kubernetes does, and waits. @returns the exit code */
  stop(): Promise<number | null>;
}

/** Starts it and waits until it answers. @param environment variables beyond its port */
export async function startGameforge(environment: Readonly<Record<string, string>> = {}): Promise<Gameforge> {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, ['examples/gameforge/server/main.mjs'], {
    env: { PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  let text = '';
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('"listening"')) ready();
    });
    void ended.then((code) => failed(new Error(`gameforge ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    log: () => text.trimEnd().split('\n'),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

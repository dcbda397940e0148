import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { program } from './programs.ts';

export interface LoopbackRegistry {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  stop(): void;
}

/** Starts the registry program on a free loopback port. */
export async function startRegistry(): Promise<LoopbackRegistry> {
  const child = spawn(await program('oci-registry'), ['-address', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the registry ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  return { address, stop: () => child.kill() };
}

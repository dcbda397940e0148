import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '../../src/action/clock.ts';
import { makeExec } from '../../src/action/exec.ts';
import { realFiles } from '../../src/action/files.ts';
import { findRuntimes, readMachine, type Machine } from '../../src/seccomp/enforce/runtimes.ts';
import type { EnforceEffects, Runtime } from '../../src/seccomp/enforce/start.ts';
import { program } from './programs.ts';

/** This machine with both runtimes of Debian, to start programs under profiles for real. */
export interface SeccompMachine {
  readonly effects: EnforceEffects;
  readonly machine: Machine;
  readonly runc: Runtime;
  readonly crun: Runtime;
  readonly runtimes: readonly Runtime[];
  /** A folder that every user can read. */
  readonly folder: string;
  close(): void;
}

export async function seccompMachine(): Promise<SeccompMachine> {
  await Promise.all([program('runc'), program('crun')]);
  // Programs get a /tmp of their own, which would hide it.
  const folder = mkdtempSync(join('/var/tmp', 'slipway-seccomp-'));
  chmodSync(folder, 0o755);
  const exec = makeExec({ PATH: process.env.PATH ?? '', HOME: folder });
  const runtimes = await findRuntimes(exec);
  const machine = await readMachine(exec);
  const named = (name: string): Runtime => {
    const found = runtimes.find((runtime) => runtime.name === name);
    if (found === undefined) throw new Error(`no ${name} that may be used as root: type sudo apt-get install ${name}`);
    return found;
  };
  if (machine === undefined) throw new Error('this machine has an architecture that the model does not know');
  return {
    effects: { exec, files: realFiles, clock: realClock, temp: folder, node: process.execPath },
    machine,
    runc: named('runc'),
    crun: named('crun'),
    runtimes,
    folder,
    close: () => rmSync(folder, { recursive: true }),
  };
}

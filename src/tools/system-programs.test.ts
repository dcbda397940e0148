import { accessSync, chmodSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ExecResult } from '../effects/effects.ts';
import { findSystemProgram, installSystemPrograms } from './system-programs.ts';
import type { Workshop } from './workshop.ts';

interface Command {
  readonly line: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder that comes first in the PATH of dpkg while the command runs. */
  readonly shims: string;
  readonly starterIsReplaced: boolean;
}

const ended = (code: number): ExecResult => ({
  code,
  signal: null,
  stdout: 'said',
  stderr: '',
  timedOut: false,
  truncated: false,
});

/** A workshop whose commands end with these codes, in order, and what was run in it. */
function workshop(codes: number[], env: Record<string, string> = {}): { workshop: Workshop; commands: Command[] } {
  const commands: Command[] = [];
  const exec: Workshop['exec'] = (name, args, options) => {
    const shims = /DPkg::Path=([^:]+):/.exec(args.join(' '))?.[1] ?? '';
    const starter = join(shims, 'invoke-rc.d');
    const starterIsReplaced = shims !== '' && canRun(starter);
    commands.push({ line: [name, ...args].join(' '), env: options?.env ?? {}, shims, starterIsReplaced });
    return Promise.resolve(ended(codes.shift() ?? 1));
  };
  const clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
  const http = () => Promise.reject(new Error('no network'));
  const signal = new AbortController().signal;
  return { workshop: { exec, http, clock, root: '.', env, say: () => undefined, signal }, commands };
}

function canRun(path: string): boolean {
  accessSync(path, constants.X_OK);
  return true;
}

function asUser(id: number): void {
  jest.spyOn(process, 'getuid').mockReturnValue(id);
}
afterEach(() => {
  jest.restoreAllMocks();
});

describe('installing packages', () => {
  it('is one command, without recommended packages, questions or services that start', async () => {
    asUser(0);
    const { workshop: here, commands } = workshop([0]);
    await installSystemPrograms(['prometheus', 'docker-registry'], here);
    expect(commands).toHaveLength(1);
    const [command] = commands;
    expect(command!.line).toMatch(/^apt-get install -y --no-install-recommends .* prometheus docker-registry$/);
    expect(command!.env).toMatchObject({ DEBIAN_FRONTEND: 'noninteractive' });
    expect(command!.starterIsReplaced).toBe(true);
    expect(existsSync(command!.shims)).toBe(false);
  });

  it('reads the lists of packages anew when the first attempt fails', async () => {
    asUser(0);
    const { workshop: here, commands } = workshop([100, 0, 0]);
    await installSystemPrograms(['crun'], here);
    expect(commands.map(({ line }) => line.split(' ', 2).join(' '))).toEqual([
      'apt-get install',
      'apt-get update',
      'apt-get install',
    ]);
  });

  it('that fails twice is told with what apt-get said', async () => {
    asUser(0);
    const { workshop: here } = workshop([100, 0, 100]);
    await expect(installSystemPrograms(['crun'], here)).rejects.toThrow(
      /^apt-get install .* crun ended with code 100:\nsaid/,
    );
  });

  it('is left to the user when this process may not', async () => {
    asUser(1000);
    const { workshop: here, commands } = workshop([]);
    await expect(installSystemPrograms(['runc', 'chromium'], here)).rejects.toMatchObject({
      message: expect.stringContaining('runc, chromium must come from the operating system'),
      fix: 'Type: sudo apt-get install -y --no-install-recommends runc chromium',
    });
    expect(commands).toEqual([]);
  });
});

describe('a program of the system', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-system-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is found in the PATH under any of its names, when it can be run', async () => {
    const chrome = join(folder, 'google-chrome');
    writeFileSync(chrome, '');
    const { workshop: here } = workshop([], { PATH: `/nowhere::${folder}` });
    expect(await findSystemProgram('chromium', here)).toBeUndefined();
    chmodSync(chrome, 0o755);
    expect(await findSystemProgram('chromium', here)).toBe(chrome);
  });

  it('is not found when it is not there', async () => {
    const { workshop: here } = workshop([], { PATH: folder });
    expect(await findSystemProgram('no-such-program', here)).toBeUndefined();
  });
});

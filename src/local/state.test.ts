import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeFolder } from './folder.ts';
import { identify } from './process/identity.ts';
import { partStatus, readState, stopPlatform, writeState, type PlatformState } from './state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-state-'));
});
afterEach(() => rm(folder, { recursive: true }));

const gone = { pid: process.pid, started: 'another boot/1' };
const state = (change: Partial<PlatformState> = {}): PlatformState => ({
  version: 1,
  supervisor: gone,
  startedAt: '2026-01-01T00:00:00.000Z',
  parts: [],
  ...change,
});

describe('the state file', () => {
  it('is read as it was written, by this user only', async () => {
    const written = state({ parts: [{ name: 'etcd', process: gone, since: '2026-01-01T00:00:01.000Z' }] });
    await writeState(folder, written);
    await expect(readState(folder)).resolves.toEqual(written);
    expect((await stat(join(folder, 'state.json'))).mode & 0o777).toBe(0o600);
  });

  it('need not exist', async () => {
    await expect(readState(join(folder, 'none'))).resolves.toBeUndefined();
  });

  it('is refused when it is cut off', async () => {
    await writeFile(join(folder, 'state.json'), '{"version": 1, "parts"');
    await expect(readState(folder)).rejects.toThrow(/state\.json cannot be read/);
  });
});

describe('the status of parts', () => {
  it('knows a part that runs from one whose id another process has got', async () => {
    const self = (await identify(process.pid))!;
    const part = { name: 'etcd', since: '' };
    const parts = await partStatus(
      state({
        parts: [
          { ...part, process: self },
          { ...part, process: gone },
        ],
      }),
    );
    expect(parts.map(({ alive }) => alive)).toEqual([true, false]);
  });
});

describe('stopping a platform from outside', () => {
  it('stops what is left of it and nothing else', async () => {
    const [left, stranger] = [0, 1].map(() => spawn('sleep', ['300'], { detached: true }));
    const part = { name: 'etcd', since: '' };
    const process = (await identify(left!.pid!))!;
    const recycled = { pid: stranger!.pid!, started: 'another boot/1' };
    const stopped = await stopPlatform(
      state({
        parts: [
          { ...part, process },
          { ...part, process: recycled },
        ],
      }),
    );
    expect(stopped).toBe(1);
    await expect(identify(left!.pid!)).resolves.toBeUndefined();
    await expect(identify(stranger!.pid!)).resolves.toBeDefined();
    stranger!.kill('SIGKILL');
  });
});

describe('the state folder', () => {
  it('belongs to one platform at a time', async () => {
    const taken = await takeFolder(folder);
    await expect(takeFolder(folder)).rejects.toThrow(/A platform already runs in .*slipway local down/);
    await taken.release();
    await (await takeFolder(folder)).release();
  });

  it('is emptied of an earlier platform', async () => {
    await mkdir(join(folder, 'data/etcd'), { recursive: true });
    await writeFile(join(folder, 'state.json'), '{');
    await (await takeFolder(folder)).release();
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  it('is refused, and left as it is, when it holds other files', async () => {
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    await expect(takeFolder(folder)).rejects.toThrow(/no folder of a platform: it holds thesis\.txt/);
    await expect(readdir(folder)).resolves.toEqual(['data', 'thesis.txt']);
    // The refusal holds no lock.
    await rm(join(folder, 'thesis.txt'));
    await (await takeFolder(folder)).release();
  });
});

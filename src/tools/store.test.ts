import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withEnvironment } from '../../test/support/environment.ts';
import { findStored, readRecord, store, type StoredProgram } from './store.ts';

const helm: StoredProgram = {
  name: 'helm',
  version: '4.2.4',
  origin: 'source',
  from: { flags: '-s' },
  key: 'k'.repeat(64),
};
const write = (content: string) => (path: string) => writeFile(path, content);

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'slipway-store-'));
});
afterEach(() => rmSync(cache, { recursive: true }));
withEnvironment(() => ({ XDG_CACHE_HOME: cache }));

describe('the store', () => {
  it('keeps a program under its name, version and key, with a record beside it', async () => {
    const path = await store(helm, write('bytes'));
    expect(path).toBe(join(cache, 'slipway/programs/helm-4.2.4-kkkkkkkkkkkkkkkk/helm'));
    expect(await findStored(helm)).toBe(path);
    expect(await readRecord(path)).toEqual({
      name: 'helm',
      version: '4.2.4',
      origin: 'source',
      sha256: '277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9',
      size: 5,
      from: { flags: '-s' },
    });
  });

  it('holds nothing of a program that could not be made', async () => {
    await expect(store(helm, () => Promise.reject(new Error('no compiler')))).rejects.toThrow('no compiler');
    expect(readdirSync(join(cache, 'slipway/programs'))).toEqual([]);
    expect(await findStored(helm)).toBeUndefined();
  });

  it('keeps one whole program when two make it at the same time', async () => {
    const paths = await Promise.all([store(helm, write('first')), store(helm, write('other'))]);
    expect(paths[0]).toBe(paths[1]);
    expect(['first', 'other']).toContain(readFileSync(paths[0], 'utf8'));
    expect(await findStored(helm)).toBe(paths[0]);
    expect(readdirSync(join(cache, 'slipway/programs'))).toHaveLength(1);
  });

  it('leaves a whole program alone: it may be running', async () => {
    const path = await store(helm, write('first'));
    await store(helm, write('other'));
    expect(readFileSync(path, 'utf8')).toBe('first');
  });

  it('does not count a program that was cut short, and replaces it', async () => {
    const path = await store(helm, write('bytes'));
    writeFileSync(path, 'byt');
    expect(await findStored(helm)).toBeUndefined();
    await store(helm, write('bytes'));
    expect(await findStored(helm)).toBe(path);
  });

  it('removes what a killed process left a day ago, and nothing younger', async () => {
    const programs = join(cache, 'slipway/programs');
    for (const name of ['.new-old', '.new-young']) mkdirSync(join(programs, name), { recursive: true });
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    utimesSync(join(programs, '.new-old'), twoDaysAgo, twoDaysAgo);
    const path = await store(helm, write('bytes'));
    expect(readdirSync(programs).sort()).toEqual(['.new-young', 'helm-4.2.4-kkkkkkkkkkkkkkkk']);
    expect(dirname(path)).toBe(join(programs, 'helm-4.2.4-kkkkkkkkkkkkkkkk'));
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { identify, isAlive, parseStat, stopProcesses } from './identity.ts';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** A process that leads its own group and says when it is ready. */
const start = (script: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', `${script}; console.log('ready'); setInterval(() => {}, 1000)`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    child.on('error', reject);
    child.stdout.once('data', () => resolve(child.pid ?? 0));
  });

describe('state and start of a process', () => {
  const after = Array.from({ length: 18 }, (_, index) => index + 4).join(' ');
  it.each([
    ['a plain name', `7 (node) S ${after} 4711 0`],
    ['a name with spaces', `7 (tmux: server) S ${after} 4711 0`],
    ['a name that looks like the fields', `7 (a) Z 1 (b) S ${after} 4711 0`],
  ])('%s', (_, line) => expect(parseStat(line)).toEqual({ state: 'S', startTicks: '4711' }));
});

describe('a process', () => {
  it('is known again', async () => {
    const self = await identify(process.pid);
    expect(self).toBeDefined();
    await expect(isAlive(self!)).resolves.toBe(true);
  });

  it('is not mistaken for another one with its id', async () => {
    await expect(isAlive({ pid: process.pid, started: 'another boot/1' })).resolves.toBe(false);
  });

  it('is not alive when it does not exist', async () => {
    await expect(identify(2 ** 22 + 1)).resolves.toBeUndefined();
  });
});

describe('stopping', () => {
  it('ends a process that listens to SIGTERM, and one that does not', async () => {
    const pids = await Promise.all([start(''), start("process.on('SIGTERM', () => {})")]);
    const processes = await Promise.all(pids.map(async (pid) => (await identify(pid))!));
    await stopProcesses(processes, 200);
    await expect(Promise.all(processes.map(isAlive))).resolves.toEqual([false, false]);
  });

  it('leaves a process alone that only has the id of the one that is meant', async () => {
    const pid = await start('');
    await stopProcesses([{ pid, started: 'another boot/1' }], 0);
    await expect(identify(pid)).resolves.toBeDefined();
  });

  it('ends the children of a process too', async () => {
    const pid = await start("require('child_process').spawn('sleep', ['300'])");
    const child = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
    const both = await Promise.all([pid, child].map(async (id) => (await identify(id))!));
    await stopProcesses([both[0]!], 1000);
    const gone = async () => !(await isAlive(both[0]!)) && !(await isAlive(both[1]!));
    await until(gone, 2000, () => new Error('a child outlived its parent'));
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { isAlive } from './identity.ts';
import { freePorts } from './ports.ts';
import { dyingWithParent, startProgram, StartError, type ProgramStart } from './program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-program-'));
});
afterAll(() => rm(folder, { recursive: true }));

const started = async (log: string) => (await readFile(log, 'utf8')).includes('STARTED');
/** A program of one line of JavaScript; ready when it has said so. */
const program = (script: string, change: Partial<ProgramStart> = {}): ProgramStart => {
  const log = join(folder, `${Math.random()}.log`);
  return {
    name: 'example',
    path: process.execPath,
    args: ['-e', script],
    log,
    ready: () => started(log),
    ...change,
  };
};
const forever = "console.log('STARTED'); setInterval(() => {}, 1000)";

describe('a program', () => {
  it('runs until it is stopped, and its stop is not told as an unexpected end', async () => {
    const running = await startProgram(program(forever));
    const ends: string[] = [];
    running.onUnexpectedEnd((how) => ends.push(how));
    await expect(isAlive(running.process)).resolves.toBe(true);
    await running.stop();
    await expect(isAlive(running.process)).resolves.toBe(false);
    expect(ends).toEqual([]);
  });

  it('tells when it ends without being asked to', async () => {
    const running = await startProgram(program("console.log('STARTED'); setTimeout(() => process.exit(4), 300)"));
    const how = await new Promise((resolve) => running.onUnexpectedEnd(resolve));
    expect(how).toBe('it ended with exit code 4');
    expect(running.ended()).toBe('it ended with exit code 4');
  });

  it('sees only the environment that it is given', async () => {
    const start = program(`console.log(JSON.stringify(Object.keys(process.env))); ${forever}`, { env: { ONE: '1' } });
    process.env.ANOTHER = '2';
    const running = await startProgram(start);
    delete process.env.ANOTHER;
    await running.stop();
    const names = JSON.parse((await readFile(start.log, 'utf8')).split('\n')[0]!) as string[];
    expect(names).toEqual(expect.arrayContaining(['PATH', 'ONE']));
    expect(names).not.toContain('ANOTHER');
  });
});

describe('a program whose starter dies', () => {
  it('dies with it', async () => {
    const file = new URL('./program.ts', import.meta.url).href;
    const script = `
      const { dyingWithParent } = await import(${JSON.stringify(file)});
      const { spawn } = await import('node:child_process');
      const [command, args] = dyingWithParent('sleep', ['60']);
      console.log(spawn(command, args, { detached: true, stdio: 'ignore' }).pid);
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    const program = Number(line);
    const isSleep = async () => (await readFile(`/proc/${program}/comm`, 'utf8').catch(() => '')) === 'sleep\n';
    const never = () => new Error('it stays as it is');
    await until(isSleep, 10_000, never);
    starter.kill('SIGKILL');
    await until(async () => !(await isSleep()), 10_000, never);
  });

  it('is not even started when that happens before the kernel watches', async () => {
    const [command, args] = dyingWithParent('echo', ['started']);
    // A shell in between: the program is the child of another process than the one that was meant to start it.
    const out = await new Promise((resolve) =>
      execFile('sh', ['-c', '"$@"; echo "ended with $?"', 'sh', command, ...args], (_, stdout) => resolve(stdout)),
    );
    expect(out).toBe('ended with 1\n');
  });
});

describe('a program that does not start', () => {
  it('is told with how it ended and the end of its log', async () => {
    const start = startProgram(program("console.log('no such database'); process.exit(3)"));
    await expect(start).rejects.toThrow(/example did not start: it ended with exit code 3[^]*no such database/);
  });

  it('is told when it does not exist', async () => {
    await expect(startProgram(program('', { path: '/nowhere/program' }))).rejects.toThrow(/\/nowhere\/program/);
  });

  it('is stopped when it does not become ready in time', async () => {
    const start = program('console.log(process.pid); setInterval(() => {}, 1000)', { timeout: 400 });
    await expect(startProgram(start)).rejects.toThrow('example was not ready after 0.4 s');
    const pid = Number(await readFile(start.log, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('is stopped when its start is not wanted any more', async () => {
    const abort = new AbortController();
    const start = program('setInterval(() => {}, 1000)', { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('never mind')), 100);
    await expect(startProgram(start)).rejects.toThrow('never mind');
  });

  it('says so when somebody else listens on its port', async () => {
    const [port] = await freePorts(1);
    const server = createServer().listen(port, '127.0.0.1');
    // As programs in Go say it; Node says EADDRINUSE.
    const script = `require('net').createServer().on('error', (e) => { console.log('bind: ' + e.message); process.exit(1) }).listen(${port}, '127.0.0.1')`;
    const failed = startProgram(program(script));
    await expect(failed).rejects.toMatchObject({ name: 'StartError', portTaken: true });
    await expect(failed).rejects.toBeInstanceOf(StartError);
    server.close();
  });
});

it('free ports differ from each other', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
});

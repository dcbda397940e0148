import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Parts, type PartProgram, type PartsOptions } from './parts.ts';
import { freePorts } from './process/ports.ts';
import { readState } from './state.ts';
import { answersOk } from './http.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-parts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (change: Partial<PartsOptions> = {}) =>
  Parts.open({
    folder,
    programs: () => Promise.resolve(process.execPath),
    signal: new AbortController().signal,
    onLost: () => undefined,
    ...change,
  });

/** A web server in one line; it fails as Go programs do when its port is taken. */
const web: PartProgram = {
  name: 'web',
  ports: 1,
  start: ([port]) => ({
    args: [
      '-e',
      `require('http').createServer((_, r) => r.end('ok')).on('error', (e) => { console.log('bind: ' + e.message); process.exit(1) }).listen(${port}, '127.0.0.1')`,
    ],
    address: `http://127.0.0.1:${port}`,
    ready: () => answersOk(`http://127.0.0.1:${port}`),
  }),
};

describe('parts', () => {
  it('stand in the state file as they start, and are stopped last one first', async () => {
    const parts = await open();
    const { ports } = await parts.start(web);
    const order: string[] = [];
    await parts.addServer('first', 'http://127.0.0.1:1', () => Promise.resolve(void order.push('first')));
    await parts.addServer('second', 'http://127.0.0.1:2', () => Promise.resolve(void order.push('second')));
    await parts.ready();
    await expect(readState(folder)).resolves.toMatchObject({
      supervisor: { pid: process.pid },
      readyAt: expect.any(String),
      parts: [
        { name: 'web', address: `http://127.0.0.1:${ports[0]}`, log: join(folder, 'logs/web.log') },
        { name: 'first', process: { pid: process.pid } },
        { name: 'second' },
      ],
    });
    await parts.stop();
    expect(order).toEqual(['second', 'first']);
    await expect(answersOk(`http://127.0.0.1:${ports[0]}`)).rejects.toThrow('ECONNREFUSED');
  });

  it('one that cannot be stopped does not keep the others alive', async () => {
    const parts = await open();
    const { ports } = await parts.start(web);
    await parts.addServer('stuck', 'http://127.0.0.1:1', () => Promise.reject(new Error('stuck')));
    await expect(parts.stop()).rejects.toThrow('could not be stopped');
    await expect(answersOk(`http://127.0.0.1:${ports[0]}`)).rejects.toThrow('ECONNREFUSED');
  });

  it('are told when they are lost', async () => {
    let lost: (how: string) => void = () => undefined;
    const told = new Promise<string>((resolve) => (lost = resolve));
    const parts = await open({ onLost: (part, how) => lost(`${part}: ${how}`) });
    const { program } = await parts.start(web);
    process.kill(program.process.pid, 'SIGKILL');
    await expect(told).resolves.toBe('web: it was ended by SIGKILL');
    await parts.stop();
  });
});

describe('a port that is taken', () => {
  it('is replaced by another one', async () => {
    const [taken = 0] = await freePorts(1);
    const server = createServer().listen(taken, '127.0.0.1');
    let attempts = 0;
    const parts = await open({
      findPorts: (count) => (++attempts === 1 ? Promise.resolve([taken]) : freePorts(count)),
    });
    const { ports } = await parts.start(web);
    expect(attempts).toBe(2);
    expect(ports[0]).not.toBe(taken);
    await parts.stop();
    server.close();
  });

  it('is told in the end, when every port is', async () => {
    const [taken = 0] = await freePorts(1);
    const server = createServer().listen(taken, '127.0.0.1');
    const parts = await open({ findPorts: () => Promise.resolve([taken]) });
    await expect(parts.start(web)).rejects.toThrow(/web did not start[^]*address already in use/);
    server.close();
  });
});

it('a program that is missing is told as its finder tells it', async () => {
  const parts = await open({ programs: (name) => Promise.reject(new Error(`${name}: run \`npm run tools ${name}\``)) });
  await expect(parts.start(web)).rejects.toThrow('npm run tools web');
});

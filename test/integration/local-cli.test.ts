import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readState, type PlatformState } from '../../src/local/state.ts';
import { until } from '../../src/local/until.ts';
import { buildWebApp, helmUpgrade, processesNaming, pushWebApp } from '../support/local-platform.ts';

/** `slipway local up|down|status` as a user runs it, and what is left when it ends in any way. */

jest.setTimeout(180_000);

const main = join(process.cwd(), 'src/cli/main.ts');
const parts = [
  'oci-registry',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'prometheus',
];
const tries = 60_000;

/** The command, while it runs and after. */
interface Command {
  readonly process: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  readonly ended: Promise<number | null>;
}

let folder: string;
let app: Buffer;
/** What this file has started; nothing of it may stay when a test fails. */
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'slipway-cli-')), 'platform');
  app = await buildWebApp();
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(join(folder, '..'), { recursive: true, maxRetries: 5 }));

function slipway(...args: string[]): Command {
  const child = spawn(process.execPath, [main, 'local', ...args, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Said, because the default is not the environment that a test can change.
    env: process.env,
  });
  started.push(child);
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { process: child, out: () => out, error: () => error, ended };
}

async function run(...args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  const command = slipway(...args);
  return { code: await command.ended, out: command.out(), error: command.error() };
}

/** Starts the platform and waits until it says that it is up. */
async function up(): Promise<Command> {
  const command = slipway('up');
  const isUp = () => Promise.resolve(command.out().includes('Stop it with Ctrl-C.') || hasEnded(command));
  await until(isUp, 2 * tries, () => new Error(command.error()));
  if (hasEnded(command)) throw new Error(command.error());
  return command;
}

const hasEnded = ({ process: { exitCode, signalCode } }: Command): boolean => exitCode !== null || signalCode !== null;

/** Begins a start and waits until a part runs. */
async function upTo(part: string): Promise<Command> {
  const command = slipway('up');
  const isThere = async () => (await stateOf(command))?.parts.some(({ name }) => name === part) === true;
  await until(isThere, tries, () => new Error(`${part} never ran: ${command.error()}`));
  return command;
}

/** The state file, once it is this command's. */
async function stateOf({ process: { pid } }: Command): Promise<PlatformState | undefined> {
  const state = await readState(folder);
  return state?.supervisor.pid === pid ? state : undefined;
}

/** Everything that must be gone afterwards: processes with all their children, their namespaces, and listening sockets. */
interface Traces {
  readonly pids: readonly number[];
  readonly namespaces: readonly string[];
  /** By inode: the port itself may belong to somebody else a moment later. */
  readonly sockets: readonly string[];
}

async function tracesOf(command: Command): Promise<Traces> {
  const pids = descendantsOf(command.process.pid!);
  const own = namespacesOf(process.pid);
  const namespaces = pids.flatMap(namespacesOf).filter((namespace) => !own.includes(namespace));
  const parts = (await stateOf(command))?.parts ?? [];
  const ports = parts.flatMap(({ address = '' }) => [...address.matchAll(/:(\d+)/g)].map(([, port]) => Number(port)));
  const sockets = listeners().flatMap(({ port, inode }) => (ports.includes(port) ? [inode] : []));
  return { pids, namespaces: [...new Set(namespaces)], sockets };
}

/** Sockets that listen on IPv4 (proc(5), /proc/net/tcp: address and port in hexadecimal, state 0A, inode). */
function listeners(): { port: number; inode: string }[] {
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  return lines.flatMap((line) => {
    const fields = line.trim().split(/ +/);
    return fields[3] === '0A' ? [{ port: parseInt(fields[1]!.split(':')[1]!, 16), inode: fields[9]! }] : [];
  });
}

function descendantsOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(descendantsOf)];
}

/** A process that ends meanwhile has none. */
function namespacesOf(pid: number): string[] {
  try {
    return ['net', 'mnt', 'pid', 'ipc'].map((kind) => readlinkSync(`/proc/${pid}/ns/${kind}`));
  } catch {
    return [];
  }
}

/** What is left, in words; nothing when it is an empty list. */
function left({ pids, namespaces, sockets }: Traces): string[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const alive = new Set(all.flatMap((pid) => namespacesOf(Number(pid))));
  const listening = listeners().map(({ inode }) => inode);
  return [
    ...processesNaming(folder),
    ...pids.filter((pid) => all.includes(String(pid))).map((pid) => `process ${pid}`),
    ...namespaces.filter((namespace) => alive.has(namespace)),
    ...sockets.filter((inode) => listening.includes(inode)).map((inode) => `socket ${inode}`),
    ...readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((mount) => mount.includes(folder)),
  ];
}

async function expectNothingLeft(traces: Traces): Promise<void> {
  let found: string[] = [];
  const isClean = () => Promise.resolve((found = left(traces)).length === 0);
  await until(isClean, 10_000, () => new Error(`left behind: ${found.join('; ')}`));
}

/** Brings a pod up, so that there is a container. */
async function deploy(command: Command): Promise<void> {
  const [, registry = ''] = /^registry +(\S+)$/m.exec(command.out()) ?? [];
  const [, kubeconfig = ''] = /KUBECONFIG=(\S+)/.exec(command.out()) ?? [];
  const image = await pushWebApp(registry, app, 'first');
  expect(await helmUpgrade(kubeconfig, 'staging', 'web', { image })).toMatchObject({ code: 0 });
}

describe('a platform that is up', () => {
  let command: Command;
  let traces: Traces;
  const supervise = async () => {
    command = await up();
    await deploy(command);
    traces = await tracesOf(command);
  };

  it('says where everything is, shows its parts and containers, and is stopped from another terminal', async () => {
    await supervise();
    expect(command.out()).toMatch(
      /registry +127\.0\.0\.1:\d+\ncluster +KUBECONFIG=.*\ngateway of staging +http:.*\ngateway of production +http:/,
    );
    for (const setting of ['SLIPWAY_TRUSTED_ROOT', 'SLIPWAY_SIGNING_CONFIG']) {
      const [, path = ''] = new RegExp(` ${setting}=(\\S+)$`, 'm').exec(command.out()) ?? [];
      expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('mediaType');
    }
    const status = await run('status');
    expect(status).toMatchObject({ code: 0, error: '' });
    for (const part of [...parts, 'machine', 'gateway', 'signing', 'forge', 'workload']) {
      expect(status.out).toMatch(new RegExp(`^${part} +running +\\d+ `, 'm'));
    }
    expect(status.out).toMatch(/^staging +web-\S+ +ready +\d+ +0 +sha256:/m);

    const second = await run('up');
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.error).toContain(
      `A platform already runs in ${folder}. Stop it with \`slipway local down --folder ${folder}\`, or give another folder.`,
    );
    expect(await run('status')).toMatchObject({ code: 0 });

    const [scheduler] = (await stateOf(command))!.parts.filter(({ name }) => name === 'kube-scheduler');
    process.kill(scheduler!.process.pid, 'SIGKILL');
    await until(
      () => Promise.resolve(command.error().includes('kube-scheduler is gone: it was ended by SIGKILL')),
      tries,
      () => new Error(command.error()),
    );
    const broken = await run('status');
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/^kube-scheduler +GONE/m);
    expect(broken.error).toContain('kube-scheduler is gone. Its log: ');

    expect(await run('down')).toMatchObject({ code: 0, out: `The platform in ${folder} is stopped.\n` });
    expect(await command.ended).toBe(0);
    await expectNothingLeft(traces);
    expect(await run('status')).toMatchObject({ code: 1, out: `No platform runs in ${folder}.\n` });
    expect(await run('down')).toMatchObject({ code: 0, out: `No platform runs in ${folder}.\n` });
  });

  it('that is killed leaves nothing, and another one starts in its folder, which Ctrl-C ends', async () => {
    await supervise();
    // The machine, its pod and its container have namespaces of their own; what is not seen now is not missed later.
    expect(traces.namespaces.length).toBeGreaterThan(6);
    expect(traces.sockets.length).toBeGreaterThan(parts.length);
    command.process.kill('SIGKILL');
    await command.ended;
    await expectNothingLeft(traces);
    expect(await run('status')).toMatchObject({ code: 1 });

    await supervise();
    command.process.kill('SIGINT');
    expect(await command.ended).toBe(0);
    expect(command.out()).toContain('The platform is stopped.');
    expect(command.error()).not.toContain('is gone');
    await expectNothingLeft(traces);
  });
});

describe('a start that is ended', () => {
  it.each<['SIGINT' | 'SIGKILL', string, number | null]>([
    ['SIGINT', 'machine', 1],
    ['SIGINT', 'kube-scheduler', 1],
    ['SIGKILL', 'etcd', null],
    ['SIGKILL', 'kube-apiserver', null],
  ])('by %s when %s runs leaves nothing', async (signal, part, code) => {
    const command = await upTo(part);
    const traces = await tracesOf(command);
    command.process.kill(signal);
    expect(await command.ended).toBe(code);
    expect(command.out()).toBe('');
    if (signal === 'SIGINT') expect(command.error()).toContain('The platform was not started.');
    await expectNothingLeft(traces);
  });

  it('because a part does not start says which, and leaves nothing', async () => {
    const file = join(folder, '..', 'broken-prometheus');
    await writeFile(file, '#!/bin/sh\necho no such flag\nexit 3\n', { mode: 0o755 });
    process.env.SLIPWAY_PROMETHEUS = file;
    const broken = await run('up').finally(() => delete process.env.SLIPWAY_PROMETHEUS);
    expect(broken.code).toBe(1);
    expect(broken.error).toMatch(/prometheus did not start: it ended with exit code 3[^]*no such flag/);
    await expectNothingLeft({ pids: [], namespaces: [], sockets: [] });
  });

  it('because the folder holds something else changes nothing there', async () => {
    const stranger = join(folder, 'thesis.txt');
    await writeFile(stranger, 'years of work');
    expect(await run('up')).toMatchObject({
      code: 2,
      error: expect.stringContaining('it holds thesis.txt. Remove it, or give another folder.'),
    });
    expect(readFileSync(stranger, 'utf8')).toBe('years of work');
  });
});

/**
 * The machine that the pods run on: a process with namespaces of its own for processes, mounts and network, started by
 * machine-client.ts through unshare (util-linux). It is the first process of its process namespace, so whatever ends it
 * ends every container at once, and its mounts, network and temporary files go with it: nothing is left to clean up.
 * A pod is a network namespace on a bridge; a container is a chain of nsenter, unshare and setpriv around its program.
 *
 * This file is run by path and imports nothing but Node.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Answer, ContainerStart, News, Request } from './machine-protocol.ts';

const run = promisify(execFile);

/** A folder in memory for everything that containers write. */
const scratch = process.argv[2] ?? '';
const bridge = 'pods';
const bridgeAddress = '10.244.255.254/16';
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];

/**
 * What a process that is root in its container may do: the set that Docker gives (moby, oci/caps/defaults.go), without
 * the right to make device nodes.
 */
const capabilities = [
  ...['chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap'],
  ...['net_bind_service', 'net_raw', 'sys_chroot', 'audit_write', 'setfcap'],
];

/** For each pod the process that holds its network namespace open. */
const pods = new Map<string, ChildProcess>();
/** For each container the process around it, which ends as the container's first process does. */
const containers = new Map<string, ChildProcess>();
let lastLink = 0;

await setUp();
process.on('message', (request: Request) => void answer(request));
// The first process of a namespace gets no signal that it does not ask for. Everything on the machine goes with it.
process.on('SIGTERM', () => process.exit());
process.on('disconnect', () => process.exit());
tell({ news: 'up' });

async function setUp(): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', scratch]);
  mkdirSync(join(scratch, 'dev/shm'), { recursive: true });
  for (const name of devices) {
    writeFileSync(join(scratch, 'dev', name), '');
    await run('mount', ['--bind', `/dev/${name}`, join(scratch, 'dev', name)]);
  }
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', join(scratch, 'dev/shm')]);
  symlinkSync('/proc/self/fd', join(scratch, 'dev/fd'));
  for (const [number, name] of ['stdin', 'stdout', 'stderr'].entries()) {
    symlinkSync(`/proc/self/fd/${number}`, join(scratch, 'dev', name));
  }
  await ip([
    'link set lo up',
    `link add ${bridge} type bridge`,
    `addr add ${bridgeAddress} dev ${bridge}`,
    `link set ${bridge} up`,
  ]);
}

async function answer(request: Request): Promise<void> {
  try {
    const { pid, socket } = await act(request);
    send({ number: request.number, ...(pid !== undefined && { pid }) }, socket);
  } catch (error) {
    send({ number: request.number, error: error instanceof Error ? error.message : String(error) });
  }
}

async function act(request: Request): Promise<{ pid?: number; socket?: Socket }> {
  switch (request.op) {
    case 'add-pod':
      await addPod(request.pod, request.address);
      return {};
    case 'remove-pod':
      pods.get(request.pod)?.kill('SIGKILL');
      pods.delete(request.pod);
      return {};
    case 'run':
      return runContainer(request.pod, request.container, request.start);
    case 'signal':
      signalContainer(request.container, request.signal);
      return {};
    case 'dial':
      return { socket: await dial(request.address, request.port) };
  }
}

async function addPod(pod: string, address: string): Promise<void> {
  const holder = spawn('unshare', ['--net', '--ipc', 'sleep', 'infinity'], { stdio: 'ignore' });
  pods.set(pod, holder);
  await started(holder);
  const network = `/proc/${holder.pid}/ns/net`;
  await until(() => readlinkSync(network) !== readlinkSync('/proc/self/ns/net'));
  const link = `pod${++lastLink}`;
  await ip([`link add ${link} type veth peer name eth0 netns ${holder.pid}`, `link set ${link} master ${bridge} up`]);
  await ip(['link set lo up', `addr add ${address}/16 dev eth0`, 'link set eth0 up'], network);
}

/** Runs `ip` commands, in another network namespace when one is given. */
async function ip(commands: readonly string[], network?: string): Promise<void> {
  for (const command of commands) {
    const words = ['ip', ...command.split(' ')];
    const [program = '', ...args] = network === undefined ? words : ['nsenter', `--net=${network}`, ...words];
    await run(program, args);
  }
}

async function runContainer(pod: string, container: string, start: ContainerStart): Promise<{ pid?: number }> {
  const holder = pods.get(pod);
  if (holder === undefined) throw new Error(`there is no pod ${pod}`);
  const folder = join(scratch, 'containers', container);
  const root = await mountRoot(folder, start);
  const namespaces = `/proc/${holder.pid}/ns`;
  const [program = '', ...args] = [
    ...[host('nsenter'), `--net=${namespaces}/net`, `--ipc=${namespaces}/ipc`],
    ...[host('unshare'), '--pid', '--fork', '--kill-child=KILL', '--mount', `--mount-proc=${root}/proc`],
    ...[host('setpriv'), '--inh-caps=-all', `--bounding-set=-all,${capabilities.map((name) => `+${name}`).join(',')}`],
    ...[host('unshare'), `--root=${root}`, `--wd=${start.workingDir}`],
    ...(start.user === undefined ? [] : [`--setgid=${start.user.gid}`, `--setuid=${start.user.uid}`]),
    ...['--', ...start.command],
  ];
  const log = openSync(start.log, 'a', 0o600);
  const outer = spawn(program, args, { env: start.env, stdio: ['ignore', log, log] });
  closeSync(log);
  await started(outer);
  containers.set(container, outer);
  outer.on('exit', (code, signal) => {
    containers.delete(container);
    void removeRoot(folder, root).then(() => tell({ news: 'ended', container, code, signal }));
  });
  return until(() => {
    const pid = innerPid(outer);
    if (pid !== undefined) return { pid };
    // It may have ended before anybody could look.
    return outer.exitCode !== null || outer.signalCode !== null ? {} : undefined;
  });
}

/** Path of a program of this machine: the container's own PATH must not choose it. */
function host(program: string): string {
  const folders = (process.env.PATH ?? '').split(':');
  const found = folders.map((folder) => join(folder, program)).find((path) => path.startsWith('/') && existsSync(path));
  if (found === undefined) throw new Error(`there is no \`${program}\` on this machine (package util-linux)`);
  return found;
}

/** The image with a layer on top that takes what the container writes. */
async function mountRoot(
  folder: string,
  { root: image, readOnly, emptyFolders, hosts }: ContainerStart,
): Promise<string> {
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [work, root]) mkdirSync(path, { recursive: true });
  copyFolder(image, upper);
  for (const name of ['proc', 'dev', 'etc']) makeFolder(image, upper, name);
  writeFileSync(join(upper, 'etc/hosts'), hosts);
  for (const path of emptyFolders) makeFolder(image, upper, path);
  const options = `${readOnly ? 'ro,' : ''}lowerdir=${image},upperdir=${upper},workdir=${work}`;
  await run('mount', ['-t', 'overlay', '-o', options, 'overlay', root]);
  await run('mount', ['--rbind', join(scratch, 'dev'), join(root, 'dev')]);
  for (const path of emptyFolders) await run('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', join(root, path)]);
  return root;
}

async function removeRoot(folder: string, root: string): Promise<void> {
  await run('umount', ['--recursive', '--lazy', root]).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Makes a folder for a mount in the upper layer, where no link of the image can lead elsewhere. Folders that the image
 * has keep their owner and mode.
 */
function makeFolder(image: string, upper: string, path: string): void {
  let done = '';
  for (const name of path.split('/').filter((part) => part !== '')) {
    done = join(done, name);
    if (!existsSync(join(upper, done))) copyFolder(join(image, done), join(upper, done));
  }
}

/** Makes a folder like another one, or a plain one when there is none. */
function copyFolder(from: string, to: string): void {
  const status = lstatSync(from, { throwIfNoEntry: false });
  const like = status?.isDirectory() ? status : undefined;
  mkdirSync(to, { recursive: true });
  if (process.getuid?.() === 0 && like !== undefined) chownSync(to, like.uid, like.gid);
  chmodSync(to, (like?.mode ?? 0o755) & 0o7777);
}

/** Signals the container's first process. The processes around it would not pass it on. */
function signalContainer(container: string, signal: NodeJS.Signals): void {
  const outer = containers.get(container);
  const pid = outer === undefined ? undefined : innerPid(outer);
  if (pid !== undefined) process.kill(pid, signal);
}

/** The process inside, as this machine numbers it. */
function innerPid({ pid }: ChildProcess): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return child === undefined || child === '' ? undefined : Number(child);
  } catch {
    return undefined;
  }
}

/** Connects to a pod. The socket is handed to the platform, which lives in another network namespace. */
function dial(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true });
    // Nothing may be read here: it would be lost.
    socket.pause();
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

async function until<T>(probe: () => T | undefined | false): Promise<T> {
  for (const deadline = Date.now() + 10_000; ;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error('it took more than 10 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function send(answer: Answer, socket?: Socket): void {
  process.send?.(answer, socket, { keepOpen: false }, () => undefined);
}

function tell(news: News): void {
  process.send?.(news);
}

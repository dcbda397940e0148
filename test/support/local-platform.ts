import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseStat } from '../../src/local/process/identity.ts';
import { imageForThisMachine, layer } from './layer.ts';
import { program } from './programs.ts';
import { pushImage } from './small-image.ts';

const run = promisify(execFile);

/** The chart of test images, in `test/support/web-chart`. */
const webChart = join(process.cwd(), 'test/support/web-chart');

/** Builds the server of the test images with Go. */
export async function buildWebApp(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-web-'));
  const file = join(folder, 'web');
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' };
  try {
    await run('go', ['build', '-trimpath', '-o', file, '.'], { cwd: join(process.cwd(), 'test/support/web-app'), env });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Pushes an image of the server; another version is another digest. */
export function pushWebApp(registry: string, app: Buffer, version: string): Promise<string> {
  const users = 'root:x:0:0::/:/\nweb:x:1234:1235::/:/\n';
  const image = imageForThisMachine(
    [
      layer([
        { path: 'web', content: app },
        { path: 'srv/', type: 'Directory', uid: 1234, gid: 1235 },
      ]),
      layer([{ path: 'etc/passwd', content: users, mode: 0o644 }]),
    ],
    { Entrypoint: ['/web'], Env: [`VERSION=${version}`], User: 'web', WorkingDir: '/srv' },
  );
  return pushImage(registry, 'web', image);
}

/** What a program said and how it ended; it never rejects. */
export interface Ran {
  readonly code: number;
  readonly out: string;
}

export async function runProgram(path: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  try {
    const { stdout, stderr } = await run(path, [...args], { env: { ...process.env, ...env } });
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: number; stdout?: string; stderr?: string };
    return { code: typeof code === 'number' ? code : -1, out: stdout + stderr };
  }
}

/** Installs or upgrades a release of the test chart and waits for it; `values` are `--set-json` values. */
export async function helmUpgrade(
  kubeconfig: string,
  namespace: string,
  release: string,
  values: Readonly<Record<string, unknown>>,
  timeout = '60s',
): Promise<Ran> {
  const set = Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
  const args = ['upgrade', '--install', release, webChart, '--namespace', namespace, '--wait', '--timeout', timeout];
  return runProgram(await program('helm'), [...args, ...set], { KUBECONFIG: kubeconfig });
}

export async function kubectl(kubeconfig: string, ...args: string[]): Promise<Ran> {
  return runProgram(await program('kubectl'), args, { KUBECONFIG: kubeconfig });
}

/** Asks a gateway by host name; the name need not be one that this machine can look up. */
export function ask(url: string, host: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Living processes whose arguments or environment name a folder: `pid arguments`. This process is not among them. */
export function processesNaming(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        if (parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).state === 'Z') return [];
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const names = args.includes(folder) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
        return names ? [`${pid} ${args}`] : [];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

import { chmodSync, copyFileSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Start } from '../../src/seccomp/enforce/start.ts';
import { program } from './programs.ts';

/** A profile that is shipped, and the program that it is proven with. */
export interface ShippedProfile {
  readonly name: string;
  readonly file: string;
  /** A call without which the program does not start. */
  readonly fatal: string;
  /** @param folder one that every user can read, for files that the program needs */
  readonly start: (folder: string) => Promise<Start>;
}

/** A start as services have it, without command and check. */
export const usual = {
  cwd: '/',
  env: { PATH: '/usr/bin:/bin', HOME: '/tmp', LANG: 'C.UTF-8' },
  user: { uid: 10001, gid: 10001 },
  rootfs: 'host',
  writable: ['/tmp'],
  capabilities: [],
  noNewPrivileges: true,
  readyWithin: 20_000,
  steadyFor: 300,
  stopSignal: 'TERM',
  stopWithin: 10_000,
} as const;
const shipped = (name: string): { name: string; file: string } => ({ name, file: `policies/seccomp/${name}.json` });

export const gameforgeApi = (folder: string): Promise<Start> => {
  // Node and the checkout may lie where only their owner may look, or below /tmp, which is empty for the program.
  const server = join(folder, 'server');
  cpSync('examples/gameforge/server', server, { recursive: true });
  return Promise.resolve({
    ...usual,
    command: [readable(process.execPath, folder), join(server, 'main.mjs')],
    env: { ...usual.env, PORT: '8080' },
    ready: { kind: 'http', url: 'http://127.0.0.1:8080/healthz', status: 200 },
  });
};

/** A server whose page needs threads, a child process and a database file. */
const pythonServer = `
import http.server, sqlite3, subprocess, signal, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with sqlite3.connect('/tmp/pages.db') as base:
            base.execute('create table if not exists seen (path text)')
            base.execute('insert into seen values (?)', (self.path,))
        self.send_response(200 if subprocess.run(['true']).returncode == 0 else 500)
        self.end_headers()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.ThreadingHTTPServer(('127.0.0.1', 8081), Page).serve_forever()
`;

const python = async (): Promise<Start> => {
  await program('python3');
  return {
    ...usual,
    command: ['/usr/bin/python3', '-c', pythonServer],
    ready: { kind: 'http', url: 'http://127.0.0.1:8081/', status: 200 },
  };
};

export const redis = async (): Promise<Start> => {
  await program('redis-server');
  return {
    ...usual,
    command: ['redis-server', '--dir', '/tmp', '--appendonly', 'yes'],
    ready: { kind: 'command', argv: ['redis-cli', 'set', 'key', 'value'] },
    steadyFor: 10_000,
    exercise: ['sh', '-c', 'redis-cli bgsave && redis-benchmark -q -n 500 -t set,get,lpush && sleep 0.3'],
  };
};

export const postgresql = async (): Promise<Start> => {
  await program('postgresql');
  const [version = ''] = readdirSync('/usr/lib/postgresql').sort().reverse();
  const programs = `/usr/lib/postgresql/${version}/bin`;
  const psql = [`${programs}/psql`, '-h', '127.0.0.1', '-U', 'postgres'];
  return {
    ...usual,
    // initdb asks for the user's name; this one has one everywhere.
    user: { uid: 65534, gid: 65534 },
    env: { ...usual.env, PATH: `${programs}:${usual.env.PATH}` },
    command: ['bash', '-c', 'initdb -D /tmp/data -U postgres > /tmp/initdb.log && exec postgres -D /tmp/data'],
    writable: ['/tmp', '/run/postgresql'],
    ready: { kind: 'command', argv: [...psql, '-c', 'select 1'] },
    // Its background processes call some things only after seconds.
    steadyFor: 30_000,
    exercise: [
      'sh',
      '-c',
      '"$@" -c "create table t as select generate_series(1, 9999)" -c "vacuum t" -c checkpoint && sleep 3',
      'sh',
      ...psql,
    ],
  };
};

export const nginx = async (folder: string): Promise<Start> => {
  const path = await program('nginx');
  const config = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path /tmp/${name};`,
  );
  writeFileSync(
    config,
    `daemon off; worker_processes 2; pid /tmp/nginx.pid; error_log stderr; events {}
http { access_log /dev/stdout; sendfile on; ${temporary.join(' ')} server { listen 127.0.0.1:8082; root /usr/share/doc/base-files; } }\n`,
  );
  chmodSync(config, 0o644);
  return {
    ...usual,
    command: [path, '-e', 'stderr', '-c', config],
    ready: { kind: 'http', url: 'http://127.0.0.1:8082/README', status: 200 },
    stopSignal: 'QUIT',
  };
};

/** A static Go server that keeps its data in a file that it maps and locks, as Vault does. */
const etcd = async (folder: string): Promise<Start> => ({
  ...usual,
  command: [readable(await program('etcd'), folder), '--data-dir', '/tmp/etcd'],
  ready: { kind: 'http', url: 'http://127.0.0.1:2379/health', status: 200 },
});

/** A copy that every user can execute, of a program that lies in a folder of its owner. */
function readable(path: string, folder: string): string {
  const copy = join(folder, path.split('/').at(-1) ?? '');
  copyFileSync(path, copy);
  chmodSync(copy, 0o755);
  return copy;
}

/** The start through a shell that first runs a program, reads its answer and writes a file, as the entry points of images do. */
export function throughShell(start: Start): Start {
  const script = 'echo "$(id -u)" > /tmp/entry && test "$(cat /tmp/entry)" != 0 && exec "$@"';
  return { ...start, command: ['sh', '-c', script, 'sh', ...start.command] };
}

/** Every shipped profile that can be proven on a machine without a GPU. */
export const shippedProfiles: readonly ShippedProfile[] = [
  { ...shipped('node'), fatal: 'eventfd2', start: gameforgeApi },
  { ...shipped('python'), fatal: 'bind', start: python },
  { ...shipped('redis'), fatal: 'pipe2', start: redis },
  { ...shipped('postgresql'), fatal: 'shmget', start: postgresql },
  { ...shipped('nginx'), fatal: 'listen', start: nginx },
  { ...shipped('go-service'), fatal: 'epoll_create1', start: etcd },
];

/** The profile without a call, wherever it is named. */
export function without(text: string, call: string): string {
  const profile = JSON.parse(text) as { syscalls: { names: string[] }[] };
  for (const rule of profile.syscalls) rule.names = rule.names.filter((name) => name !== call);
  return JSON.stringify(profile, undefined, 2);
}

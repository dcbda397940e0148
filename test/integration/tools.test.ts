/** `npm run tools` as a developer runs it: real Go, real PyPI, a store of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { realWorkshop } from '../../src/action/workshop.ts';
import { findPrograms, install } from '../../src/tools/install.ts';
import { withEnvironment } from '../support/environment.ts';
import { startHttpsServer } from '../support/https-server.ts';

const minutes = 60_000;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'slipway-tools-'));
});
afterEach(() => rmSync(home, { recursive: true }));
// Go's own caches stay where they are: a cold build is not what is tested.
const goCache = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
withEnvironment(() => ({ XDG_CACHE_HOME: home, GOCACHE: goCache }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function tools(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/tools.ts', ...args], { env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const pathOf = ({ stdout }: Ended): string => /^\S+ (.+)\n$/.exec(stdout)?.[1] ?? '';
const workshop = (root: string): Parameters<typeof install>[2] =>
  realWorkshop(root, () => undefined, new AbortController().signal);
const programs = (): string[] => readdirSync(join(home, 'slipway/programs'));

describe('a program that Go builds', () => {
  it(
    'is built once, with a record of what it was made from',
    async () => {
      const first = await tools(['oci-registry']);
      expect(first).toMatchObject({ code: 0 });
      expect(first.stderr).toMatch(/oci-registry 0\.22\.1: building with go\S+ .*, about \d+ s/);
      const path = pathOf(first);
      expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toMatchObject({
        name: 'oci-registry',
        version: '0.22.1',
        origin: 'source',
        size: statSync(path).size,
        from: { module: 'tools/go/registry', toolchain: expect.stringMatching(/^go/) as unknown },
      });
      // A program without a release is built with --release too.
      const second = await tools(['--release', 'oci-registry']);
      expect(second.stderr).toBe('oci-registry 0.22.1: already there\n');
      expect(pathOf(second)).toBe(path);
    },
    5 * minutes,
  );

  it(
    'is built whole when two build it at once',
    async () => {
      const both = await Promise.all([tools(['oci-registry']), tools(['oci-registry'])]);
      expect(both.map(({ code }) => code)).toEqual([0, 0]);
      expect(pathOf(both[0])).toBe(pathOf(both[1]));
      expect(programs()).toHaveLength(1);
      expect((await tools(['oci-registry'])).stderr).toContain('already there');
    },
    5 * minutes,
  );

  it(
    'leaves nothing when it is interrupted',
    async () => {
      const child = spawn(process.execPath, ['scripts/tools.ts', 'etcd'], {
        env: process.env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await new Promise((resolve) => child.stderr.once('data', resolve));
      let stderr = '';
      child.stderr.on('data', (chunk) => (stderr += String(chunk)));
      child.kill('SIGINT');
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect({ code, stderr }).toEqual({ code: 130, stderr: 'Stopped.\n' });
      expect(programs()).toEqual([]);
    },
    minutes,
  );

  it('says which Go it needs when there is none and no release either', async () => {
    const { code, stderr } = await tools(['kwok'], { PATH: '/nowhere' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/kwok has no pinned release.*no Go to build it\.\nInstall Go 1\.26\.0 or newer/);
  });
});

describe('a release', () => {
  it.each([
    ['is asked for', ['--release', 'helm'], {}],
    ['takes the place of the build where there is no Go', ['helm'], { PATH: '/nowhere' }],
  ])('%s, and refused with wrong bytes from the mirror', async (_, args, env) => {
    const server = await startHttpsServer();
    try {
      const certificate = join(home, 'certificate.pem');
      writeFileSync(certificate, server.certificate);
      const platform = process.arch === 'x64' ? 'amd64' : 'arm64';
      server.answers.set(`/get.helm.sh/helm-v4.2.4-linux-${platform}.tar.gz`, (_request, response) =>
        response.end('wrong'),
      );
      const mirror = `https://127.0.0.1:${server.port}`;
      const ended = await tools(args, { SLIPWAY_TOOL_MIRROR: mirror, NODE_EXTRA_CA_CERTS: certificate, ...env });
      expect(ended.stderr).toMatch(/helm 4\.2\.4: fetching the release.*\n.*is not the pinned one/);
      expect(ended.code).toBe(1);
      expect(programs()).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

describe('a program of PyPI', () => {
  it(
    'is taken out of its pinned wheel',
    async () => {
      const [zizmor] = await install(['zizmor'], { release: false }, workshop('.'));
      expect(execFileSync(zizmor!.path, ['--version'], { encoding: 'utf8' })).toContain('1.32.0');
      expect(readdirSync(dirname(zizmor!.path)).sort()).toEqual(['zizmor', 'zizmor.json']);
    },
    minutes,
  );

  it.each([
    ['the wheel is not the pinned one', /sha256:\w{8}/g, 'sha256:00000000', /DO NOT MATCH THE HASHES/],
    ['the wheel has no pinned digest', / \\\n +--hash=.*/g, '', /Hashes are required/],
  ])(
    'is refused when %s',
    async (_, found, replacement, message) => {
      mkdirSync(join(home, 'root/tools/python'), { recursive: true });
      const pins = readFileSync('tools/python/zizmor.txt', 'utf8').replaceAll(found, replacement);
      writeFileSync(join(home, 'root/tools/python/zizmor.txt'), pins);
      await expect(install(['zizmor'], { release: false }, workshop(join(home, 'root')))).rejects.toThrow(message);
      expect(programs()).toEqual([]);
    },
    minutes,
  );
});

describe('a program that a setting names', () => {
  withEnvironment(() => ({ SLIPWAY_OCI_REGISTRY: join(home, 'own'), SLIPWAY_REGISTRY: 'registry.example' }));

  it('is used as it is, beside others of this machine; the registry host of the workflows is no program', async () => {
    writeFileSync(join(home, 'own'), '');
    const found = await findPrograms(['oci-registry', 'git'], workshop('.'));
    expect([...found]).toEqual([
      ['oci-registry', join(home, 'own')],
      ['git', expect.stringMatching(/\/git$/)],
    ]);
  });

  it('must be there', async () => {
    await expect(findPrograms(['git', 'oci-registry'], workshop('.'))).rejects.toThrow(
      `SLIPWAY_OCI_REGISTRY: \`${join(home, 'own')}\` is no file. Allowed: the path of oci-registry.`,
    );
  });
});

describe('wrong use', () => {
  it.each([
    [['no-such-program'], /Unknown: no-such-program\. Allowed: oci-registry, etcd, .*zizmor, mmdebstrap/],
    [['--no-such-option'], /There is no option --no-such-option/],
  ])('%j is refused with what is allowed', async (args, message) => {
    const { code, stderr } = await tools(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('a script', () => {
  it.each([
    ['part of the platform does not start', "new StartError('etcd did not start.')", 1, 'etcd did not start.\n'],
    [
      'program cannot be had',
      "new ProgramError('There is no Go.', 'Install it.')",
      1,
      'There is no Go.\nInstall it.\n',
    ],
  ])('says what is wrong, and no stack, when a %s', async (_, error, code, said) => {
    const source = `
      import { ProgramError } from './src/effects/effects.ts';
      import { StartError } from './src/local/process/program.ts';
      import { withWorkshop } from './scripts/with-workshop.ts';
      await withWorkshop(() => Promise.reject(${error}));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source]);
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(code);
    expect(stderr).toBe(said);
  });
});

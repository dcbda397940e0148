import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../src/local/until.ts';
import { pushImage } from '../support/image.ts';
import { registryWithReferrers, sharedRegistry } from '../support/registries.ts';
import { signingWorld } from '../support/signed.ts';
import { signingJob, signingSettings } from '../support/signing-job.ts';

/** The `slipway` command with real programs, a real registry and loopback signing services. */

jest.setTimeout(120_000);

const main = join(process.cwd(), 'src/cli/main.ts');
const world = signingWorld();
const registry = sharedRegistry(registryWithReferrers);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Command {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string }>;
}

function start(args: readonly string[], settings: Readonly<Record<string, string>>): Command {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out })),
  );
  return { process: child, ended };
}

const slipway = (...args: Parameters<typeof start>) => start(...args).ended;

describe('slipway promote', () => {
  const policy = `version: 1
source: { repository: acme/game, id: '101', refs: [refs/heads/main] }
signers:
  build: { workflow: slipway-ci/slipway/.github/workflows/build.yml, at: [refs/tags/v1.2.3] }
stages:
  staging: { require: [{ evidence: signature, by: build }, { evidence: sbom, by: build }] }
`;
  const ask = async (image: string) => {
    const args = ['promote', '--image', image, '--stage', 'staging', '--policy', 'promotion.yaml'];
    return slipway(args, await signingSettings(world().sigstore));
  };

  it('lets in what a job has signed, and nothing else', async () => {
    await writeFile(join(folder, 'promotion.yaml'), policy);
    const repository = registry().repository('acme/game');
    const name = `${registry().address}/acme/game`;
    const [signed, other] = [await pushImage(repository), await pushImage(repository, 'another')];
    const job = await signingJob(world().sigstore);
    expect(await job.run('sbom-sign', { image: `${name}@${signed}` })).toMatchObject({ code: 0 });
    await job.end();

    const entered = await ask(`${name}@${signed}`);
    expect(entered.code).toBe(0);
    expect(entered.out).toContain('\nverdict: pass\n');
    expect(entered.out).toContain(`\nimage: ${name}@${signed}\n`);
    const report = await readFile(join(folder, '.slipway/promote/report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ gate: 'promote', verdict: 'pass' });

    const refused = await ask(`${name}@${other}`);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('promotion/evidence-missing');
    expect(refused.out).toMatch(/^image: $/m);
  });
});

describe('an external program', () => {
  const scan = (trivy: string) => start(['trivy-gate', '--target', 'image'], { SLIPWAY_TRIVY: trivy });
  beforeAll(() => mkdir(join(folder, 'image')));

  it('that a setting names must be there', async () => {
    const { code, out } = await scan('/nowhere/trivy').ended;
    expect(code).toBe(2);
    expect(out).toContain('SLIPWAY_TRIVY: `/nowhere/trivy` is no file.');
  });

  it('that a setting names is used, counts as unverified, and ends with Ctrl-C', async () => {
    const trivy = join(folder, 'trivy');
    const log = join(folder, 'trivy.pid');
    await writeFile(trivy, `#!/bin/sh\necho $$ > ${log}\nexec sleep 60\n`, { mode: 0o755 });
    const command = scan(trivy);
    const pid = async () => Number(await readFile(log, 'utf8').catch(() => ''));
    await until(
      async () => (await pid()) > 0,
      20_000,
      () => new Error('Trivy was not started'),
    );
    command.process.kill('SIGINT');
    expect(await command.ended).toMatchObject({ code: 3, out: expect.stringContaining('verdict: inconclusive') });
    const report = await readFile(join(folder, '.slipway/trivy-gate/report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ programs: [{ name: 'trivy', origin: 'unverified' }] });
    const id = await pid();
    expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });
});

describe('the command itself', () => {
  it('says so when nothing is installed yet', async () => {
    const clone = join(folder, 'clone');
    await mkdir(join(clone, 'bin'), { recursive: true });
    await copyFile('bin/slipway', join(clone, 'bin/slipway'));
    const { status, stdout, stderr } = spawnSync(join(clone, 'bin/slipway'), ['--help'], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `Run \`npm ci\` in ${clone} first.\n`,
    });
  });

  it('ends as it would have when nobody reads on, as before `| head`', async () => {
    const { process: child } = start(['seccomp-validate'], {});
    child.stdout?.destroy();
    let error = '';
    child.stderr?.on('data', (chunk) => (error += String(chunk)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, error }).toEqual({ code: 3, error: '' });
  });
});

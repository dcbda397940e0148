/** `slipway seccomp` as people call it: bin/slipway as a process, real programs under real runtimes. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { program } from '../support/programs.ts';
import { seccompPolicy, writeFiles } from '../support/seccomp-gate.ts';

jest.setTimeout(60_000);

const node = resolve('policies/seccomp/node.json');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-seccomp-cli-'));
  await Promise.all(['runc', 'crun'].map(program));
}, 900_000);
afterAll(() => rm(folder, { recursive: true }));

function slipway(...args: string[]): { code: number | null; out: string; error: string } {
  const env = { PATH: process.env.PATH, HOME: folder };
  const ran = spawnSync(resolve('bin/slipway'), args, { cwd: folder, env, encoding: 'utf8', timeout: 50_000 });
  return { code: ran.status, out: ran.stdout, error: ran.stderr };
}

describe('slipway seccomp diff', () => {
  it('ends with 1 and names the call when a change lets through more, with 0 the other way round', async () => {
    const text = await readFile(node, 'utf8');
    await writeFile(join(folder, 'old.json'), text);
    const rule = '{ "names": ["acct"], "action": "SCMP_ACT_ALLOW" },';
    await writeFile(join(folder, 'new.json'), text.replace('"syscalls": [', `"syscalls": [${rule}`));
    expect(slipway('seccomp', 'diff', 'old.json', 'new.json')).toEqual({
      code: 1,
      out: 'Looser: 1 call now possible\n  acct  ENOSYS -> allowed  x86_64, aarch64  everywhere\n',
      error: '',
    });
    expect(slipway('seccomp', 'diff', 'new.json', 'old.json')).toMatchObject({ code: 0, error: '' });
    expect(slipway('seccomp', 'diff', 'old.json', 'old.json')).toMatchObject({
      ...{ code: 0, out: 'Both mean the same everywhere.\n' },
    });
  });
});

describe('slipway seccomp explain', () => {
  it('says what a shipped profile means', async () => {
    await writeFile(join(folder, 'node.json'), await readFile(node));
    const { code, out, error } = slipway('seccomp', 'explain', 'node.json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/x86_64/);
    expect(out).toMatch(/aarch64/);
  });
  it('refuses what is not there with 2', () =>
    expect(slipway('seccomp', 'explain', 'gone.json')).toMatchObject({
      ...{ code: 2, out: '', error: expect.stringContaining('gone.json cannot be read') },
    }));
});

describe('slipway seccomp record', () => {
  const script = 'trap "rmdir /tmp/d; exit 0" TERM; mkdir /tmp/d; while :; do sleep 0.1; done';

  it('writes a profile under which the gate sees the program start, under runc and crun', async () => {
    const recorded = slipway(
      ...['seccomp', 'record', '--out', 'seccomp/app.json', '--ready', 'command test -d /tmp/d'],
      ...['--steady-for', '500ms', '--runs', '2', '--', 'sh', '-c', script],
    );
    expect(recorded).toMatchObject({ code: 0, error: '' });
    expect(recorded.out).toMatch(/^\d+ system calls seen in 2 runs under runc /);
    const profile = JSON.parse(await readFile(join(folder, 'seccomp/app.json'), 'utf8')) as {
      syscalls: { names: string[] }[];
    };
    const names = profile.syscalls.flatMap((rule) => rule.names);
    expect(names).toEqual(expect.arrayContaining(['mkdir', 'rmdir', 'execve']));
    expect(names).not.toContain('mount');

    const start = {
      ...{ service: 'app', command: ['sh', '-c', script], ready: { command: ['test', '-d', '/tmp/d'] } },
      'steady-for': '500ms',
    };
    await writeFiles(folder, {
      'compose.yaml': `services:\n  app:\n    image: app\n    security_opt: [seccomp=seccomp/app.json, no-new-privileges:true]\n`,
      'slipway.yaml': seccompPolicy({ starts: [start] }),
    });
    const gate = slipway(
      ...['seccomp-validate', '--paths', 'compose.yaml', '--policy', 'slipway.yaml', '--enforce', 'require'],
    );
    expect(gate).toMatchObject({ code: 0, out: expect.stringContaining('\nverdict: pass\n') });
    expect(gate.out).toContain('\nstarted: 1\n');
    const report = JSON.parse(await readFile(join(folder, '.slipway/seccomp-validate/report.json'), 'utf8')) as {
      sections: { title: string; rows: string[][] }[];
    };
    const table = report.sections.find(({ title }) => title === 'Started under their profiles');
    expect(table?.rows.map((row) => [row[2]?.split(' ')[0], row[4]])).toEqual([
      ['runc', 'started'],
      ['crun', 'started'],
    ]);
  });

  it('writes nothing when the program does not start, says what it said, and ends with 3', async () => {
    const { code, out, error } = slipway(
      'seccomp',
      'record',
      '--out',
      'none.json',
      '--',
      'sh',
      '-c',
      'echo sorry; exit 7',
    );
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(error).toContain('The program does not start');
    expect(error).toContain('sorry');
    await expect(readFile(join(folder, 'none.json'))).rejects.toThrow('ENOENT');
  });

  it('refuses a wrong flag with 2 and what is allowed', () =>
    expect(slipway('seccomp', 'record', '--ready', 'soon', '--', 'true')).toMatchObject({
      ...{ code: 2, out: '', error: expect.stringContaining('Allowed: `exit <code>`') },
    }));
});

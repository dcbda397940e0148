import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { catalog } from '../action/catalog.ts';
import { cli } from './cli.ts';

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-cli-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

async function slipway(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) };
  const code = await cli(args, terminal, new AbortController().signal);
  return { code, out: out.join('\n'), error: error.join('\n') };
}

describe('slipway', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('lists every command for %j', async (args) => {
    const { code, out } = await slipway(...args);
    expect(code).toBe(0);
    for (const name of [...Object.keys(catalog), 'local', 'seccomp'])
      expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  });

  it('tells its version', async () => {
    expect(await slipway('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });

  it.each([...Object.keys(catalog), 'local', 'seccomp'])('explains %s, whatever else is given', async (name) => {
    const { code, out } = await slipway(name, '--nonsense', '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: slipway ${name} `);
    expect(out).toMatch(/^ {2}--[a-z-]+ <value>/m);
  });

  it.each([
    [
      'an unknown command',
      ['validate'],
      'There is no command `validate`. Allowed: local, seccomp, ',
      '`slipway --help`',
    ],
    ['a name of every object', ['toString'], 'There is no command `toString`.', '`slipway --help`'],
    [
      'an unknown flag',
      ['seccomp-validate', '--path', '.'],
      'There is no flag `--path`. Allowed: --paths, --policy, --enforce, ',
      '`slipway seccomp-validate --help`',
    ],
    [
      'local without a command',
      ['local'],
      '`slipway local` needs a command. Allowed: up, down, status.',
      '`slipway local --help`',
    ],
    [
      'an unknown command of local',
      ['local', 'start'],
      '`slipway local` has no command `start`. Allowed: up, down, status.',
      '`slipway local --help`',
    ],
    [
      'a value that cannot be used',
      ['seccomp-validate', '--image', 'web:latest'],
      '`--image`: `web:latest` cannot be used',
      '`slipway seccomp-validate --help`',
    ],
  ])('refuses %s with exit code 2 and where help is', async (_, args, problem, help) => {
    const { code, out, error } = await slipway(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(problem);
    expect(error).toContain(`See ${help}.`);
  });
});

describe('an action by name', () => {
  const compose = (profile: string) =>
    writeFileSync(
      'compose.yaml',
      [
        ...[
          'services:',
          '  web:',
          '    image: web',
          "    user: '10001:10001'",
          '    read_only: true',
          '    cap_drop: [ALL]',
        ],
        ...['    cpus: 1', '    mem_limit: 64M', '    healthcheck: { test: [CMD, /bin/true] }'],
        `    security_opt: [${profile}, no-new-privileges:true]`,
      ].join('\n'),
    );
  const profile = readFileSync(join(before, 'policies/seccomp/node.json'), 'utf8');

  it.each<[string, () => void, number, string]>([
    [
      'passes',
      () => {
        compose('seccomp=web.json');
        writeFileSync('web.json', profile);
      },
      0,
      'pass',
    ],
    ['fails', () => compose('seccomp=unconfined'), 1, 'fail'],
    ['cannot tell', () => undefined, 3, 'inconclusive'],
  ])('that %s says so by its exit code, its last lines and its files', async (_, prepare, code, verdict) => {
    prepare();
    const run = await slipway('seccomp-validate');
    expect(run.code).toBe(code);
    expect(run.out).toContain(`\nverdict: ${verdict}\n`);
    const report = /^report: (.+)$/m.exec(run.out)?.[1] ?? '';
    expect(report).toBe(join(process.cwd(), '.slipway/seccomp-validate/report.json'));
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ verdict });
  });

  it('reads the paths that its flags name, one line for each', async () => {
    writeFileSync('good.json', profile);
    writeFileSync('empty.json', JSON.stringify({ syscalls: [] }));
    expect(await slipway('seccomp-validate', '--paths', 'good.json')).toMatchObject({ code: 0 });
    const both = await slipway('seccomp-validate', '--paths', 'good.json', '--paths', 'empty.json');
    expect(both.code).toBe(1);
    expect(both.out).toContain('profiles: 2');
  });

  it('leaves nothing of the run before in its folder', async () => {
    writeFileSync('good.json', profile);
    await slipway('seccomp-validate');
    writeFileSync('.slipway/seccomp-validate/old.json', '{}');
    await slipway('seccomp-validate');
    expect(() => readFileSync('.slipway/seccomp-validate/old.json')).toThrow('ENOENT');
  });

  it('that is used wrongly ends with 2, and every bad input is named', async () => {
    const { code, error } = await slipway('seccomp-validate', '--paths', '/outside', '--image', 'web:latest');
    expect(code).toBe(2);
    expect(error).toContain('`--paths`: `/outside` cannot be used');
    expect(error).toContain('`--image`: `web:latest` cannot be used');
  });
});

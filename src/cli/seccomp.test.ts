import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { text } from '../definition/inputs.ts';
import { cli } from './cli.ts';
import { defineCommand, groupHelp, runGroup, type Group } from './group.ts';

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

const signal = new AbortController().signal;
async function slipway(...args: string[]): Promise<{ code: number; out: string[]; error: string[] }> {
  const out: string[] = [];
  const error: string[] = [];
  const code = await cli(args, { out: (line) => out.push(line), error: (line) => error.push(line) }, signal);
  return { code, out, error };
}
const quiet = { out: () => undefined, error: () => undefined };

describe('a command below another word', () => {
  let seen: object[] = [];
  const inputs = {
    from: text({ doc: 'Where from.' }),
    to: text({ doc: 'Where to.' }),
    by: text({ default: 'sea', doc: 'How.' }),
  };
  const sail = defineCommand({
    doc: 'sails somewhere',
    operands: ['from', 'to'],
    inputs,
    run: ({ inputs: given, program }) => {
      seen.push({ ...given, program });
      return Promise.resolve(7);
    },
  });
  const load = defineCommand({
    doc: 'loads what a program says',
    takesProgram: true,
    inputs: { by: inputs.by },
    run: ({ inputs: given, program }) => {
      seen.push({ ...given, program });
      return Promise.resolve(0);
    },
  });
  const group: Group = { name: 'ship', about: 'ships', commands: { sail, load }, more: 'README.md' };
  const run = (...args: string[]): Promise<number> => runGroup(group, args, quiet, signal);
  beforeEach(() => {
    seen = [];
  });

  it('gets operands by position, flags by name, and its exit code is that of the whole', async () => {
    expect(await run('sail', 'here', 'there', '--by', 'air')).toBe(7);
    expect(await run('sail', 'here', 'there')).toBe(7);
    expect(seen).toEqual([
      { from: 'here', to: 'there', by: 'air', program: [] },
      { from: 'here', to: 'there', by: 'sea', program: [] },
    ]);
  });

  it('gets a program as it stands, flags of that included', async () => {
    expect(await run('load', '--by', 'air', '--', 'ls', '--by', '--', '-l')).toBe(0);
    expect(seen).toEqual([{ by: 'air', program: ['ls', '--by', '--', '-l'] }]);
  });

  it.each<[string, string[], string]>([
    ['no command', [], '`slipway ship` needs a command. Allowed: sail, load.'],
    ['another command', ['sink'], '`slipway ship` has no command `sink`. Allowed: sail, load.'],
    ['a name of every object', ['toString'], '`slipway ship` has no command `toString`.'],
    ['no operand', ['sail'], '`slipway ship sail` needs <from> <to>.'],
    ['one operand of two', ['sail', 'here', '--by', 'air'], '`slipway ship sail` needs <to>.'],
    ['an operand too many', ['sail', 'here', 'there', 'beyond'], '`beyond` is no flag. Allowed: --by.'],
    ['an operand behind a flag', ['sail', 'here', '--by', 'air', 'there'], '`slipway ship sail` needs <to>.'],
    ['an operand as a flag', ['sail', 'here', 'there', '--to', 'x'], 'There is no flag `--to`. Allowed: --by.'],
    ['an unknown flag', ['sail', 'a', 'b', '--speed', '9'], 'There is no flag `--speed`. Allowed: --by.'],
    ['a flag without a value', ['sail', 'a', 'b', '--by'], '`--by` has no value.'],
    ['an empty operand', ['sail', '', 'b'], 'Input `from`: it is required and was not given.'],
    ['no program', ['load'], '`slipway ship load` needs a program: `slipway ship load -- <program> <arguments>`.'],
    ['nothing behind --', ['load', '--'], '`slipway ship load` needs a program'],
    ['a program without --', ['load', 'ls'], '`slipway ship load` needs a program'],
    ['a program that it does not take', ['sail', 'a', 'b', '--', 'ls'], '`ls` is no flag.'],
  ])('refuses %s', async (_, args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
    expect(seen).toEqual([]);
  });

  it('is in the help with its operands and its program', () => {
    const help = groupHelp(group);
    expect(help).toMatch(/^ {2}sail <from> <to> {5}sails somewhere$/m);
    expect(help).toMatch(/^ {2}load -- <program> … {2}loads what a program says$/m);
    expect(help).toContain('--by <value>');
    expect(help).not.toContain('--from');
  });
});

/** runc answers what is newer than everything that a profile names in another way, so all of them name one new call. */
const allowing = (...names: string[]): string =>
  JSON.stringify({
    defaultAction: 'SCMP_ACT_ERRNO',
    syscalls: [{ names: [...names, 'openat2'], action: 'SCMP_ACT_ALLOW' }],
  });

describe('slipway seccomp diff', () => {
  it.each<[string, string, string, number, string]>([
    ['nothing', allowing('read', 'write'), allowing('write', 'read'), 0, 'Both mean the same everywhere.'],
    ['less', allowing('read', 'mount'), allowing('read'), 0, 'Tighter: 1 call no longer possible'],
    ['more', allowing('read'), allowing('read', 'acct'), 1, 'Looser: 1 call now possible'],
    ['what cannot be compared', '{"defaultAction":"X"}', allowing('read'), 3, 'Not compared: docker on x86_64 refuses'],
    ['what is no profile', 'nonsense', allowing('read'), 3, 'Not compared: docker on x86_64 refuses'],
  ])('of a change that lets through %s', async (_, old, fresh, code, line) => {
    writeFileSync('old.json', old);
    writeFileSync('new.json', fresh);
    const run = await slipway('seccomp', 'diff', 'old.json', 'new.json');
    expect({ code: run.code, error: run.error }).toEqual({ code, error: [] });
    expect(run.out.join('\n')).toContain(line);
  });

  it('shows no escape codes of a profile', async () => {
    writeFileSync('old.json', '{"defaultAction":"\\u001b[31mX\\n::error::forged"}');
    writeFileSync('new.json', allowing('read'));
    const { out } = await slipway('seccomp', 'diff', 'old.json', 'new.json');
    expect(out.join('')).not.toContain('\u001b');
    expect(out.filter((line) => line.includes('\n') || line.startsWith('::'))).toEqual([]);
  });

  it.each<[string, string[], string]>([
    ['a file that is not there', ['gone.json', 'gone.json'], 'gone.json cannot be read: ENOENT'],
    ['a folder', ['.', '.'], 'cannot be read: EISDIR'],
    [
      'a path out of the folder',
      ['/etc/passwd', 'x'],
      '`old`: `/etc/passwd` cannot be used: it leads out of the workspace.',
    ],
    ['a file that is too large', ['large.json', 'large.json'], 'is larger than 1048576 bytes.'],
    ['binary data', ['binary.json', 'binary.json'], 'is not UTF-8 text'],
    [
      'a policy that is none',
      ['p.json', 'p.json', '--policy', 'p.json'],
      '`policy`: `p.json` cannot be used: the file is not valid',
    ],
  ])('refuses %s', async (_, args, message) => {
    writeFileSync('p.json', allowing('read'));
    writeFileSync('large.json', ' '.repeat(2 ** 20 + 1));
    writeFileSync('binary.json', Buffer.from([0xff, 0xfe, 0]));
    const run = await slipway('seccomp', 'diff', ...args);
    expect({ code: run.code, out: run.out }).toEqual({ code: 2, out: [] });
    expect(run.error.join('\n')).toContain(message);
    expect(run.error.at(-1)).toBe('See `slipway seccomp --help`.');
  });
});

describe('slipway seccomp explain', () => {
  it('says what a profile means', async () => {
    writeFileSync('p.json', readFileSync(join(before, 'policies/seccomp/node.json')));
    const { code, out, error } = await slipway('seccomp', 'explain', 'p.json');
    expect({ code, error }).toEqual({ code: 0, error: [] });
    expect(out.length).toBeGreaterThan(10);
  });
  it('refuses a file that is not there', async () =>
    expect(await slipway('seccomp', 'explain', 'gone.json')).toMatchObject({ code: 2, out: [] }));
});

describe('slipway seccomp record', () => {
  const ready = 'Allowed: `exit <code>`, `port <number>`, `http <address>`, `command <words>`.';
  it.each<[string, string, string]>([
    ['--ready', 'soon', `\`--ready\`: \`soon\` cannot be used. ${ready}`],
    ['--ready', 'exit', `\`--ready\`: \`exit\` cannot be used. ${ready}`],
    ['--ready', 'exit x', `\`--ready\`: \`exit x\` cannot be used. ${ready}`],
    ['--ready', 'port', `\`--ready\`: \`port\` cannot be used. ${ready}`],
    ['--ready', 'port 70000', `\`--ready\`: \`port 70000\` cannot be used. ${ready}`],
    ['--ready', 'http 127', `\`--ready\`: \`http 127\` cannot be used. ${ready}`],
    ['--ready', 'command', `\`--ready\`: \`command\` cannot be used. ${ready}`],
    ['--runs', '0', '`runs`: `0` cannot be used: it is no such number. Allowed: a whole number from 1 to 20.'],
    ['--runs', 'many', '`runs`: `many` cannot be used'],
    ['--user', 'root', '`--user`: `root` cannot be used: Write user and group as numbers, such as 10001:10001.'],
    ['--writable', '/run,tmp', '`--writable`: `/run,tmp` cannot be used: Write paths from the root, such as /tmp.'],
    ['--environment', 'NAME', '`--environment`: `NAME` is not NAME=value.'],
    ['--environment', '=x', '`--environment`: `=x` is not NAME=value.'],
    [
      '--ready-within',
      '30',
      '`--ready-within`: `30` cannot be used: A duration is a number with a unit, such as `30s`.',
    ],
    ['--steady-for', 'x', '`--steady-for`: `x` cannot be used'],
    ['--stop-signal', 'term', '`--stop-signal`: `term` cannot be used: Write a signal by its name, such as SIGTERM.'],
    ['--out', '/etc/seccomp.json', '`out`: `/etc/seccomp.json` cannot be used: it leads out of the workspace.'],
    ['--speed', '9', 'There is no flag `--speed`. Allowed: --out, --ready, '],
  ])('refuses %s %s, says what is allowed, and runs nothing', async (flag, value, message) => {
    const { code, out, error } = await slipway('seccomp', 'record', flag, value, '--', 'true');
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(error.join('\n')).toContain(message);
  });
});

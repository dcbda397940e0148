import { exitCodes } from '../action/host.ts';
import { InputProblem, kind, path, text } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { safeLine } from '../report/log.ts';
import { count } from '../report/text.ts';
import type { StartEntry } from '../seccomp/start-schema.ts';
import { defineCommand, type Command } from './group.ts';

const words = kind({
  allowed: 'words separated by commas',
  parse: (given) => given.split(/[\n,]/).filter((word) => word !== ''),
});
const runs = kind({
  allowed: 'a whole number from 1 to 20',
  parse: (given) => {
    const number = Number(given);
    if (!Number.isInteger(number) || number < 1 || number > 20) throw new InputProblem('it is no such number');
    return number;
  },
});

/** `slipway seccomp record -- <program>`. */
export const record: Command = defineCommand({
  doc: 'runs a program from start to stop, and writes a profile that allows what it called',
  takesProgram: true,
  inputs: {
    out: path({ default: 'seccomp.json', doc: 'Where the profile is written.' }),
    ready: text({
      default: 'exit 0',
      doc: 'When it counts as started: `exit <code>`, `port <number>`, `http <address>`, or `command <words>`.',
    }),
    root: text({
      default: 'host',
      doc: '`host` for the programs of this machine, or a folder with the files of an image.',
    }),
    'working-folder': text({ default: '.', doc: 'Folder in which it starts.' }),
    environment: words({ default: '', doc: 'Variables of the program: `NAME=value`.' }),
    user: text({ optional: true, doc: 'User and group as numbers, such as 999:999; by default 10001:10001.' }),
    writable: words({ default: '/tmp', doc: 'Folders that are empty and writable.' }),
    'ready-within': text({ default: '30s', doc: 'How long it may take to start.' }),
    'steady-for': text({ default: '3s', doc: 'How long it goes on before it is stopped.' }),
    'stop-signal': text({ default: 'SIGTERM', doc: 'Signal that stops it.' }),
    runs: runs({ default: '3', doc: 'How many times it runs; what it calls now and then needs several.' }),
  },
  run: async ({ inputs, program, context, terminal }) => {
    const { findRuntimes, readMachine } = await import('../seccomp/enforce/runtimes.ts');
    const { startOf } = await import('../seccomp/enforce/plan.ts');
    const { recordProfile } = await import('../seccomp/record/record.ts');
    const start = startOf(await entryOf(inputs, program), program, undefined, context.root);
    const [runtime] = await findRuntimes(context.exec);
    const machine = await readMachine(context.exec);
    if (runtime === undefined || machine === undefined) {
      terminal.error('Recording needs Linux on x64 or arm64, runc or crun, and root or sudo without a password.');
      return exitCodes.inconclusive;
    }
    const effects = { ...context, node: process.execPath };
    const result = await recordProfile(effects, runtime, machine, start, inputs.runs);
    if ('none' in result) {
      terminal.error(result.none);
      if (result.result !== undefined) terminal.error(safeLine(result.result.output || result.result.refusal));
      return exitCodes.inconclusive;
    }
    const { names, added, by, complete, profile } = result.recording;
    await context.files.write(inputs.out, profile);
    terminal.out(
      `${count(names.length, 'system call')} seen in ${count(added.length, 'run')} under ${runtime.name} ${runtime.version}, by the ${by}.`,
    );
    for (const [at, fresh] of added.entries())
      terminal.out(
        safeLine(`  run ${at + 1}: ${at === 0 ? count(fresh.length, 'call') : fresh.join(', ') || 'nothing new'}`),
      );
    if (!complete) terminal.error('The kernel dropped records: some calls may be missing. Run it again.');
    terminal.out(`Written to ${inputs.out}. Try it: slipway seccomp explain ${inputs.out}`);
    return complete ? exitCodes.pass : exitCodes.inconclusive;
  },
});

interface Given {
  readonly ready: string;
  readonly root: string;
  readonly 'working-folder': string;
  readonly environment: readonly string[];
  readonly user: string | undefined;
  readonly writable: readonly string[];
  readonly 'ready-within': string;
  readonly 'steady-for': string;
  readonly 'stop-signal': string;
}

/** The flags as an entry of a policy's `starts`, checked as one. */
async function entryOf(given: Given, program: readonly string[]): Promise<StartEntry> {
  const { startSchema } = await import('../seccomp/start-schema.ts');
  const entry = {
    profile: '-',
    command: program,
    root: given.root,
    'working-folder': given['working-folder'],
    environment: Object.fromEntries(given.environment.map(variable)),
    ...(given.user !== undefined && { user: given.user }),
    writable: given.writable,
    ready: readyOf(given.ready),
    'ready-within': given['ready-within'],
    'steady-for': given['steady-for'],
    'stop-signal': given['stop-signal'],
  };
  const checked = startSchema.safeParse(entry);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(({ path: [key], message }) => {
    const flag = key as keyof Given;
    return flag === 'ready'
      ? readyProblem(given.ready)
      : `\`--${flag}\`: \`${String(given[flag])}\` cannot be used: ${message}`;
  });
  throw new UsageError(problems.join('\n'));
}

function variable(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`\`--environment\`: \`${pair}\` is not NAME=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function readyOf(given: string): unknown {
  const [word = '', ...rest] = given.split(/\s+/);
  const value = rest.join(' ');
  switch (word) {
    case 'exit':
      return { exit: numberOf(value) };
    case 'port':
      return { port: numberOf(value) };
    case 'http':
      return { http: value };
    case 'command':
      return { command: rest };
    default:
      throw new UsageError(readyProblem(given));
  }
}

/** Number('') is 0. */
function numberOf(value: string): number {
  return value === '' ? NaN : Number(value);
}

function readyProblem(given: string): string {
  return `\`--ready\`: \`${given}\` cannot be used. Allowed: \`exit <code>\`, \`port <number>\`, \`http <address>\`, \`command <words>\`.`;
}

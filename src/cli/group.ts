import { join } from 'node:path';
import type { Context } from '../definition/context.ts';
import type { Inputs, ValuesOf } from '../definition/inputs.ts';
import { readInputs, UsageError } from '../definition/values.ts';
import { flagsText, readFlags } from './flags.ts';
import { packaged } from './package-root.ts';
import { terminalHost, type Terminal } from './terminal-host.ts';

/** A command below another word: `slipway local up`, `slipway seccomp diff <old> <new>`. */
export interface Command<I extends Inputs = Inputs> {
  /** What it does, without a full stop. */
  readonly doc: string;
  readonly inputs: I;
  /** Inputs that are given by position, in their order; the others are flags. */
  readonly operands?: readonly (keyof I & string)[];
  /** Whether a program and its arguments follow after `--`. */
  readonly takesProgram?: boolean;
  run(this: void, call: CommandCall<I>): Promise<number>;
}

export interface CommandCall<I extends Inputs> {
  readonly inputs: ValuesOf<I>;
  /** What follows after `--`. */
  readonly program: readonly string[];
  readonly context: Context;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Keeps the type of a command's inputs while its shape is checked. */
export function defineCommand<const I extends Inputs>(command: Command<I>): Command {
  return command as unknown as Command;
}

/** Commands that share a word and a help. */
export interface Group {
  readonly name: string;
  /** What its commands are about, in a few words. */
  readonly about: string;
  readonly commands: Readonly<Record<string, Command>>;
  /** A page of `docs/`. */
  readonly more: string;
}

/** Runs one command of a group and returns its exit code. */
export async function runGroup(
  group: Group,
  args: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const [word = '', ...rest] = args;
  const command = Object.hasOwn(group.commands, word) ? group.commands[word] : undefined;
  if (command === undefined) {
    const problem = word === '' ? 'needs a command' : `has no command \`${word}\``;
    throw new UsageError(`\`slipway ${group.name}\` ${problem}. Allowed: ${Object.keys(group.commands).join(', ')}.`);
  }
  const { given, program } = readArguments(`${group.name} ${word}`, command, rest);
  const folder = join(process.cwd(), '.slipway', group.name);
  const host = terminalHost({ given, folder, packaged, terminal, signal, state: {} });
  const inputs = await readInputs(command.inputs, (input) => host.given(input), host.scope);
  return command.run({ inputs, program, context: host.context(), terminal, signal });
}

function readArguments(
  name: string,
  { inputs, operands = [], takesProgram = false }: Command,
  args: readonly string[],
): { given: ReadonlyMap<string, string>; program: readonly string[] } {
  const end = takesProgram ? args.indexOf('--') : -1;
  const own = end === -1 ? args : args.slice(0, end);
  const firstFlag = own.findIndex((arg) => arg.startsWith('-'));
  const values = own.slice(0, firstFlag === -1 ? undefined : firstFlag).slice(0, operands.length);
  const missing = operands.slice(values.length);
  if (missing.length > 0)
    throw new UsageError(`\`slipway ${name}\` needs ${missing.map((one) => `<${one}>`).join(' ')}.`);
  const program = end === -1 ? [] : args.slice(end + 1);
  if (takesProgram && program.length === 0)
    throw new UsageError(`\`slipway ${name}\` needs a program: \`slipway ${name} -- <program> <arguments>\`.`);
  const flags = Object.fromEntries(Object.entries(inputs).filter(([input]) => !operands.includes(input)));
  const given = readFlags(own.slice(values.length), flags);
  return { given: new Map([...values.map((value, at) => [operands[at] ?? '', value] as const), ...given]), program };
}

/** Help of a group, or of the one command that `word` names. */
export function groupHelp({ name, about, commands, more }: Group, word = ''): string {
  const shown = Object.entries(commands).filter(([one]) => one === word || !Object.hasOwn(commands, word));
  const usage = shown.map(([one, command]) => [usageOf(one, command), command.doc] as const);
  const width = Math.max(...usage.map(([text]) => text.length));
  const flags = shown.flatMap(([, { inputs, operands = [] }]) =>
    Object.entries(inputs).filter(([input]) => !operands.includes(input)),
  );
  return [
    `Usage: slipway ${name} ${shown.map(([one]) => one).join('|')} [--flag value …]`,
    '',
    `${about.charAt(0).toUpperCase()}${about.slice(1)}:`,
    ...usage.map(([text, what]) => `  ${text.padEnd(width)}  ${what}`),
    '',
    'Flags:',
    flagsText(Object.fromEntries(flags)),
    '',
    `More: ${packaged(more)}`,
  ].join('\n');
}

function usageOf(word: string, { operands = [], takesProgram = false }: Command): string {
  return [word, ...operands.map((operand) => `<${operand}>`), ...(takesProgram ? ['-- <program> …'] : [])].join(' ');
}

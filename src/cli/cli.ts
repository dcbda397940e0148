import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../definition/about.ts';
import { catalog } from '../action/catalog.ts';
import { runMain, runPost } from '../action/frame.ts';
import { exitCodes } from '../action/host.ts';
import type { Definition } from '../definition/define.ts';
import { UsageError } from '../definition/values.ts';
import { flagsText, readFlags } from './flags.ts';
import { groupHelp, runGroup, type Group } from './group.ts';
import { local } from './local.ts';
import { seccomp } from './seccomp.ts';
import { packaged } from './package-root.ts';
import { terminalHost, type Terminal } from './terminal-host.ts';

const groups: readonly Group[] = [local, seccomp];

/**
 * The `slipway` command.
 * @param signal aborted on Ctrl-C
 * @returns the exit code: 0 pass, 1 fail, 2 wrong use, 3 inconclusive, 70 a bug of ours
 */
export async function cli(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const [command = '--help', ...rest] = args;
  const wantsHelp = rest.includes('--help') || rest.includes('-h');
  try {
    if (['--help', '-h', 'help'].includes(command)) return show(await overview(), terminal);
    if (['--version', '-v'].includes(command)) return show(version, terminal);
    const group = groups.find(({ name }) => name === command);
    if (group !== undefined)
      return wantsHelp ? show(groupHelp(group, rest[0]), terminal) : await runGroup(group, rest, terminal, signal);
    const definition = Object.hasOwn(catalog, command) ? await catalog[command]?.() : undefined;
    if (definition === undefined)
      throw new UsageError(`There is no command \`${command}\`. Allowed: ${commands().join(', ')}.`);
    return wantsHelp ? show(actionHelp(definition), terminal) : await runAction(definition, rest, terminal, signal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(inTerms(error.message));
    terminal.error(seeHelp(commands().includes(command) ? command : undefined));
    return exitCodes.usage;
  }
}

/** Runs an action in this folder, and its clean-up, as a job would. */
async function runAction(
  definition: Definition,
  args: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const given = readFlags(args, definition.inputs);
  const folder = join(process.cwd(), '.slipway', definition.name);
  await rm(folder, { recursive: true, force: true });
  const options = { given, folder, packaged, terminal, signal, state: {} };
  const code = await runMain(definition, terminalHost(options));
  await runPost(definition, terminalHost(options));
  if (code === exitCodes.usage) terminal.error(seeHelp(definition.name));
  return code;
}

/** What is an input of an action is a flag, or an operand, here. */
function inTerms(message: string): string {
  return message.replace(/^Input `([a-z0-9-]+)`/gm, '`$1`');
}

function seeHelp(command: string | undefined): string {
  return `See \`slipway ${command === undefined ? '' : `${command} `}--help\`.`;
}

function commands(): string[] {
  return [...groups.map(({ name }) => name), ...Object.keys(catalog)];
}

async function overview(): Promise<string> {
  const definitions = await Promise.all(Object.values(catalog).map((load) => load()));
  const width = Math.max(...commands().map((name) => name.length));
  const lines = definitions.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`);
  return [
    'Usage: slipway <command> [--flag value …]',
    '',
    'The same gates as in GitHub Actions, in this folder:',
    ...lines,
    '',
    'Beside them:',
    ...groups.map(
      (group) => `  ${group.name.padEnd(width)}  ${group.about} (${Object.keys(group.commands).join(', ')})`,
    ),
    '',
    'Exit codes: 0 pass, 1 fail, 2 wrong use, 3 inconclusive, 70 a bug of Slipway.',
    'More: slipway <command> --help',
  ].join('\n');
}

function actionHelp({ name, description, inputs }: Definition): string {
  return [
    `Usage: slipway ${name} [--flag value …]`,
    '',
    description,
    '',
    'Flags; one that takes several lines may be given again:',
    flagsText(inputs),
  ].join('\n');
}

function show(text: string, terminal: Terminal): number {
  terminal.out(text);
  return exitCodes.pass;
}

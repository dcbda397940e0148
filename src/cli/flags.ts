import { parseArgs } from 'node:util';
import { UsageError } from '../definition/values.ts';

/** A flag of the command line; every one takes a value. */
export interface Flag {
  readonly doc: string;
  /** In words that finish "Allowed: …". */
  readonly allowed: string;
  readonly default?: string;
  readonly required?: boolean;
}

export type Flags = Readonly<Record<string, Flag>>;

/**
 * Reads `--name value` and `--name=value`. A flag that is given more than once has a line for each.
 * @throws UsageError that names everything that is wrong and what is allowed
 */
export function readFlags(args: readonly string[], flags: Flags): ReadonlyMap<string, string> {
  const options = Object.fromEntries(
    Object.keys(flags).map((name) => [name, { type: 'string', multiple: true } as const]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  const problems: string[] = [];
  let afterUnknown = false;
  for (const token of tokens) {
    // What follows an unknown flag was meant as its value.
    if (token.kind === 'positional' && !afterUnknown) problems.push(`\`${token.value}\` is no flag.`);
    afterUnknown = token.kind === 'option' && !Object.hasOwn(flags, token.name);
    if (token.kind !== 'option') continue;
    const before = values.get(token.name);
    if (afterUnknown) problems.push(`There is no flag \`${token.rawName}\`.`);
    else if (token.value === undefined) problems.push(`\`${token.rawName}\` has no value.`);
    else values.set(token.name, before === undefined ? token.value : `${before}\n${token.value}`);
  }
  if (problems.length === 0) return values;
  const allowed = Object.keys(flags).map((name) => `--${name}`);
  throw new UsageError(`${problems.join(' ')} Allowed: ${allowed.join(', ') || 'no flags'}.`);
}

/** A paragraph for each flag. */
export function flagsText(flags: Flags): string {
  return Object.entries(flags)
    .map(([name, { doc, allowed, default: value, required = false }]) => {
      const given = required ? ' (required)' : '';
      const lines = [`  --${name} <value>${given}`, `      ${doc}`, `      Allowed: ${allowed}.`];
      return [...lines, ...(isShown(value) ? [`      Default: ${value}`] : [])].join('\n');
    })
    .join('\n');
}

/** A default such as `${{ github.token }}` is filled in by the runner of an action; in a terminal there is none. */
function isShown(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !value.startsWith('${{');
}

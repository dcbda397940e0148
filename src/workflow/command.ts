/** A command that a step prints: `::name key=value::data`, or `##[name key=value]data`. */
export interface Command {
  /** Lower case. */
  readonly name: string;
  /** By name in lower case. */
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

type Escapes = readonly (readonly [string, string])[];

/** What stands for characters that would end a part; the percent sign itself comes last. */
const forData: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const forProperties: Escapes = [['%3A', ':'], ['%2C', ','], ...forData];
const forBrackets: Escapes = [['%3B', ';'], ['%5D', ']'], ...forData];

/**
 * Parses a line as the runner does (actions/runner, ActionCommand.cs): the first form at the start of the line, the
 * second anywhere in it, and only the names that are known.
 */
export function parseCommand(line: string, known: (name: string) => boolean): Command | undefined {
  const trimmed = line.trimStart();
  const colons = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  if (colons !== -1) {
    const command = parseInfo(trimmed.slice(2, colons), ',', forProperties);
    if (known(command.name)) return { ...command, data: unescape(trimmed.slice(colons + 2), forData) };
  }
  const open = line.indexOf('##[');
  const close = open === -1 ? -1 : line.indexOf(']', open);
  if (close === -1) return undefined;
  const command = parseInfo(line.slice(open + 3, close), ';', forBrackets);
  return known(command.name) ? { ...command, data: unescape(line.slice(close + 1), forBrackets) } : undefined;
}

function parseInfo(info: string, separator: string, escapes: Escapes): Omit<Command, 'data'> {
  const space = info.indexOf(' ');
  const name = (space === -1 ? info : info.slice(0, space)).toLowerCase();
  const pairs = (space === -1 ? '' : info.slice(space + 1))
    .trim()
    .split(separator)
    .flatMap((pair): [string, string][] => {
      const equals = pair.indexOf('=');
      const value = pair.slice(equals + 1);
      return equals > 0 && value !== '' ? [[pair.slice(0, equals).toLowerCase(), unescape(value, escapes)]] : [];
    });
  return { name, properties: Object.fromEntries(pairs) };
}

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [escaped, character]) => result.replaceAll(escaped, character), text);
}

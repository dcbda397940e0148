import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realContext } from '../action/context.ts';
import { realFiles } from '../action/files.ts';
import type { Host } from '../action/host.ts';
import { Ledger } from '../action/ledger.ts';
import { maskFor } from '../report/mask.ts';
import { safeLine } from '../report/log.ts';
import { placeText } from '../report/text.ts';

/** Where the lines of a command go. */
export interface Terminal {
  out(line: string): void;
  error(line: string): void;
}

export interface TerminalOptions {
  /** Values of the flags by input. */
  readonly given: ReadonlyMap<string, string>;
  /** Where the files of the report go. */
  readonly folder: string;
  readonly packaged: (path: string) => string;
  readonly terminal: Terminal;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** What the main phase leaves for the clean-up. */
  readonly state: Record<string, string>;
}

/** The host in a terminal: inputs from flags, findings as lines, the other forms of the report as files. */
export function terminalHost({ given, folder, packaged, terminal, signal, state }: TerminalOptions): Host {
  const root = process.cwd();
  const evidenceFolder = join(folder, 'evidence');
  const ledger = new Ledger(folder);
  const secrets = new Set<string>();
  const shown = (text: string): string => maskFor(secrets)(safeLine(text));
  let hasReported = false;
  const mask = (secret: string): void => void secrets.add(secret);
  const context = realContext(
    {
      log: {
        info: (message) => terminal.out(shown(message)),
        warning: (message) => terminal.error(shown(`warning: ${message}`)),
        group: (heading, work) => {
          terminal.out(shown(heading));
          return work();
        },
      },
      packaged,
      root,
      temp: folder,
      evidence: () => ledger.entries(),
      signal,
      state,
      saveState: (name, value) => {
        state[name] = value;
      },
    },
    mask,
  );
  const write = async (name: string, content: string): Promise<string> => {
    await realFiles.write(join(folder, name), content);
    return join(folder, name);
  };
  return {
    given: (name) => given.get(name) ?? '',
    mask,
    scope: { root, temp: tmpdir(), files: realFiles, packaged },
    context: () => context,
    print: (lines) => {
      hasReported = true;
      lines.forEach((line) => terminal.out(shown(line)));
    },
    // The report's own lines have said everything that its annotations say.
    annotate: (annotations) =>
      (hasReported ? [] : annotations).forEach(({ type, title, message, ...place }) => {
        const where = placeText(place);
        // What is an input of an action is a flag here.
        const said = message.replace(/^Input `([a-z0-9-]+)`/, '`--$1`');
        terminal.error(shown(`${type}: ${title}${where && ` at ${where}`}: ${said}`));
      }),
    summarize: async (markdown) => {
      await write('summary.md', markdown);
    },
    write,
    writeStatement: async (name, content) => {
      await realFiles.write(join(evidenceFolder, name), content);
      await ledger.add(join(evidenceFolder, name), content);
    },
    evidenceFolder,
    setOutput: (name, value) => terminal.out(shown(`${name}: ${value}`)),
  };
}

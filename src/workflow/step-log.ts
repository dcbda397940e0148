import { parseCommand, type Command } from './command.ts';
import { LineSplitter, maxLineLength } from './line-splitter.ts';
import type { Masker } from './masker.ts';
import type { Annotation } from './result.ts';

/** GitHub's limits per step (actions/runner, ExecutionContext.cs). */
export const maxPerType = 10;
export const maxMessage = 4096;

/** Characters of log that are kept for the result; everything reaches the listener. */
const maxKept = 8 * 1024 * 1024;

/** Why a command is refused that the runner honours, or once honoured. */
const refused: Readonly<Record<string, string>> = {
  'set-output': 'It is deprecated. Write to the file that GITHUB_OUTPUT names.',
  'save-state': 'It is deprecated. Write to the file that GITHUB_STATE names.',
  'set-env': 'GitHub has disabled it, because printed text could set it. Write to the file that GITHUB_ENV names.',
  'add-path': 'GitHub has disabled it, because printed text could set it. Write to the file that GITHUB_PATH names.',
  'add-matcher': 'Problem matchers are not supported.',
  'remove-matcher': 'Problem matchers are not supported.',
};
const honoured = ['error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'add-mask', 'stop-commands', 'echo'];

/** Takes the output of one step: masks it, obeys the commands in it, and keeps log and annotations. */
export class StepLog {
  readonly lines: string[] = [];
  readonly annotations: Annotation[] = [];
  /** Set when the step gave a command that fails it. */
  hasFailed = false;
  readonly #masker: Masker;
  readonly #onLine: (line: string) => void;
  #stopToken: string | undefined;
  #kept = 0;
  #dropped = 0;

  constructor(masker: Masker, onLine: (line: string) => void) {
    this.#masker = masker;
    this.#onLine = onLine;
  }

  /** What takes the chunks of one output stream. */
  stream(): LineSplitter {
    return new LineSplitter(
      (line, isCut) => this.#take(line, isCut),
      () => this.#masker.longest,
    );
  }

  /** A line of the engine itself: no command is looked for in it. */
  write(text: string): void {
    for (const line of this.#masker.mask(text).split('\n')) this.#show(line);
  }

  annotate(type: Annotation['type'], message: string, place: Omit<Annotation, 'type' | 'message'> = {}): void {
    const masked = this.#masker.mask(message);
    if (this.annotations.filter((annotation) => annotation.type === type).length < maxPerType)
      this.annotations.push({ type, message: masked.slice(0, maxMessage), ...place });
    this.write(`##[${type}]${masked}`);
  }

  /** Fails the step with a message. */
  fail(message: string): void {
    this.annotate('error', message);
    this.hasFailed = true;
  }

  /** The kept lines, with a last one that says how many were not kept. */
  get result(): string[] {
    const note = `${this.#dropped} more lines were printed, and are not kept.`;
    return this.#dropped > 0 ? [...this.lines, note] : this.lines;
  }

  #take(line: string, isCut: boolean): void {
    if (isCut) {
      this.#show(`${this.#masker.mask(line).slice(0, maxLineLength)}… (the line is cut here)`);
      return;
    }
    const command = parseCommand(line, (name) => this.#knows(name));
    if (command === undefined) this.write(line);
    else if (this.#stopToken === undefined) this.#obey(command, line);
    else if (command.name === this.#stopToken) {
      this.#stopToken = undefined;
      this.write(line);
    } else this.write(line);
  }

  #knows(name: string): boolean {
    return honoured.includes(name) || Object.hasOwn(refused, name) || name === this.#stopToken;
  }

  #obey({ name, properties, data }: Command, line: string): void {
    const reason = refused[name];
    if (reason !== undefined) this.fail(`The command \`${name}\` is not supported. ${reason}`);
    else if (name === 'error' || name === 'warning' || name === 'notice')
      this.annotate(name, data, this.#place(properties));
    else if (name === 'group') this.write(`##[group]${data}`);
    else if (name === 'endgroup') this.write('##[endgroup]');
    else if (name === 'stop-commands') this.#stop(data, line);
    else if (name === 'add-mask') {
      if (data.trim() === '') this.annotate('warning', "Can't add secret mask for empty string in add-mask command.");
      else this.#masker.add(data);
    }
    // `debug` shows only where debugging is on, and `echo` only changes what is shown of commands.
  }

  /** As on GitHub, a token that is a command itself, or empty, could never be told from one. */
  #stop(token: string, line: string): void {
    if (token === '' || this.#knows(token.toLowerCase()) || token === 'pause-logging')
      this.fail('The command `stop-commands` needs a token that is not empty and no command.');
    else {
      this.#stopToken = token.toLowerCase();
      if (token.length > 6) this.#masker.add(token);
      this.write(line);
    }
  }

  #place(properties: Readonly<Record<string, string>>): Omit<Annotation, 'type' | 'message'> {
    const text = (name: string): string | undefined => {
      const value = properties[name];
      return value === undefined ? undefined : this.#masker.mask(value);
    };
    const number = (name: string): number | undefined => {
      const value = properties[name]?.trim() ?? '';
      return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
    };
    const line = number('line') ?? number('endline');
    const place = {
      title: text('title'),
      file: text('file'),
      line,
      endLine: number('endline'),
      // A column says nothing without its line.
      column: line === undefined ? undefined : number('col'),
      endColumn: line === undefined ? undefined : number('endcolumn'),
    };
    return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  }

  #show(line: string): void {
    this.#onLine(line);
    if (this.#kept + line.length > maxKept) {
      this.#dropped++;
      return;
    }
    this.#kept += line.length;
    this.lines.push(line);
  }
}

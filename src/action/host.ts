import type { Context } from '../definition/context.ts';
import type { InputScope } from '../definition/inputs.ts';
import type { Annotation } from '../report/annotations.ts';

/** Where an action runs: a runner of GitHub, or a terminal. The frame is the same for both. */
export interface Host {
  /** Raw text of an input; empty when it was not given. */
  given(name: string): string;
  /** Keeps a value out of everything that is shown from now on. */
  mask(secret: string): void;
  readonly scope: InputScope;
  context(): Context;
  /** Shows lines of a report or an error. */
  print(lines: readonly string[]): void;
  annotate(annotations: readonly Annotation[]): void;
  summarize(markdown: string): Promise<void>;
  /** Writes a file of the report and returns its path. */
  write(name: string, content: string): Promise<string>;
  /** Writes an unsigned statement, and remembers that this job wrote it. */
  writeStatement(name: string, content: string): Promise<void>;
  readonly evidenceFolder: string;
  setOutput(name: string, value: string): void;
}

/** How an action ended, as the exit code of its process: the table of docs/architecture.md, Errors. */
export const exitCodes = { pass: 0, fail: 1, usage: 2, inconclusive: 3, bug: 70 } as const;

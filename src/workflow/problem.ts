/** A place in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A reason, in a file, why a run does not start. */
export interface Problem extends Place {
  /** Path in the repository of the event, or `owner/name/path@ref` in another one. */
  readonly file: string;
  readonly message: string;
}

/** Collects the problems of one run, from every file that takes part. */
export class Problems {
  readonly list: Problem[] = [];

  /** @returns what adds a problem of one file; a file that is called twice has each problem once */
  of(file: string): ReportProblem {
    return ({ line, column }, message) => {
      const problem = { file, line, column, message };
      if (!this.list.some((known) => problemText(known) === problemText(problem))) this.list.push(problem);
    };
  }
}

export type ReportProblem = (place: Place, message: string) => void;

/** The run does not start: what its files say is wrong, or is not supported. */
export class WorkflowRefused extends Error {
  override readonly name = 'WorkflowRefused';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

/** `file:line:column: message`, as compilers and editors write it. */
export function problemText({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

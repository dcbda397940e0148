import { shellWords } from './shell-words.ts';

/** What an image that is built from a Dockerfile says about how it runs. */
export interface ImageDefaults {
  /** As written, with arguments filled in; undefined when only the base image knows. */
  readonly user?: Positioned<string>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** False for `HEALTHCHECK NONE`; undefined when only the base image knows. */
  readonly healthCheck?: Positioned<boolean>;
}

interface Positioned<T> {
  readonly value: T;
  readonly line: number;
}

interface Instruction {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

type Variables = ReadonlyMap<string, string>;

/**
 * Reads what the final stage of a Dockerfile, or the one that is asked for, says (Dockerfile reference of Docker). A stage goes on from the stage that
 * it names; `scratch` says that root runs. What an image from elsewhere says stays unknown.
 * @param target name or number of a stage
 * @param args values of build arguments
 * @returns undefined when there is no such stage
 */
export function readDockerfile(text: string, target?: string, args: Variables = new Map()): ImageDefaults | undefined {
  const global = new Map<string, string>();
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  let number = 0;
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === 'FROM') {
      const [, image = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.text) ?? [];
      if (stage !== undefined && isTarget(stage, target)) return stage.defaults;
      const base = expanded(image, global);
      stage = new Stage(startOf(base, stages, instruction.line), String(number++), name?.toLowerCase());
      stages.set(stage.number, stage);
      if (stage.name !== undefined) stages.set(stage.name, stage);
    } else if (stage === undefined) {
      if (instruction.name === 'ARG') declare(instruction.text, global, args);
    } else stage.apply(instruction, global, args);
  }
  if (stage === undefined) return undefined;
  return target === undefined || isTarget(stage, target) ? stage.defaults : undefined;
}

function isTarget({ name, number }: Stage, target: string | undefined): boolean {
  return target !== undefined && (name === target.toLowerCase() || number === target);
}

function startOf(
  image: string,
  stages: ReadonlyMap<string, Stage>,
  line: number,
): Pick<Stage, 'defaults' | 'variables'> {
  const parent = stages.get(image.toLowerCase());
  if (parent !== undefined) return parent;
  const nothing = { user: { value: '0', line }, entrypoint: [], command: [], healthCheck: { value: false, line } };
  return { defaults: image === 'scratch' ? nothing : {}, variables: new Map() };
}

class Stage {
  readonly number: string;
  readonly name: string | undefined;
  readonly variables: Map<string, string>;
  defaults: ImageDefaults;
  #ownCommand: readonly string[] | undefined;

  constructor(start: Pick<Stage, 'defaults' | 'variables'>, number: string, name: string | undefined) {
    this.defaults = start.defaults;
    this.variables = new Map(start.variables);
    this.number = number;
    this.name = name;
  }

  apply({ name, text, line }: Instruction, global: Variables, args: Variables): void {
    switch (name) {
      case 'ARG':
        declare(text, this.variables, new Map([...global, ...args]));
        break;
      case 'ENV':
        for (const [key, value] of assignments(text)) this.variables.set(key, expanded(value, this.variables));
        break;
      case 'USER':
        this.defaults = { ...this.defaults, user: { value: expanded(text.trim(), this.variables), line } };
        break;
      case 'ENTRYPOINT':
        // An entry point clears the command of the base image.
        this.defaults = { ...this.defaults, entrypoint: commandOf(text), command: this.#ownCommand ?? [] };
        break;
      case 'CMD':
        this.#ownCommand = commandOf(text);
        this.defaults = { ...this.defaults, command: this.#ownCommand };
        break;
      case 'HEALTHCHECK': {
        const value = !/^none$/i.test(text.trim());
        this.defaults = { ...this.defaults, healthCheck: { value, line } };
        break;
      }
    }
  }
}

/** `ARG name=value`: what is given from outside wins; without either the name has no value. */
function declare(text: string, variables: Map<string, string>, given: Variables): void {
  for (const word of shellWords(text) ?? []) {
    const [, name = '', written] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const value = given.get(name) ?? (written === undefined ? undefined : expanded(written, variables));
    if (value !== undefined) variables.set(name, value);
  }
}

/** `ENV a=1 b="two words"`, and the old `ENV a all the rest`. */
function assignments(text: string): [string, string][] {
  const [, name, rest] = /^([^\s=]+)\s+(.*)$/s.exec(text) ?? [];
  if (name !== undefined && rest !== undefined) return [[name, rest]];
  return (shellWords(text) ?? []).map((word) => {
    const end = word.indexOf('=');
    return [word.slice(0, end), word.slice(end + 1)];
  });
}

/** Exec form (a JSON list) as it is; shell form runs in a shell. */
function commandOf(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) {
    try {
      const words: unknown = JSON.parse(trimmed);
      if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
    } catch {
      // Docker takes a list that is no JSON for the shell form, too.
    }
  }
  return trimmed === '' ? [] : ['/bin/sh', '-c', trimmed];
}

/** `$name`, `${name}`, `${name:-default}` and `${name:+replacement}`; an unknown name is empty. */
function expanded(text: string, variables: Variables): string {
  return text.replace(
    /\\\$|\$(?:(\w+)|\{(\w+)(?::?([-+])([^{}]*))?\})/g,
    (
      written,
      short: string | undefined,
      long: string | undefined,
      operator: string | undefined,
      word: string | undefined,
    ) => {
      if (written === '\\$') return '$';
      const value = variables.get(short ?? long ?? '') ?? '';
      if (operator === '-') return value === '' ? (word ?? '') : value;
      if (operator === '+') return value === '' ? '' : (word ?? '');
      return value;
    },
  );
}

const directive = /^#\s*([a-z]+)\s*=\s*(\S+)\s*$/i;

/** Instructions with continued lines joined; comments and the bodies of heredocs are left out. */
function instructionsOf(text: string): Instruction[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const escape = escapeOf(lines);
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let whole = '';
    for (; at < lines.length; at++) {
      const next = (lines[at] ?? '').trim();
      if (next.startsWith('#') || (whole !== '' && next === '')) continue;
      whole += next.endsWith(escape) ? next.slice(0, -1) : next;
      if (!next.endsWith(escape)) break;
    }
    const [, name, rest = ''] = /^([a-z]+)(?:\s+(.*))?$/is.exec(whole.trim()) ?? [];
    if (name === undefined) continue;
    found.push({ name: name.toUpperCase(), text: rest, line });
    if (/^(?:run|copy|add)$/i.test(name)) at = afterHeredocs(rest, lines, at);
  }
  return found;
}

/** The escape directive stands before everything else. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name = '', value = ''] = directive.exec(line.trim()) ?? [];
    if (name === '') break;
    if (name.toLowerCase() === 'escape') return value === '`' ? '`' : '\\';
  }
  return '\\';
}

/** Index of the last line of the heredocs that an instruction opens: `<<EOF`, `<<-"EOF"`; an open one takes all lines. */
function afterHeredocs(text: string, lines: readonly string[], from: number): number {
  let last = from;
  for (const [, dash, , name] of text.matchAll(/<<(-?)(["']?)(\w+)\2/g)) {
    const isEnd = (line = ''): boolean => (dash === '-' ? line.replace(/^\t+/, '') : line) === name;
    do last++;
    while (last < lines.length && !isEnd(lines[last]));
  }
  return last;
}

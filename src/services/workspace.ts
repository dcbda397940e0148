import { relative } from 'node:path';
import { DocumentError, type Node } from '../documents/node.ts';
import { parseYamlStream } from '../documents/yaml.ts';
import { TooLargeError, type Files } from '../effects/effects.ts';
import { isInside } from '../effects/inside.ts';
import type { Finding, Place } from '../report/report.ts';
import { servicesRules } from './rules.ts';

const maxBytes = 4 * 1024 * 1024;

/** Why a file or what it says cannot be read: a sentence for its author, with the place. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly place: Place;
  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }

  get finding(): Finding {
    return { rule: servicesRules.unreadable, message: this.message, place: this.place };
  }
}

/** Bounded reading of files below one folder; a link out of it is not followed. Each file is read once. */
export class Workspace {
  readonly files: Files;
  /** Absolute path. */
  readonly root: string;
  readonly #texts = new Map<string, Promise<string>>();
  readonly #documents = new Map<string, Promise<Node[]>>();
  #realRoot: Promise<string> | undefined;

  constructor(files: Files, root: string) {
    this.files = files;
    this.root = root;
  }

  /** Path as findings name it. */
  name(path: string): string {
    return relative(this.root, path);
  }

  /**
   * Text of a file.
   * @throws UnreadableError when it is missing, larger than 4 MiB, no UTF-8, or outside
   */
  text(path: string): Promise<string> {
    return remembered(this.#texts, path, () => this.#read(path));
  }

  /**
   * Documents of a YAML file.
   * @throws UnreadableError also when it is not YAML
   */
  documents(path: string): Promise<Node[]> {
    return remembered(this.#documents, path, async () => parsed(await this.text(path), this.name(path)));
  }

  /** Whether a path, with every link followed, is a file of the workspace. */
  async where(path: string): Promise<'inside' | 'outside' | 'missing'> {
    if (!isInside(path, this.root)) return 'outside';
    if ((await this.files.kind(path)) !== 'file') return 'missing';
    this.#realRoot ??= this.files.realPath(this.root);
    return isInside(await this.files.realPath(path), await this.#realRoot) ? 'inside' : 'outside';
  }

  async #read(path: string): Promise<string> {
    const place = { file: this.name(path) };
    const where = await this.where(path);
    if (where === 'missing') throw new UnreadableError('There is no such file.', place);
    if (where === 'outside') throw new UnreadableError('The file lies outside the workspace and is not read.', place);
    try {
      return await this.files.readText(path, maxBytes);
    } catch (error) {
      const reason = error instanceof TooLargeError ? `it is larger than ${maxBytes} bytes` : (error as Error).message;
      throw new UnreadableError(`The file cannot be read: ${reason}.`, place);
    }
  }
}

function remembered<T>(known: Map<string, Promise<T>>, path: string, make: () => Promise<T>): Promise<T> {
  const value = known.get(path) ?? make();
  known.set(path, value);
  return value;
}

function parsed(text: string, file: string): Node[] {
  try {
    return parseYamlStream(text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new UnreadableError(error.message, { file, line: error.line, column: error.column });
  }
}

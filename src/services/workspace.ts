import { relative } from 'node:path';
import { DocumentError, type Node } from '../documents/node.ts';
import { parseYamlStream } from '../documents/yaml.ts';
import { TooLargeError, type Files } from '../effects/effects.ts';
import { isInside } from '../effects/inside.ts';
import type { Finding, Place } from '../report/report.ts';
import { servicesRules } from './rules.ts';

const maxBytes = 4 * 1024 * 1024;
const maxFiles = 100_000;

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

/** Bounded reading of files below one folder; a link out of it is not followed. */
export class Workspace {
  readonly files: Files;
  /** Absolute path. */
  readonly root: string;
  readonly #documents = new Map<string, Promise<Node[]>>();
  /** Files that a listing of the workspace gave: there is no link on the way to them. */
  readonly #listed = new Set<string>();
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
   * Paths of the regular files below a folder, links not followed; of anything else the path itself.
   * @throws Error when there are more than 100,000
   */
  async list(path: string): Promise<string[]> {
    if ((await this.files.kind(path)) !== 'folder') return [path];
    const found = await this.files.list(path, maxFiles);
    if (await this.#isReallyInside(path)) found.forEach((file) => this.#listed.add(file));
    return found;
  }

  /**
   * Documents of a YAML file, which is read once.
   * @throws UnreadableError as {@link text} does, and when it is not YAML
   */
  documents(path: string): Promise<Node[]> {
    const documents = this.#documents.get(path) ?? this.text(path).then((text) => this.parse(text, path));
    this.#documents.set(path, documents);
    return documents;
  }

  /**
   * Documents of a YAML file whose text is known.
   * @throws UnreadableError when it is not YAML
   */
  parse(text: string, path: string): Node[] {
    try {
      return parseYamlStream(text);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      throw new UnreadableError(error.message, { file: this.name(path), line: error.line, column: error.column });
    }
  }

  /** Whether a path, with every link followed, is a file of the workspace. */
  async where(path: string): Promise<'inside' | 'outside' | 'missing'> {
    if (this.#listed.has(path)) return 'inside';
    if (!isInside(path, this.root)) return 'outside';
    if ((await this.files.kind(path)) !== 'file') return 'missing';
    return (await this.#isReallyInside(path)) ? 'inside' : 'outside';
  }

  /** The first link below a folder that leads out of the workspace: for programs that follow links. */
  async linkOut(folder: string): Promise<string | undefined> {
    for (const link of await this.files.links(folder)) {
      // A link to nothing leads nowhere.
      const isOut = await this.#isReallyInside(link).then(
        (inside) => !inside,
        () => false,
      );
      if (isOut) return link;
    }
    return undefined;
  }

  async #isReallyInside(path: string): Promise<boolean> {
    this.#realRoot ??= this.files.realPath(this.root);
    return isInside(await this.files.realPath(path), await this.#realRoot);
  }

  /**
   * Text of a file.
   * @throws UnreadableError when it is missing, larger than 4 MiB, no UTF-8, or outside
   */
  async text(path: string): Promise<string> {
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

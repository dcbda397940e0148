import { open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files through which a step speaks to the runner, by the variable that names each. */
export interface FileCommands {
  readonly env: string;
  readonly output: string;
  readonly path: string;
  readonly state: string;
  readonly summary: string;
}

/** A step that writes more than this to one of its files is stopped from filling the memory. */
const maxBytes = 16 * 1024 * 1024;

/** GitHub drops a larger summary and keeps the step green (actions/runner, FileCommandManager.cs). */
export const maxSummaryBytes = 1024 * 1024;

/** Makes empty files for one step. */
export async function createFileCommands(folder: string, suffix: string): Promise<FileCommands> {
  const file = (name: string): string => join(folder, `${name}_${suffix}`);
  const files = {
    env: file('set_env'),
    output: file('set_output'),
    path: file('add_path'),
    state: file('save_state'),
    summary: file('step_summary'),
  };
  for (const path of Object.values(files)) await writeFile(path, '');
  return files;
}

/**
 * What a step wrote to one of its files; empty when it removed the file.
 * @throws Error when it is larger than `limit` bytes, or no file any more: a pipe in its place would never end
 */
export async function readFileCommand(path: string, limit = maxBytes): Promise<string> {
  const status = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (status === undefined) return '';
  if (!status.isFile()) throw new Error('It is no regular file any more.');
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of file.createReadStream({ end: limit }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
    }
    if (bytes > limit) throw new Error(`The file is larger than ${limit} bytes.`);
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file.close();
  }
}

/**
 * Parses `NAME=value` lines and `NAME<<DELIMITER` blocks (actions/runner, EnvFileKeyValuePairs).
 * @throws Error with the runner's own words
 */
export function parsePairs(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  let at = 0;
  const line = (): { content: string; next: number; isLast: boolean } | undefined => {
    if (at >= text.length) return undefined;
    const end = text.indexOf('\n', at);
    return end === -1
      ? { content: text.slice(at), next: text.length, isLast: true }
      : { content: text.slice(at, end), next: end + 1, isLast: false };
  };
  for (let current = line(); current !== undefined; current = line()) {
    at = current.next;
    const { content } = current;
    if (content === '') continue;
    const equals = content.indexOf('=');
    const heredoc = content.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([content.slice(0, equals), content.slice(equals + 1)]);
      continue;
    }
    if (heredoc < 0) throw new Error(`Invalid format '${content}'`);
    const name = content.slice(0, heredoc);
    const delimiter = content.slice(heredoc + 2);
    if (name === '' || delimiter === '')
      throw new Error(`Invalid format '${content}'. Name must not be empty and delimiter must not be empty`);
    const start = at;
    let end = at;
    for (let inside = line(); ; inside = line()) {
      if (inside === undefined) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      at = inside.next;
      if (inside.content === delimiter) break;
      if (inside.isLast) throw new Error('Invalid value. EOF marker missing new line.');
      end = at - 1;
    }
    pairs.push([name, text.slice(start, end)]);
  }
  return pairs;
}

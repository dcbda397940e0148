import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type * as z from 'zod';
import { TooLargeError } from '../effects/effects.ts';
import { confine, InputProblem, kind, oneLine, type Declare, type InputScope } from './inputs.ts';

/** A YAML document that was read and checked. */
export interface Document<T> {
  readonly value: T;
  /** As reports and evidence name it: relative to the workspace, or `slipway:policies/…` for a shipped one. */
  readonly name: string;
  /** Hex digest of its bytes. */
  readonly sha256: string;
}

/** Start of a value that names a file shipped with Slipway. */
const builtIn = 'built-in:';
const maxDocumentBytes = 1024 * 1024;

/**
 * A YAML file of the workspace, or `built-in:policies/<name>.yaml`, checked against a schema. The schema is loaded
 * when it is needed: its library would slow down every start.
 */
export function document<T>(schema: () => Promise<z.ZodType<T>>): Declare<Document<T>> {
  return kind({
    allowed: `a YAML file inside the workspace, or \`${builtIn}policies/<name>.yaml\` for one of Slipway's own`,
    parse: async (given, scope) => {
      const { bytes, name, sha256 } = await read(oneLine(given), scope);
      const { parseChecked } = await import('../documents/checked.ts');
      const checked = parseChecked(textOf(bytes), await schema());
      if ('problems' in checked) {
        const lines = checked.problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
        throw new InputProblem(`the file is not valid:\n${lines.join('\n')}`);
      }
      return { value: checked.value, name, sha256 };
    },
  });
}

/**
 * Hex digest of a document that another document names, such as the policy of a clause.
 * @throws InputProblem when there is no such file
 */
export async function documentDigest(given: string, scope: InputScope): Promise<string> {
  return (await read(given, scope)).sha256;
}

async function read(given: string, scope: InputScope): Promise<{ bytes: Uint8Array; name: string; sha256: string }> {
  const { path: file, name } = locate(given, scope);
  if ((await scope.files.kind(file)) !== 'file') throw new InputProblem('there is no such file');
  const bytes = await readBytes(file, scope);
  return { bytes, name, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function readBytes(file: string, { files }: InputScope): Promise<Uint8Array> {
  try {
    return await files.readBytes(file, maxDocumentBytes);
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    throw new InputProblem(`the file is larger than ${maxDocumentBytes} bytes`);
  }
}

function locate(given: string, scope: InputScope): { path: string; name: string } {
  if (!given.startsWith(builtIn)) {
    const absolute = confine(given, scope);
    return { path: absolute, name: relative(scope.root, absolute) };
  }
  const shipped = given.slice(builtIn.length);
  if (!/^policies\/[a-z0-9-]+\.yaml$/.test(shipped)) throw new InputProblem('Slipway ships no such file');
  return { path: scope.packaged(shipped), name: `slipway:${shipped}` };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputProblem('the file is not UTF-8 text');
  }
}

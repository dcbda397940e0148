import type { Node } from '../../documents/node.ts';
import type { ProfileDocument } from './document.ts';
import { JsonReader, type Dialect } from './json.ts';
import { RefusedError, type OciProfile, type OciRule } from './profile.ts';

/** A profile with what only Docker's format and that of containers/common have. */
export interface WrittenProfile extends Omit<OciProfile, 'syscalls'> {
  readonly defaultErrno: string;
  readonly archMap: readonly { readonly architecture: string; readonly subArchitectures: readonly string[] }[];
  readonly syscalls: readonly WrittenRule[];
}

export interface WrittenRule extends OciRule {
  readonly name: string;
  readonly errno: string;
  readonly includes: When;
  readonly excludes: When;
}

/** When a rule counts; an empty list asks for nothing. */
export interface When {
  readonly caps: readonly string[];
  readonly arches: readonly string[];
  readonly minKernel: string;
}

/** Keys that a program knows: those of the OCI format, and what Docker and containers/common add. */
export type KnownKeys = 'oci' | 'moby' | 'containers-common';

const known = new WeakMap<ProfileDocument, Map<string, WrittenProfile | RefusedError>>();

/**
 * Reads a profile with the eyes of one program. What a program does not know of, it does not see. Each document is read once in each way.
 * @throws RefusedError when the program refuses the file
 */
export function readProfile(document: ProfileDocument, dialect: Dialect, format: KnownKeys): WrittenProfile {
  const readings = known.get(document) ?? new Map<string, WrittenProfile | RefusedError>();
  known.set(document, readings);
  const key = `${dialect} ${format}`;
  const reading = readings.get(key) ?? tryRead(document, dialect, format);
  readings.set(key, reading);
  if (reading instanceof RefusedError) throw reading;
  return reading;
}

function tryRead(document: ProfileDocument, dialect: Dialect, format: KnownKeys): WrittenProfile | RefusedError {
  try {
    return read(new JsonReader(document, dialect), dialect, format);
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
}

function read(reader: JsonReader, dialect: Dialect, format: KnownKeys): WrittenProfile {
  const { root } = reader;
  reader.required(root, 'defaultAction');
  const extended = format !== 'oci';
  return {
    defaultAction: reader.text(root, 'defaultAction') ?? '',
    defaultErrnoRet: reader.unsigned(root, 'defaultErrnoRet', dialect === 'go' ? 64 : 32),
    defaultErrno: format === 'containers-common' ? (reader.text(root, 'defaultErrno') ?? '') : '',
    architectures: reader.texts(root, 'architectures'),
    archMap: (extended ? reader.list(root, 'archMap') : []).map((entry) => ({
      architecture: reader.text(entry, 'architecture') ?? '',
      subArchitectures: reader.texts(entry, 'subArchitectures'),
    })),
    flags: reader.texts(root, 'flags'),
    listenerPath: reader.text(root, 'listenerPath') ?? '',
    syscalls: reader.list(root, 'syscalls').map((rule) => readRule(reader, rule, dialect, format)),
    source: root,
  };
}

function readRule(reader: JsonReader, rule: Node, dialect: Dialect, format: KnownKeys): WrittenRule {
  reader.required(rule, 'names');
  reader.required(rule, 'action');
  const when = (key: string): When => {
    const node = format === 'oci' ? undefined : reader.get(rule, key);
    if (node === undefined) return { caps: [], arches: [], minKernel: '' };
    const minKernel = format === 'moby' ? (reader.text(node, 'minKernel') ?? '') : '';
    return { caps: reader.texts(node, 'caps'), arches: reader.texts(node, 'arches'), minKernel };
  };
  return {
    names: reader.texts(rule, 'names'),
    name: format === 'oci' ? '' : (reader.text(rule, 'name') ?? ''),
    action: reader.text(rule, 'action') ?? '',
    errnoRet: reader.unsigned(rule, 'errnoRet', dialect === 'go' ? 64 : 32),
    errno: format === 'containers-common' ? (reader.text(rule, 'errno') ?? '') : '',
    args: reader.list(rule, 'args').map((argument) => {
      reader.required(argument, 'op');
      return {
        index: reader.unsigned(argument, 'index', dialect === 'go' ? 64 : 32) ?? 0n,
        value: reader.unsigned(argument, 'value', 64) ?? 0n,
        valueTwo: reader.unsigned(argument, 'valueTwo', 64) ?? 0n,
        op: reader.text(argument, 'op') ?? '',
        source: argument,
      };
    }),
    includes: when('includes'),
    excludes: when('excludes'),
    source: rule,
  };
}

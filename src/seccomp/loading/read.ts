import type { Node } from '../../documents/node.ts';
import { JsonReader, type Dialect } from './json.ts';
import type { OciProfile, OciRule } from './profile.ts';

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

/** Reads a profile's text with the eyes of one program. What a program does not know of, it does not see. */
export function readProfile(
  text: string,
  dialect: Dialect,
  format: 'oci' | 'moby' | 'containers-common',
): WrittenProfile {
  const reader = new JsonReader(text, dialect);
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
  };
}

function readRule(
  reader: JsonReader,
  rule: Node,
  dialect: Dialect,
  format: 'oci' | 'moby' | 'containers-common',
): WrittenRule {
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
      };
    }),
    includes: when('includes'),
    excludes: when('excludes'),
  };
}

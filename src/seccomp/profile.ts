import { duplicateKeys, get, type MappingNode, type Node, type ScalarNode } from '../documents/node.ts';
import type { Finding } from '../report/report.ts';
import type { Rule } from '../report/rule.ts';
import type { ProfileDocument, ProfileFormat } from './loading/document.ts';
import { seccompRules } from './rules.ts';
import { isSyscall } from './syscalls/lookup.ts';

/** Larger than any profile in use (moby's default is 13 kB); a larger file is refused. */
export const maxProfileBytes = 1024 * 1024;

/** opencontainers/runtime-spec 1.2.1, config-linux.md, "Seccomp". */
const actions = ['KILL', 'KILL_PROCESS', 'KILL_THREAD', 'TRAP', 'ERRNO', 'TRACE', 'ALLOW', 'LOG', 'NOTIFY'].map(
  (name) => `SCMP_ACT_${name}`,
);
const operators = ['NE', 'LT', 'LE', 'EQ', 'GE', 'GT', 'MASKED_EQ'].map((name) => `SCMP_CMP_${name}`);
const architectures = [
  ...[
    'X86',
    'X86_64',
    'X32',
    'ARM',
    'AARCH64',
    'MIPS',
    'MIPS64',
    'MIPS64N32',
    'MIPSEL',
    'MIPSEL64',
    'MIPSEL64N32',
    'PPC',
    'PPC64',
    'PPC64LE',
  ],
  ...['S390', 'S390X', 'PARISC', 'PARISC64', 'RISCV64', 'LOONGARCH64', 'M68K', 'SH', 'SHEB'],
].map((name) => `SCMP_ARCH_${name}`);

const oci = {
  profile: [
    'defaultAction',
    'defaultErrnoRet',
    'architectures',
    'flags',
    'listenerPath',
    'listenerMetadata',
    'syscalls',
  ],
  rule: ['names', 'action', 'errnoRet', 'args'],
  condition: ['index', 'value', 'valueTwo', 'op'],
  archMap: ['architecture', 'subArchitectures'],
  filter: ['caps', 'arches', 'minKernel'],
} as const;

/** Keys of the OCI format, and what moby (profiles/seccomp), containers/common and the Security Profiles Operator (api/seccompprofile) add. */
const keys: Readonly<Record<ProfileFormat, Readonly<Record<keyof typeof oci, readonly string[]>>>> = {
  profile: {
    ...oci,
    profile: [...oci.profile, 'archMap', 'defaultErrno'],
    rule: [...oci.rule, 'name', 'comment', 'includes', 'excludes', 'errno'],
  },
  'runtime-config': oci,
  'custom-resource': {
    ...oci,
    profile: [...oci.profile.filter((key) => key !== 'defaultErrnoRet'), 'baseProfileName', 'state', 'disabled'],
  },
};

/** Checks what is written in one profile of a file: its keys, types, and words. */
export function checkDocument({ format, problem, root, profile }: ProfileDocument, file: string): Finding[] {
  if (problem !== undefined || root === undefined) {
    const { message, line, column } = problem ?? { message: 'It is empty.', line: 1, column: 1 };
    const finding = { rule: seccompRules.unreadable, message, place: { file, line, column } };
    return [finding];
  }
  const check = new ProfileCheck(file, format);
  if (profile !== undefined) check.profile(profile);
  return check.findings;
}

/** Walks a profile once and collects what is wrong. */
class ProfileCheck {
  readonly findings: Finding[] = [];
  readonly #file: string;
  readonly #keys: (typeof keys)[ProfileFormat];

  constructor(file: string, format: ProfileFormat) {
    this.#file = file;
    this.#keys = keys[format];
  }

  profile(root: Node): void {
    const profile = this.#mapping(root, this.#keys.profile);
    if (profile === undefined) return;
    const rules = get(profile, 'syscalls');
    const action = get(profile, 'defaultAction');
    if (action === undefined && rules === undefined) {
      this.#add(seccompRules.noFilter, 'The profile has neither `defaultAction` nor `syscalls`.', root);
    } else if (action === undefined) {
      this.#add(seccompRules.noDefaultAction, 'The profile has no `defaultAction`.', root);
    } else {
      this.#word(action, actions, seccompRules.unknownAction);
    }
    this.#architectures(profile);
    this.#items(rules).forEach((rule) => this.#rule(rule));
  }

  #architectures(profile: MappingNode): void {
    const list = get(profile, 'architectures');
    const archMap = get(profile, 'archMap');
    const filled = (node: Node | undefined) => node?.kind === 'sequence' && node.items.length > 0;
    if (filled(list) && filled(archMap)) {
      this.#add(seccompRules.architecturesAndArchMap, 'The profile has both `architectures` and `archMap`.', archMap);
    }
    this.#items(list).forEach((name) => this.#word(name, architectures, seccompRules.unknownArchitecture));
    for (const item of this.#items(archMap)) {
      const entry = this.#mapping(item, this.#keys.archMap);
      if (entry === undefined) continue;
      const own = get(entry, 'architecture');
      const names = [...(own === undefined ? [] : [own]), ...this.#items(get(entry, 'subArchitectures'))];
      names.forEach((name) => this.#word(name, architectures, seccompRules.unknownArchitecture));
    }
  }

  #rule(node: Node): void {
    const rule = this.#mapping(node, this.#keys.rule);
    if (rule === undefined) return;
    const name = get(rule, 'name');
    const names = this.#items(get(rule, 'names'));
    if (name !== undefined && names.length > 0)
      this.#add(seccompRules.nameAndNames, 'The rule has both `name` and `names`.', name);
    [...(name === undefined ? [] : [name]), ...names].forEach((call) => this.#syscall(call));
    const action = get(rule, 'action');
    if (action === undefined) this.#add(seccompRules.unknownAction, 'The rule has no `action`.', rule);
    else this.#word(action, actions, seccompRules.unknownAction);
    this.#items(get(rule, 'args')).forEach((condition) => this.#condition(condition));
    for (const filter of [get(rule, 'includes'), get(rule, 'excludes')]) {
      if (filter !== undefined && !isNull(filter)) this.#mapping(filter, this.#keys.filter);
    }
  }

  #condition(node: Node): void {
    const condition = this.#mapping(node, this.#keys.condition);
    if (condition === undefined) return;
    const operator = get(condition, 'op');
    if (operator === undefined) this.#add(seccompRules.unknownOperator, 'The condition has no `op`.', condition);
    else this.#word(operator, operators, seccompRules.unknownOperator);
    for (const key of ['index', 'value', 'valueTwo']) {
      const number = get(condition, key);
      if (number !== undefined && !isWhole(number))
        this.#add(seccompRules.wrongType, `\`${key}\` is no whole number of 0 or more.`, number);
    }
  }

  #syscall(node: Node): void {
    const name = textOf(node);
    if (name === undefined) this.#add(seccompRules.wrongType, 'The name of a system call is no text.', node);
    else if (!isSyscall(name)) this.#add(seccompRules.unknownSyscall, `There is no system call \`${name}\`.`, node);
  }

  #word(node: Node, allowed: readonly string[], rule: Rule): void {
    const word = textOf(node);
    if (word !== undefined && allowed.includes(word)) return;
    const given = word === undefined ? 'The value is no text.' : `\`${word}\` does not exist.`;
    this.#add(rule, `${given} Known: ${allowed.join(', ')}.`, node);
  }

  /** The node as a mapping with its unknown and duplicate keys reported; undefined when it is something else. */
  #mapping(node: Node, known: readonly string[]): MappingNode | undefined {
    if (node.kind !== 'mapping') {
      this.#add(seccompRules.wrongType, 'An object is needed here.', node);
      return undefined;
    }
    for (const { key } of node.entries) {
      if (!known.includes(String(key.value)))
        this.#add(seccompRules.unknownKey, `No runtime reads the key \`${String(key.value)}\`.`, key);
    }
    for (const key of duplicateKeys(node))
      this.#add(seccompRules.duplicateKey, `\`${String(key.value)}\` stands twice.`, key);
    return node;
  }

  /** Items of a list; `null` and an absent list are empty, as in Go. */
  #items(node: Node | undefined): readonly Node[] {
    if (node === undefined || isNull(node)) return [];
    if (node.kind === 'sequence') return node.items;
    this.#add(seccompRules.wrongType, 'A list is needed here.', node);
    return [];
  }

  #add(rule: Rule, message: string, { line, column }: { line: number; column: number } = { line: 1, column: 1 }): void {
    this.findings.push({ rule, message, place: { file: this.#file, line, column } });
  }
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function isWhole(node: Node): boolean {
  if (node.kind !== 'scalar') return false;
  const { value } = node;
  return (
    (typeof value === 'bigint' && value >= 0n) || (typeof value === 'number' && Number.isInteger(value) && value >= 0)
  );
}

function textOf(node: Node | undefined): string | undefined {
  const value = (node as ScalarNode | undefined)?.value;
  return typeof value === 'string' ? value : undefined;
}

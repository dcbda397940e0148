import { DocumentError, get, type Node } from '../documents/node.ts';
import { parseYaml } from '../documents/yaml.ts';
import type { Finding } from '../report/report.ts';
import { seccompRules } from './rules.ts';

/** A service of a Compose file and the seccomp profile it asks for. */
export interface Service {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly profile: ProfileChoice;
}

/** `path` is as written: relative to the project folder. */
export type ProfileChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'unconfined'; readonly line: number; readonly column: number }
  | { readonly kind: 'file'; readonly path: string; readonly line: number; readonly column: number };

/** The names that Compose looks for by itself, and its override files. */
const composeFile = /^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/;

export function isComposeFile(name: string): boolean {
  return composeFile.test(name);
}

/**
 * Reads the services of a Compose file.
 * @param file its path as findings name it
 */
export function readServices(text: string, file: string): { services: Service[]; findings: Finding[] } {
  let root: Node;
  try {
    root = parseYaml(text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const place = { file, line: error.line, column: error.column };
    return { services: [], findings: [{ rule: seccompRules.unreadable, message: error.message, place }] };
  }
  const services = get(root, 'services');
  if (services?.kind !== 'mapping') {
    const place = { file, line: root.line, column: root.column };
    return {
      services: [],
      findings: [{ rule: seccompRules.unreadable, message: 'The Compose file has no `services`.', place }],
    };
  }
  return {
    services: services.entries.map(({ key, value }) => ({
      name: String(key.value),
      file,
      line: key.line,
      column: key.column,
      profile: chosenProfile(get(value, 'security_opt')),
    })),
    findings: [],
  };
}

/** Docker's engine takes the last of several seccomp options; `=` and `:` both separate (docker/compose, parseSecurityOpts). */
function chosenProfile(options: Node | undefined): ProfileChoice {
  const items = options?.kind === 'sequence' ? options.items : [];
  let chosen: ProfileChoice = { kind: 'none' };
  for (const item of items) {
    const option = item.kind === 'scalar' ? String(item.value) : '';
    const [, value] = /^seccomp\s*[=:]\s*(.*)$/s.exec(option) ?? [];
    if (value === undefined) continue;
    const { line, column } = item;
    chosen =
      value === 'unconfined' ? { kind: 'unconfined', line, column } : { kind: 'file', path: value, line, column };
  }
  return chosen;
}

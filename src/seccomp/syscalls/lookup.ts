import { architectureNames, x32Bit, type Architecture } from './architectures.ts';
import { lastUnknownTo } from './libseccomp-names.ts';
import { syscallNumbers } from './numbers.ts';

/** Releases of libseccomp whose tables of names are known. */
export type LibseccompRelease = keyof typeof lastUnknownTo;

const columns = ['x86_64', 'i386', 'x32', 'aarch64', 'arm'] as const satisfies readonly Architecture[];

interface Tables {
  /** Every name, those of other architectures too. */
  readonly all: ReadonlySet<string>;
  readonly numbers: Readonly<Record<Architecture, ReadonlyMap<string, number>>>;
  readonly names: Readonly<Record<Architecture, ReadonlyMap<number, string>>>;
}

let tables: Tables | undefined;

/** Read once, at the first look-up: an action that needs no numbers does not pay for them. */
function read(): Tables {
  const rows = syscallNumbers
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const numbers = Object.fromEntries(
    columns.map((architecture, column) => [
      architecture,
      new Map(
        rows.flatMap(([name = '', ...cells]) => {
          const cell = cells[column];
          return cell === undefined || cell === '-'
            ? []
            : [[name, architecture === 'x32' ? Number(cell) + x32Bit : Number(cell)] as const];
        }),
      ),
    ]),
  ) as Record<Architecture, Map<string, number>>;
  const names = Object.fromEntries(
    architectureNames.map((architecture) => [
      architecture,
      new Map([...numbers[architecture]].map(([name, number]) => [number, name])),
    ]),
  ) as Record<Architecture, Map<number, string>>;
  return { all: new Set(rows.map(([name = '']) => name)), numbers, names };
}

/** Whether Linux has a call of this name on any architecture that profiles name. */
export function isSyscall(name: string): boolean {
  tables ??= read();
  return tables.all.has(name);
}

/** Number of a call, on x32 with its bit; undefined where the architecture does not have the call. */
export function numberOf(name: string, architecture: Architecture): number | undefined {
  tables ??= read();
  return tables.numbers[architecture].get(name);
}

/** Name of a number, on x32 with its bit; undefined where Linux (of the table's version) has no such call. */
export function nameOf(number: number, architecture: Architecture): string | undefined {
  tables ??= read();
  return tables.names[architecture].get(number);
}

/** Every call of an architecture by name. */
export function syscallsOf(architecture: Architecture): ReadonlyMap<string, number> {
  tables ??= read();
  return tables.numbers[architecture];
}

const releases = Object.keys(lastUnknownTo) as LibseccompRelease[];

const unknownNames = new Map<LibseccompRelease, ReadonlySet<string>>();

/** Whether a release of libseccomp knows a name that Linux has; what it does not know, runtimes drop. */
export function isKnownTo(release: LibseccompRelease, name: string): boolean {
  const unknown =
    unknownNames.get(release) ??
    new Set<string>(releases.slice(releases.indexOf(release)).flatMap((later) => lastUnknownTo[later]));
  unknownNames.set(release, unknown);
  return !unknown.has(name);
}

/**
 * The number by which a release of libseccomp knows a call; `numberOf` but for one row that its table lacked before 2.6.
 * Source: src/syscalls.csv of v2.5.5 and v2.6.0, compared with our table name by name.
 */
export function numberKnownTo(
  release: LibseccompRelease,
  name: string,
  architecture: Architecture,
): number | undefined {
  const isLacking = release.startsWith('2.5') && name === 'map_shadow_stack' && architecture === 'x32';
  return isLacking ? undefined : numberOf(name, architecture);
}

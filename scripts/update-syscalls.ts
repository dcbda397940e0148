/**
 * Writes what the seccomp field knows of system calls:
 * - src/seccomp/syscalls/numbers.ts: every call that Linux has on the architectures that profiles name, with its numbers on those that the
 *   model evaluates;
 * - src/seccomp/syscalls/libseccomp-names.ts: which of the names each release of libseccomp does not know.
 *
 * Sources: golang.org/x/sys (BSD-3-Clause), whose tables are made from the kernel's headers, by Go; system-calls of PyPI (MIT), made from
 * the same headers, for x32 and the private calls of arm, which Go does not have, by pip; the tags of a clone of seccomp/libseccomp, of which
 * only the names of src/syscalls.csv are read.
 * Usage: npm run update:syscalls -- <clone of libseccomp> [version of x/sys] [version of system-calls]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [clone, version = 'v0.48.0', pythonVersion = '7.2'] = process.argv.slice(2);
if (clone === undefined)
  throw new Error('Usage: npm run update:syscalls -- <clone of libseccomp> [x/sys] [system-calls]');

/** Calls that libseccomp names but that have no number of their own in the kernel's tables (libseccomp 2.6, syscalls.csv). */
const withoutNumber = ['breakpoint', 'cacheflush', 'get_tls', 'set_tls', 'usr26', 'usr32'];
/** Names of the tables that are no calls. */
const noCalls = ['arch_specific_syscall', 'oabi_syscall_base', 'syscall_base', 'syscall_mask'];
/** Calls that Linux never had and that arch/x86/entry/syscalls/syscall_64.tbl marks `common`: x32 has their numbers too. */
const neverImplemented = ['getpmsg', 'putpmsg', 'afs_syscall', 'tuxcall', 'security'];
/** Private calls of arm start here (__ARM_NR_BASE of arch/arm/include/uapi/asm/unistd.h). */
const armPrivate = 0x0f0000;
/** Bit that marks a call of x32 (__X32_SYSCALL_BIT); the table holds numbers without it. */
const x32Bit = 0x40000000;
/** Releases of libseccomp that distributions ship: Debian 12, Ubuntu 24.04, Debian 13 and the newest. */
const libseccompReleases = ['2.5.4', '2.5.5', '2.6.0', '2.6.1'];

const download = JSON.parse(
  execFileSync('go', ['mod', 'download', '-json', `golang.org/x/sys@${version}`], { encoding: 'utf8' }),
) as { Dir: string; Sum: string };
const folder = join(download.Dir, 'unix');
const kernel = /--branch (v[\d.]+)/.exec(readFileSync(join(folder, 'linux/Dockerfile'), 'utf8'))?.[1];

function goTable(file: string): Map<string, number> {
  const calls = [...readFileSync(join(folder, file), 'utf8').matchAll(/^\s*SYS_(\w+)\s*=\s*(\d+)/gm)].map(
    ([, name = '', number]) => [name.toLowerCase(), Number(number)] as const,
  );
  return new Map(calls.filter(([name]) => !noCalls.includes(name)));
}

function pythonTables(...architectures: string[]): Map<string, number>[] {
  const target = mkdtempSync(join(tmpdir(), 'system-calls-'));
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', target, `system-calls==${pythonVersion}`];
    execFileSync('python3', pip, { stdio: ['ignore', 'ignore', 'inherit'] });
    return architectures.map((architecture) => {
      const text = readFileSync(join(target, 'system_calls/tables', `${architecture}.py`), 'utf8');
      return new Map([...text.matchAll(/"(\w+)": (\d+)/g)].map(([, name = '', number]) => [name, Number(number)]));
    });
  } finally {
    rmSync(target, { recursive: true });
  }
}

function libseccompNames(release: string): Set<string> {
  const csv = execFileSync('git', ['-C', clone ?? '', 'show', `v${release}:src/syscalls.csv`], { encoding: 'utf8' });
  return new Set(csv.split('\n').map((line) => line.split(',')[0] ?? ''));
}

const found = readdirSync(folder)
  .filter((file) => /^zsysnum_linux_\w+\.go$/.test(file))
  .flatMap((file) => [...goTable(file).keys()]);
const names = [...new Set([...found, ...withoutNumber])].sort();

const x86_64 = goTable('zsysnum_linux_amd64.go');
const [x32 = new Map<string, number>(), arm = new Map<string, number>()] = pythonTables('x32', 'arm');
const tables = [
  x86_64,
  goTable('zsysnum_linux_386.go'),
  new Map([...x32].map(([name, number]) => [name, number - x32Bit])),
  goTable('zsysnum_linux_arm64.go'),
  goTable('zsysnum_linux_arm.go'),
];
for (const name of neverImplemented) tables[2]?.set(name, x86_64.get(name) ?? NaN);
for (const [name, number] of arm) if (number >= armPrivate) tables[4]?.set(name, number);

const goSource = `golang.org/x/sys@${version} (${download.Sum}, BSD-3-Clause): Linux ${kernel}`;
const list = (items: readonly string[]): string => `\`\n${items.join('\n')}\n\``;

const rows = names.map((name) => {
  const numbers = tables.map((table) => table.get(name)?.toString() ?? '-');
  return numbers.every((number) => number === '-') ? name : [name, ...numbers].join(' ');
});
writeFileSync(
  'src/seccomp/syscalls/numbers.ts',
  `// Written by scripts/update-syscalls.ts from ${goSource},
// and system-calls ${pythonVersion} of PyPI (MIT) for x32 and the private calls of arm.
/**
 * Each line: name, then its number on x86_64, i386, x32 (without its bit), aarch64 and arm; \`-\` where there is none. A name alone is a call of
 * other architectures only.
 */
export const syscallNumbers = ${list(rows)};
`,
);

const known = libseccompReleases.map((release) => [release, libseccompNames(release)] as const);
const unknown = known.map(([release, has], at) => {
  const next = known[at + 1]?.[1];
  const missing = names.filter((name) => !has.has(name) && (next === undefined || next.has(name)));
  return `  // Unknown to ${release} and older.\n  '${release}': [${missing.map((name) => `'${name}'`).join(', ')}],`;
});
writeFileSync(
  'src/seccomp/syscalls/libseccomp-names.ts',
  `// Written by scripts/update-syscalls.ts from the tags of seccomp/libseccomp (names only): ${libseccompReleases.join(', ')}.
/** Names of \`syscallNumbers\` that a release of libseccomp is the last not to know: older releases do not know them either. */
export const lastUnknownTo = {
${unknown.join('\n')}
} as const;
`,
);
execFileSync('node', ['node_modules/prettier/bin/prettier.cjs', '--write', 'src/seccomp/syscalls'], {
  stdio: 'ignore',
});
const numbered = rows.filter((row) => row.includes(' ')).length;
console.log(`${names.length} system calls of Linux ${kernel}, ${numbered} of them numbered`);

/**
 * Writes src/seccomp/syscall-names.ts: every system call that Linux has on the architectures that profiles name.
 * Source: golang.org/x/sys (BSD-3-Clause), whose tables are made from the kernel's headers. Needs Go.
 * Usage: npm run update:syscalls -- [version]
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const version = process.argv[2] ?? 'v0.48.0';

/** Calls that libseccomp names but that have no number of their own in the kernel's tables (libseccomp 2.6, syscalls.csv). */
const withoutNumber = ['breakpoint', 'cacheflush', 'get_tls', 'set_tls', 'usr26', 'usr32'];
/** Names of the tables that are no calls. */
const noCalls = ['arch_specific_syscall', 'oabi_syscall_base', 'syscall_base', 'syscall_mask'];

const download = JSON.parse(
  execFileSync('go', ['mod', 'download', '-json', `golang.org/x/sys@${version}`], { encoding: 'utf8' }),
) as { Dir: string; Sum: string };
const folder = join(download.Dir, 'unix');
const kernel = /--branch (v[\d.]+)/.exec(readFileSync(join(folder, 'linux/Dockerfile'), 'utf8'))?.[1];
const tables = readdirSync(folder).filter((file) => /^zsysnum_linux_\w+\.go$/.test(file));
const found = tables.flatMap((file) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/^\s*SYS_(\w+)\s*=\s*\d+/gm)].map(([, name = '']) =>
    name.toLowerCase(),
  ),
);
const names = [...new Set([...found, ...withoutNumber])].filter((name) => !noCalls.includes(name)).sort();

writeFileSync(
  'src/seccomp/syscall-names.ts',
  `// Written by scripts/update-syscalls.ts from golang.org/x/sys@${version} (${download.Sum}, BSD-3-Clause): Linux ${kernel}.
export const syscallNames: ReadonlySet<string> = new Set(
  \`
${names.join('\n')}
\`
    .trim()
    .split('\\n'),
);
`,
);
console.log(`${names.length} system calls of Linux ${kernel}`);

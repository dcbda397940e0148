/**
 * Builds `dist/`, what GitHub runs: one entry, a chunk for every part that is loaded when it is needed, and a stub
 * per action and phase. The same sources give the same bytes.
 * Usage: npm run build -- [folder]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { minify } from 'terser';
import { catalog } from '../src/action/catalog.ts';

const dist = resolve(process.argv[2] ?? 'dist');
const work = resolve('build/bundle');
const stats = join(work, 'stats.json');

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
const shipped = Object.entries(lock.packages).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional);

compile();
copyPackages();
bundle();
await minifyChunks();
await writeStubs();
writeNotices();

function compile(): void {
  rmSync(work, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', join(work, 'js')],
    { stdio: 'inherit' },
  );
}

/**
 * Copies the packages that are bundled and says that importing them has no side effects, which their authors do not
 * say: without it one call of @actions/core brings its whole HTTP stack into every start.
 */
function copyPackages(): void {
  writeFileSync(join(work, 'package.json'), JSON.stringify({ type: 'module', sideEffects: false }));
  for (const [path] of shipped) {
    cpSync(path, join(work, path), { recursive: true });
    const manifest = join(work, path, 'package.json');
    const content = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
    writeFileSync(manifest, JSON.stringify({ ...content, sideEffects: false }));
  }
  mkdirSync(join(work, 'node_modules/.bin'), { recursive: true });
  symlinkSync(resolve('node_modules/typescript'), join(work, 'node_modules/typescript'));
}

function bundle(): void {
  rmSync(dist, { recursive: true, force: true });
  const arguments_ = [
    'build',
    join(work, 'js/action/main.js'),
    '--out',
    dist,
    '--minify',
    '--no-cache',
    '--no-source-map-register',
    '--quiet',
    '--stats-out',
    stats,
    '--external',
    'kerberos',
  ];
  execFileSync(process.execPath, ['node_modules/@vercel/ncc/dist/ncc/cli.js', ...arguments_], {
    stdio: 'inherit',
    cwd: resolve('.'),
  });
}

/** ncc minifies its entry only. Names are kept: errors and undici say them. */
async function minifyChunks(): Promise<void> {
  for (const file of globSync(join(dist, '*.index.js'))) {
    const { code } = await minify(readFileSync(file, 'utf8'), {
      module: true,
      keep_classnames: true,
      keep_fnames: true,
      format: { comments: false },
    });
    if (code === undefined) throw new Error(`${file} cannot be minified`);
    writeFileSync(file, `${code}\n`);
  }
}

async function writeStubs(): Promise<void> {
  for (const [name, load] of Object.entries(catalog)) {
    const { post } = await load();
    for (const phase of post === undefined ? ['main'] : ['main', 'post']) {
      const file = phase === 'main' ? name : `${name}-post`;
      writeFileSync(
        join(dist, `${file}.js`),
        `// Written by scripts/build.ts.\nimport { run } from './index.js';\nawait run('${name}', '${phase}', import.meta.url);\n`,
      );
    }
  }
}

/** The licence texts of everything that is bundled. */
function writeNotices(): void {
  const bundled = bundledPackages();
  const texts = shipped
    .filter(([path]) => bundled.has(path))
    .map(([path, { version = '', license = '' }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return `${name} ${version} (${license})\n\n${licenceText(path)}`;
    });
  writeFileSync(join(dist, 'NOTICES.txt'), texts.sort().join(`\n${'-'.repeat(80)}\n\n`));
}

/** Paths of the packages that have a module in the bundle, such as `node_modules/undici`. */
function bundledPackages(): Set<string> {
  const modules = readFileSync(stats, 'utf8').matchAll(/build\/bundle\/((?:node_modules\/(?:@[^/"]+\/)?[^/"]+\/)+)/g);
  return new Set([...modules].map(([, path = '']) => path.replace(/\/$/, '')));
}

function licenceText(path: string): string {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'LICENSE-MIT']) {
    try {
      return readFileSync(join(path, name), 'utf8').replaceAll('\r\n', '\n');
    } catch {
      // The next name.
    }
  }
  return 'The package carries no licence file; see its licence named above.\n';
}

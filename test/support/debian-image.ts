import type { FileTree } from './small-image.ts';

/** A package as dpkg lists it; `source` is the package that advisories name. */
export interface DebianPackage {
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

/** Packages of a Debian 12 with all its updates. */
export const updated: readonly DebianPackage[] = [
  { name: 'libssl3', source: 'openssl', version: '3.0.22-1~deb12u2' },
  { name: 'zlib1g', source: 'zlib', version: '1:1.2.13.dfsg-1' },
  { name: 'libc6', source: 'glibc', version: '2.36-9+deb12u14' },
];

/** What a scanner looks for in a Debian system: its name and its package database. */
export function debianFiles(packages: readonly DebianPackage[], release = '12'): FileTree {
  return {
    'etc/os-release': `PRETTY_NAME="Debian GNU/Linux ${release}"\nID=debian\nVERSION_ID="${release}"\n`,
    'etc/debian_version': `${release}\n`,
    'var/lib/dpkg/status': packages.map(dpkgEntry).join('\n'),
  };
}

/** A package of Node.js as npm installs it. */
export function nodePackage(name: string, version: string): FileTree {
  return { [`srv/node_modules/${name}/package.json`]: JSON.stringify({ name, version, license: 'MIT' }) };
}

function dpkgEntry({ name, source, version }: DebianPackage): string {
  return [
    `Package: ${name}`,
    'Status: install ok installed',
    'Maintainer: Debian Maintainers <maintainers@lists.debian.org>',
    'Architecture: amd64',
    `Source: ${source}`,
    `Version: ${version}`,
    `Description: ${name}`,
    '',
  ].join('\n');
}

import { access, chmod, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ProgramError } from '../effects/effects.ts';
import { mustSucceed, withProgress, type Workshop } from './workshop.ts';

/** A program of the operating system. */
interface SystemProgram {
  /** Debian's package. */
  readonly package: string;
  /** Names the program goes by, the preferred first. */
  readonly binaries: readonly [string, ...string[]];
  /** Seconds to install it with what it needs. */
  readonly seconds: number;
}

/** Every program that is taken from the operating system. */
export const systemPrograms: Readonly<Record<string, SystemProgram>> = {
  mmdebstrap: { package: 'mmdebstrap', binaries: ['mmdebstrap'], seconds: 10 },
  buildah: { package: 'buildah', binaries: ['buildah'], seconds: 30 },
  runc: { package: 'runc', binaries: ['runc'], seconds: 10 },
  crun: { package: 'crun', binaries: ['crun'], seconds: 10 },
  prometheus: { package: 'prometheus', binaries: ['prometheus'], seconds: 20 },
  'docker-registry': { package: 'docker-registry', binaries: ['docker-registry'], seconds: 10 },
  chromium: { package: 'chromium', binaries: ['chromium', 'google-chrome', 'chromium-browser'], seconds: 90 },
  git: { package: 'git', binaries: ['git'], seconds: 10 },
  ip: { package: 'iproute2', binaries: ['ip'], seconds: 5 },
  // What the shipped seccomp profiles are proven with, and the tracer.
  nginx: { package: 'nginx', binaries: ['nginx'], seconds: 10 },
  'redis-server': { package: 'redis-server', binaries: ['redis-server'], seconds: 10 },
  // Its programs lie in a folder of their version, which no PATH has.
  postgresql: { package: 'postgresql', binaries: ['pg_ctlcluster'], seconds: 40 },
  python3: { package: 'python3', binaries: ['python3'], seconds: 10 },
  strace: { package: 'strace', binaries: ['strace'], seconds: 5 },
  openssl: { package: 'openssl', binaries: ['openssl'], seconds: 5 },
};

/** Folders that a user's PATH often lacks and that hold runc and its like. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Path of a program of the system, or undefined when it is not installed. */
export async function findSystemProgram(name: string, { env }: Workshop): Promise<string | undefined> {
  const folders = [...(env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''), ...systemFolders];
  for (const binary of systemPrograms[name]?.binaries ?? []) {
    for (const folder of folders) {
      const path = join(folder, binary);
      if (await canRun(path)) return path;
    }
  }
  return undefined;
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Installs Debian packages, and starts none of the services that some of them bring.
 * @param names rows of the table
 * @throws ProgramError with the line to type when this process may not install, or when apt-get fails
 */
export async function installSystemPrograms(names: readonly string[], workshop: Workshop): Promise<void> {
  const rows = names.flatMap((name) => systemPrograms[name] ?? []);
  const packages = rows.map((row) => row.package);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !(await canRun('/usr/bin/apt-get'))) {
    throw new ProgramError(
      `${names.join(', ')} must come from the operating system, and only root on Debian or Ubuntu can install it here.`,
      `Type: sudo ${command}`,
    );
  }
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  await withProgress(`${names.join(', ')}: installing from Debian`, seconds, workshop, async () => {
    if ((await aptGet(packages, workshop)).code === 0) return;
    const updated = await workshop.exec('apt-get', ['update'], { env: workshop.env, signal: workshop.signal });
    mustSucceed('apt-get update', updated, 'Check the network and the package sources.');
    mustSucceed(command, await aptGet(packages, workshop), 'Install it by hand and try again.');
  });
}

/** What Debian's packages call to start a service (deb-systemd-invoke(1p), invoke-rc.d(8)). */
const starters = ['deb-systemd-invoke', 'invoke-rc.d'];

async function aptGet(packages: readonly string[], { exec, env, signal }: Workshop): ReturnType<Workshop['exec']> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-apt-'));
  try {
    for (const starter of starters) {
      await writeFile(join(folder, starter), '#!/bin/sh\nexit 0\n');
      await chmod(join(folder, starter), 0o755);
    }
    const options = [
      ...['-o', `DPkg::Path=${folder}:/usr/sbin:/usr/bin:/sbin:/bin`],
      // Another installation may be under way.
      ...['-o', 'DPkg::Lock::Timeout=600'],
    ];
    return await exec('apt-get', ['install', '-y', '--no-install-recommends', ...options, ...packages], {
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      signal,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

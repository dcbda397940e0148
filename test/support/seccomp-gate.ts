import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ActionRun } from './run-action.ts';

/** A policy of seccomp-validate that asks for nothing beyond what every profile is asked; JSON is YAML. */
export function seccompPolicy(
  more: Readonly<Partial<Record<'services' | 'starts' | 'waivers', readonly object[]>>> = {},
): string {
  return JSON.stringify({
    ...{ version: 1, targets: ['docker', 'podman'], hosts: ['x86_64', 'aarch64'], kernel: '6.1' },
    profiles: {
      ...{ 'dangerous-calls': [], 'forbidden-families': [], starts: [] },
      ...{ 'looser-than-default': 'warn', loosening: 'fail' },
    },
    ...{ services: [], starts: [], waivers: [] },
    ...more,
  });
}

/** Files by path; content as text or bytes. */
export type Content = Readonly<Record<string, string | Uint8Array>>;

export async function writeFiles(folder: string, files: Content): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export function git(repository: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  return execFileSync('git', ['-C', repository, ...identity, ...args], { encoding: 'utf8' }).trim();
}

/** Writes files to a repository, which is made when it is not there, and commits all that is in it. */
export async function commit(repository: string, files: Content): Promise<string> {
  await writeFiles(repository, files);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '--all');
  git(repository, 'commit', '--quiet', '--allow-empty', '--message', 'change');
  return git(repository, 'rev-parse', 'HEAD');
}

/** Rules of the findings that are more than notes, each once. */
export function rulesOf({ report }: ActionRun): string[] {
  return [
    ...new Set((report?.findings ?? []).filter(({ outcome }) => outcome !== 'note').map(({ rule }) => rule)),
  ].sort();
}

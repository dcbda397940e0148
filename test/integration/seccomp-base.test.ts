import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeExec } from '../../src/action/exec.ts';
import { realFiles } from '../../src/action/files.ts';
import { BaseError, writeBase } from '../../src/seccomp/base.ts';

/** The files of a pull request's base, read by the machine's own Git. */
describe('the files of a base commit', () => {
  const environment = { PATH: process.env.PATH ?? '', HOME: tmpdir() };
  const world = { exec: makeExec(environment), files: realFiles };
  let folder: string;
  let upstream: string;
  let base: string;
  let head: string;

  const git = (repository: string, ...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      encoding: 'utf8',
    }).trim();
  const commit = async (files: Record<string, string>): Promise<string> => {
    for (const [path, text] of Object.entries(files)) await writeFile(join(upstream, path), text);
    git(upstream, 'add', '--all');
    git(upstream, 'commit', '--quiet', '--message', 'change');
    return git(upstream, 'rev-parse', 'HEAD');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-base-'));
    upstream = join(folder, 'upstream');
    await mkdir(join(upstream, 'seccomp'), { recursive: true });
    git(upstream, 'init', '--quiet');
    git(upstream, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    base = await commit({ 'seccomp/api.json': 'base', '.gitattributes': 'seccomp export-ignore\n' });
    head = await commit({ 'seccomp/api.json': 'head' });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('come from the checkout, also those that Git leaves out of archives, and change nothing there', async () => {
    await writeFile(join(upstream, 'seccomp/api.json'), 'not committed');
    const target = join(folder, 'whole');
    await writeBase(base, { root: upstream, folder: target, environment }, world);
    expect(await readFile(join(target, 'seccomp/api.json'), 'utf8')).toBe('base');
    expect((await readdir(target)).sort()).toEqual(['.gitattributes', 'seccomp']);
    expect(git(upstream, 'status', '--short')).toBe('M seccomp/api.json');
    expect(git(upstream, 'rev-parse', 'HEAD')).toBe(head);
    expect(await readFile(join(upstream, 'seccomp/api.json'), 'utf8')).toBe('not committed');
  });

  it('are fetched when the checkout is shallow', async () => {
    const shallow = join(folder, 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${upstream}`, shallow);
    const target = join(folder, 'fetched');
    await writeBase(base, { root: shallow, folder: target, environment }, world);
    expect(await readFile(join(target, 'seccomp/api.json'), 'utf8')).toBe('base');
  });

  it.each([
    ['a commit that nobody has', () => 'c0ffee'.padEnd(40, '0'), /not our ref|unadvertised|did not match/],
    ['a folder that is no checkout', () => base, /not a git repository/],
  ])('%s is an error that says what Git says', async (name, sha, said) => {
    const root = name.includes('folder') ? await mkdtemp(join(folder, 'empty-')) : upstream;
    if (!name.includes('folder')) git(upstream, 'remote', 'add', 'origin', upstream);
    const written = writeBase(sha(), { root, folder: join(folder, 'never'), environment }, world);
    await expect(written).rejects.toThrow(BaseError);
    await expect(written).rejects.toThrow(said);
  });
});

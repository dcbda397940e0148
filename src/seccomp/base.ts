import type { Exec, Files } from '../effects/effects.ts';

/** The base of a pull request cannot be read; the message says why. */
export class BaseError extends Error {
  override readonly name = 'BaseError';
}

const timeout = 120_000;

/**
 * Writes the files of a commit below a folder, as they are in the repository: no hook runs, the checkout and its index are left as they are.
 * A commit that a shallow checkout does not hold is fetched first.
 * @param root absolute path of a checkout
 * @param commit 40 or 64 hex digits
 * @throws BaseError when the commit cannot be had
 */
export async function writeBase(
  commit: string,
  { root, folder, environment }: { root: string; folder: string; environment: Readonly<Record<string, string>> },
  { exec, files }: { exec: Exec; files: Files },
): Promise<void> {
  // The owner of a checkout in a job container is another user, which Git refuses unless told.
  const git = (...args: string[]): ReturnType<Exec> =>
    exec('git', ['-c', `safe.directory=${root}`, '-C', root, ...args], {
      env: { ...environment, GIT_INDEX_FILE: `${folder}.index`, GIT_TERMINAL_PROMPT: '0' },
      timeout,
    }).catch((error: unknown) => {
      throw new BaseError(`Git cannot be started: ${(error as Error).message}`);
    });
  const mustGit = async (...args: string[]): Promise<void> => {
    const { code, stderr, timedOut } = await git(...args);
    if (code !== 0)
      throw new BaseError(timedOut ? `git ${args[0] ?? ''} took more than two minutes` : stderr.trim().slice(0, 500));
  };
  await files.makeFolder(folder);
  const isThere = (await git('cat-file', '-e', `${commit}^{commit}`)).code === 0;
  if (!isThere) await mustGit('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', commit);
  await mustGit('read-tree', commit);
  await mustGit('checkout-index', '--all', '--force', `--prefix=${folder}/`);
  await files.remove(`${folder}.index`);
}

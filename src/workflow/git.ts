import { execFile, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs git and returns what it prints, trimmed.
 * @throws Error with what git says on its error output
 */
export async function git(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  try {
    const { stdout } = await execute('git', args, { env: { ...environment, GIT_TERMINAL_PROMPT: '0' } });
    return stdout.trim();
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`git ${args.join(' ')} failed: ${stderr?.trim() ?? message}`, { cause: error });
  }
}

/** The full name and the commit of a branch, a tag or a commit in a repository, or undefined when there is none. */
export async function resolveRef(directory: string, ref: string): Promise<{ ref: string; sha: string } | undefined> {
  const isCommit = /^[0-9a-f]{40}$/.test(ref);
  for (const full of isCommit ? [ref] : [`refs/tags/${ref}`, `refs/heads/${ref}`]) {
    const sha = await git(['-C', directory, 'rev-parse', '--verify', '--quiet', `${full}^{commit}`]).catch(() => '');
    if (sha !== '') return { ref: full, sha };
  }
  return undefined;
}

/** Writes the files of a commit, as `git archive` and so GitHub's own download for actions has them. */
export async function exportCommit(directory: string, sha: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const archive = spawn('git', ['-C', directory, 'archive', '--format=tar', sha], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const unpack = spawn('tar', ['-x', '-C', target], { stdio: ['pipe', 'ignore', 'pipe'] });
  archive.stdout.pipe(unpack.stdin);
  const [archived, unpacked] = await Promise.all([ended(archive), ended(unpack)]);
  if (archived !== undefined || unpacked !== undefined)
    throw new Error(`The files of commit ${sha} in ${directory} cannot be read: ${archived ?? unpacked ?? ''}`);
}

/** What went wrong in a program, or undefined. */
function ended(child: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    // The other program may end first; how each ended is what counts.
    child.stdin?.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) =>
      resolve(code === 0 ? undefined : Buffer.concat(said).toString('utf8').trim() || `exit code ${code ?? 'none'}`),
    );
  });
}

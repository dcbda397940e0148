import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '../workflow/git.ts';
import type { WorkflowEvent } from '../workflow/event.ts';

/** Files to write by path; undefined removes one. */
export type Change = Readonly<Record<string, string | undefined>>;

/** A pull request with the commit that GitHub makes of it to test it. */
export interface PullRequest {
  readonly number: number;
  readonly branch: string;
  /** Commit of `main` when it was opened. */
  readonly base: string;
  readonly merge: string;
}

const owner = { login: 'gameforge', id: 900_000_000 };
const sender = { login: 'mona', id: 900_000_002 };
const identity = { GIT_AUTHOR_NAME: sender.login, GIT_AUTHOR_EMAIL: 'mona@gameforge.invalid' };
const environment = {
  ...process.env,
  ...identity,
  GIT_COMMITTER_NAME: identity.GIT_AUTHOR_NAME,
  GIT_COMMITTER_EMAIL: identity.GIT_AUTHOR_EMAIL,
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** The example as a repository of its own, as its users have it, with the events that GitHub would send. */
export class ExampleRepository {
  readonly directory: string;
  /** `owner/name`. */
  readonly name: string;
  readonly #id: number;
  #pullRequests = 0;

  private constructor(directory: string, name: string, id: number) {
    this.directory = directory;
    this.name = name;
    this.#id = id;
  }

  /**
   * Copies a folder into a new repository with one commit on `main`.
   * @param id number of the repository, which identity tokens carry
   */
  static async create(source: string, directory: string, name: string, id: number): Promise<ExampleRepository> {
    await rm(directory, { recursive: true, force: true });
    await cp(source, directory, { recursive: true });
    const repository = new ExampleRepository(directory, name, id);
    await repository.#git('init', '--quiet', '--initial-branch', 'main');
    await repository.#commit('Initial version');
    return repository;
  }

  /** Writes a change on top of a commit, on a branch of its own; `main` stays where it is. */
  async branch(branch: string, message: string, change: Change, from = 'main'): Promise<string> {
    await this.#git('checkout', '--quiet', '-B', branch, from);
    for (const [path, content] of Object.entries(change)) {
      const file = join(this.directory, path);
      await mkdir(dirname(file), { recursive: true });
      await (content === undefined ? rm(file) : writeFile(file, content));
    }
    return this.#commit(message);
  }

  /** Opens a pull request against `main`. */
  async propose(branch: string, message: string, change: Change): Promise<PullRequest> {
    await this.branch(branch, message, change);
    await this.#git('checkout', '--quiet', '-B', `merge-of-${branch}`, 'main');
    const base = await this.#head();
    await this.#git('merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, branch);
    return { number: ++this.#pullRequests, branch, base, merge: await this.#head() };
  }

  /** Merges a pull request and returns the new commit of `main`. */
  async merge({ merge }: PullRequest): Promise<string> {
    await this.#git('checkout', '--quiet', '-B', 'main', merge);
    return merge;
  }

  pushed(sha: string, branch = 'main'): WorkflowEvent {
    return { name: 'push', payload: { ...this.#common(), ref: `refs/heads/${branch}`, after: sha } };
  }

  opened({ number, branch, base, merge }: PullRequest): WorkflowEvent {
    const pull = {
      merge_commit_sha: merge,
      head: { ref: branch, repo: { full_name: this.name } },
      base: { ref: 'main', sha: base },
    };
    return { name: 'pull_request', payload: { ...this.#common(), action: 'opened', number, pull_request: pull } };
  }

  #common(): object {
    const [login = ''] = this.name.split('/');
    const repository = { id: this.#id, full_name: this.name, owner: { ...owner, login }, visibility: 'private' };
    return { repository: { ...repository, default_branch: 'main' }, sender };
  }

  async #commit(message: string): Promise<string> {
    await this.#git('add', '--all');
    await this.#git('commit', '--quiet', '--message', message);
    return this.#head();
  }

  #head(): Promise<string> {
    return this.#git('rev-parse', 'HEAD');
  }

  #git(...args: string[]): Promise<string> {
    return git(['-C', this.directory, ...args], environment);
  }
}

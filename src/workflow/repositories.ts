import { join } from 'node:path';
import { exportCommit, resolveRef } from './git.ts';

/** Where a repository lies on this machine. */
export interface RepositoryMapping {
  /** A git repository, or any folder when every ref that is used stands in `refs`. */
  readonly directory: string;
  /**
   * Refs whose files are taken as they lie in the folder, with what has not been committed; their full name and commit
   * are what the run says of them. Every other ref is read from git.
   */
  readonly refs?: Readonly<Record<string, { readonly ref: string; readonly sha: string }>>;
}

/** The files of a repository at one commit. */
export interface Commit {
  /** `owner/name`. */
  readonly repository: string;
  /** `refs/tags/v1`, `refs/heads/main`, `refs/pull/1/merge` or a commit. */
  readonly ref: string;
  readonly sha: string;
  readonly folder: string;
  /** True when the files are those that lie in the folder, not those of the commit. */
  readonly asItLies: boolean;
}

/** The repositories that a run may use, each at the commits that it uses. */
export class Repositories {
  readonly #mappings: Readonly<Record<string, RepositoryMapping>>;
  readonly #folder: string;
  readonly #exported = new Map<string, Promise<void>>();
  readonly #used = new Map<string, Commit>();

  /** @param folder where the files of commits are written */
  constructor(mappings: Readonly<Record<string, RepositoryMapping>>, folder: string) {
    this.#mappings = mappings;
    this.#folder = folder;
  }

  has(repository: string): boolean {
    return this.#mapping(repository) !== undefined;
  }

  /** Every commit that was taken, in the order of first use. */
  get used(): readonly Commit[] {
    return [...this.#used.values()];
  }

  directory(repository: string): string {
    const mapping = this.#mapping(repository);
    if (mapping === undefined) throw new Error(`No folder is given for the repository ${repository}.`);
    return mapping.directory;
  }

  /**
   * Finds a ref as `uses: owner/name@ref` gives it.
   * @throws Error when the repository or the ref is not known
   */
  async atRef(repository: string, ref: string): Promise<Commit> {
    const given = this.#mapping(repository)?.refs?.[ref];
    if (given !== undefined)
      return this.#take({ repository, ...given, folder: this.directory(repository), asItLies: true });
    const found = await resolveRef(this.directory(repository), ref);
    if (found === undefined) throw new Error(`${repository} has no branch, tag or commit \`${ref}\`.`);
    return this.atCommit(repository, found.ref, found.sha);
  }

  /** The files of a commit, under the ref that a run gives it. */
  async atCommit(repository: string, ref: string, sha: string): Promise<Commit> {
    const folder = join(this.#folder, repository.replace('/', '+'), sha);
    const exported = this.#exported.get(folder) ?? exportCommit(this.directory(repository), sha, folder);
    this.#exported.set(folder, exported);
    await exported;
    return this.#take({ repository, ref, sha, folder, asItLies: false });
  }

  #take(commit: Commit): Commit {
    this.#used.set(`${commit.repository}@${commit.ref}`, commit);
    return commit;
  }

  /** GitHub does not tell names that differ in case. */
  #mapping(repository: string): RepositoryMapping | undefined {
    const name = Object.keys(this.#mappings).find((one) => one.toLowerCase() === repository.toLowerCase());
    return name === undefined ? undefined : this.#mappings[name];
  }
}

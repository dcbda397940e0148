import { join, relative } from 'node:path';
import type { Context } from '../definition/context.ts';
import type { Document } from '../definition/document.ts';
import { BaseError, writeBase } from '../seccomp/base.ts';
import { judgeChanges, type Loosenings } from '../seccomp/change/loosening.ts';
import { changedProfiles } from '../seccomp/change/pairs.ts';
import { changeRules } from '../seccomp/change/rules.ts';
import { environmentsOf } from '../seccomp/environments.ts';
import type { SeccompPolicy } from '../seccomp/policy.ts';
import type { ServicesOptions } from '../services/read.ts';
import { readSeccompTree, type SeccompTree } from '../seccomp/tree/tree.ts';

interface Request {
  readonly paths: readonly string[];
  readonly policy: Document<SeccompPolicy>;
  readonly options: ServicesOptions;
  readonly dockerDefault: string;
}

/** Compares the profiles of a pull request with those of its base; nothing without a base. */
export async function readLoosenings(
  base: string | undefined,
  head: SeccompTree,
  { paths, policy, options, dockerDefault }: Request,
  context: Context,
): Promise<Loosenings> {
  if (base === undefined) return { findings: [], sections: [] };
  const { files, root, temp, environment } = context;
  const folder = join(temp, 'seccomp-base');
  try {
    await writeBase(base, { root, folder, environment }, context);
    const there = paths.map((path) => join(folder, relative(root, path)));
    const existing = await Promise.all(there.map(async (path) => (await files.kind(path)) !== 'missing'));
    const tree = await readSeccompTree(
      files,
      folder,
      there.filter((_, at) => existing[at]),
      options,
    );
    return judgeChanges(
      changedProfiles(tree, head, dockerDefault),
      environmentsOf(policy.value),
      policy.value.profiles,
    );
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    const message = `Commit ${base} cannot be read: ${error.message}`;
    return { findings: [{ rule: changeRules.baseUnreadable, message }], sections: [] };
  } finally {
    await files.remove(folder);
  }
}

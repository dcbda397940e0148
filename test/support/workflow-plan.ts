import { restrictedPermissions, type Permissions } from '../../src/workflow/permissions.ts';
import { planWorkflow, type WorkflowPlan } from '../../src/workflow/plan.ts';
import { problemText, WorkflowRefused } from '../../src/workflow/problem.ts';
import { Repositories } from '../../src/workflow/repositories.ts';
import { standIns } from '../../src/workflow/stand-ins.ts';
import { temporaryFolder, writeTree, type Tree } from './workflow-run.ts';

export interface PlanOptions {
  readonly path?: string;
  /** Files of other repositories, by `owner/name`; each has the tag `v1`. */
  readonly others?: Readonly<Record<string, Tree>>;
  readonly defaultPermissions?: Permissions;
}

/** Plans `.github/workflows/main.yml` of a repository with these files, without git. */
export async function planTree(tree: Tree, options: PlanOptions = {}): Promise<WorkflowPlan> {
  const folder = temporaryFolder();
  writeTree(folder, tree);
  const sha = '1'.repeat(40);
  const mappings = Object.entries(options.others ?? {}).map(([repository, files]) => {
    const directory = temporaryFolder();
    writeTree(directory, files);
    return [repository, { directory, refs: { v1: { ref: 'refs/tags/v1', sha: '2'.repeat(40) } } }] as const;
  });
  return planWorkflow({
    commit: { repository: 'octo/game', ref: 'refs/heads/main', sha, folder, asItLies: true },
    path: options.path ?? '.github/workflows/main.yml',
    repositories: new Repositories(Object.fromEntries(mappings), temporaryFolder()),
    standIns,
    labels: ['ubuntu-latest'],
    defaultPermissions: options.defaultPermissions ?? restrictedPermissions,
  });
}

/** Why these files are refused, as `file:line:column: message`; empty when they are not. */
export async function problemsOf(tree: Tree, options: PlanOptions = {}): Promise<string[]> {
  try {
    await planTree(tree, options);
    return [];
  } catch (error) {
    if (error instanceof WorkflowRefused) return error.problems.map(problemText);
    throw error;
  }
}

/** The same for one workflow file, without the path of the file. */
export async function problemsIn(yaml: string): Promise<string[]> {
  const problems = await problemsOf({ '.github/workflows/main.yml': yaml });
  return problems.map((problem) => problem.replace('.github/workflows/main.yml:', ''));
}

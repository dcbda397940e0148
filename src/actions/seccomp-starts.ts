import { join } from 'node:path';
import type { Context } from '../definition/context.ts';
import type { Document } from '../definition/document.ts';
import type { EnforceMode, Starts } from '../seccomp/enforce/run-starts.ts';
import type { SeccompPolicy } from '../seccomp/policy.ts';
import type { SeccompTree } from '../seccomp/tree/tree.ts';

interface Request {
  readonly policy: Document<SeccompPolicy>;
  readonly enforce: EnforceMode;
}

/** Starts what the policy wants started, and writes the patches that were found. */
export async function startServices(
  tree: SeccompTree,
  { policy, enforce }: Request,
  context: Context,
): Promise<Starts & { readonly patches: string }> {
  const { planStarts } = await import('../seccomp/enforce/plan.ts');
  const { runStarts } = await import('../seccomp/enforce/run-starts.ts');
  const { targets } = await import('../seccomp/targets.ts');
  const { root, temp, files } = context;
  const [first] = policy.value.targets;
  const planned = planStarts(policy.value.starts, {
    ...tree,
    root,
    policy: policy.name,
    loader: first === undefined ? 'moby' : targets[first].loader,
  });
  const profiled = [...tree.profileOf.keys()].map(({ resource }) => resource);
  const effects = { ...context, temp: join(temp, 'seccomp-starts'), node: process.execPath };
  const starts = await runStarts(planned.checks, profiled, enforce, effects);
  const folder = join(temp, 'seccomp-patches');
  const patched = starts.checked.filter(({ proven }) => proven !== undefined);
  for (const [at, { proven }] of patched.entries())
    await files.write(join(folder, `${at + 1}.patch`), proven?.patch ?? '');
  return {
    ...starts,
    findings: [...planned.findings, ...starts.findings],
    patches: patched.length > 0 ? folder : '',
  };
}

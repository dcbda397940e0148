import { join } from 'node:path';
import type { Context } from '../definition/context.ts';
import type { Document } from '../definition/document.ts';
import { planStarts } from '../seccomp/enforce/plan.ts';
import { runStarts, type EnforceMode, type Starts } from '../seccomp/enforce/run-starts.ts';
import type { SeccompPolicy } from '../seccomp/policy.ts';
import { targets } from '../seccomp/targets.ts';
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
    findings: enforce === 'off' ? starts.findings : [...planned.findings, ...starts.findings],
    patches: patched.length > 0 ? folder : '',
  };
}

import type { Context } from '../definition/context.ts';
import { UsageError } from '../definition/values.ts';
import { helm } from '../helm/helm.ts';
import type { Tools } from '../helm/tools.ts';
import { kubectl } from '../kubernetes/kubectl.ts';
import type { ProgramUsed } from '../report/report.ts';
import { accessCluster } from './kubeconfig.ts';
import { programUsed } from './programs.ts';

/** Which release, and by which programs and credentials it is reached. */
interface ReleaseInputs {
  readonly release: string;
  readonly namespace: string;
  readonly kubeconfig: string | undefined;
  readonly 'helm-path': string | undefined;
  readonly 'kubectl-path': string | undefined;
}

/** The tools of one release, and what evidence says about them. */
export interface ReleaseTools extends Tools {
  readonly programs: readonly ProgramUsed[];
}

/**
 * Finds Helm and kubectl and lets `work` use them on the release. A given kubeconfig lies on disk only meanwhile.
 * @throws UsageError when the Helm that was given is not Helm 4
 */
export async function withReleaseTools<T>(
  inputs: ReleaseInputs,
  context: Context,
  work: (tools: ReleaseTools) => Promise<T>,
): Promise<T> {
  const { exec, clock, signal, saveState } = context;
  const programs = [
    await context.program('helm', inputs['helm-path']),
    await context.program('kubectl', inputs['kubectl-path']),
  ] as const;
  const access = await accessCluster(inputs.kubeconfig, context);
  try {
    // A killed step leaves the file behind; its clean-up then removes it.
    saveState('kubeconfig', access.kubeconfig ?? '');
    const { release, namespace } = inputs;
    const { environment } = access;
    const [helmProgram, kubectlProgram] = programs;
    const released = helm({ exec, program: helmProgram.path, environment, release, namespace, signal });
    const version = await released.version();
    if (!version.startsWith('v4.'))
      throw new UsageError(`Input \`helm-path\`: it is Helm ${version}. Allowed: a Helm of version 4.`);
    return await work({
      helm: released,
      kubectl: kubectl({ exec, program: kubectlProgram.path, environment, namespace }),
      namespace,
      clock,
      signal,
      programs: programs.map(programUsed),
    });
  } finally {
    await access.close();
  }
}

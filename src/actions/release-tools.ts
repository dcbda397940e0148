import type { Context } from '../definition/context.ts';
import { UsageError } from '../definition/values.ts';
import { helm } from '../helm/helm.ts';
import type { Tools } from '../helm/tools.ts';
import { kubectl, type Kubectl } from '../kubernetes/kubectl.ts';
import type { ProgramUsed } from '../report/report.ts';
import { accessCluster } from './kubeconfig.ts';
import { programUsed } from './programs.ts';

/** Which namespace of which cluster, and by which program and credentials it is reached. */
interface ClusterInputs {
  readonly namespace: string;
  readonly kubeconfig: string | undefined;
  readonly 'kubectl-path': string | undefined;
}

/** Which release, and by which Helm it is changed. */
interface ReleaseInputs extends ClusterInputs {
  readonly release: string;
  readonly 'helm-path': string | undefined;
}

/** kubectl in one namespace, and what evidence says about it. */
export interface ClusterTools {
  readonly kubectl: Kubectl;
  readonly programs: readonly ProgramUsed[];
  /** Environment of programs that speak to the cluster. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The tools of one release, and what evidence says about them. */
export interface ReleaseTools extends Tools {
  readonly programs: readonly ProgramUsed[];
}

/** Finds kubectl and lets `work` use it. A given kubeconfig lies on disk only meanwhile. */
export async function withKubectl<T>(
  inputs: ClusterInputs,
  context: Context,
  work: (tools: ClusterTools) => Promise<T>,
): Promise<T> {
  const { exec, saveState } = context;
  const program = await context.program('kubectl', inputs['kubectl-path']);
  const access = await accessCluster(inputs.kubeconfig, context);
  try {
    // A killed step leaves the file behind; its clean-up then removes it.
    saveState('kubeconfig', access.kubeconfig ?? '');
    const { namespace } = inputs;
    const { environment } = access;
    return await work({
      kubectl: kubectl({ exec, program: program.path, environment, namespace }),
      programs: [programUsed(program)],
      environment,
    });
  } finally {
    await access.close();
  }
}

/**
 * Finds Helm and kubectl and lets `work` use them on the release.
 * @throws UsageError when the Helm that was given is not Helm 4
 */
export async function withReleaseTools<T>(
  inputs: ReleaseInputs,
  context: Context,
  work: (tools: ReleaseTools) => Promise<T>,
): Promise<T> {
  const { exec, clock, signal } = context;
  const { release, namespace } = inputs;
  const program = await context.program('helm', inputs['helm-path']);
  return withKubectl(inputs, context, async ({ kubectl, programs, environment }) => {
    const released = helm({ exec, program: program.path, environment, release, namespace, signal });
    const version = await released.version();
    if (!version.startsWith('v4.'))
      throw new UsageError(`Input \`helm-path\`: it is Helm ${version}. Allowed: a Helm of version 4.`);
    return work({
      helm: released,
      kubectl,
      namespace,
      clock,
      signal,
      programs: [programUsed(program), ...programs],
    });
  });
}

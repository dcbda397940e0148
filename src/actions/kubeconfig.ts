import { join } from 'node:path';
import type { Context } from '../definition/context.ts';

/** Where programs find the cluster. */
export interface ClusterAccess {
  /** Environment of helm and kubectl. */
  readonly environment: Readonly<Record<string, string>>;
  /** Path of a kubeconfig that only this step knows; absent when KUBECONFIG or the default of the machine counts. */
  readonly kubeconfig?: string;
  /** Removes that file. */
  close(): Promise<void>;
}

/**
 * Makes a given kubeconfig a file that only this user can read.
 * @param content of a kubeconfig; without it the one counts that an earlier step has left
 */
export async function accessCluster(
  content: string | undefined,
  { files, temp, clusterEnvironment }: Context,
): Promise<ClusterAccess> {
  if (content === undefined) return { environment: clusterEnvironment, close: () => Promise.resolve() };
  const kubeconfig = join(temp, 'kubeconfig');
  await files.write(kubeconfig, content, 0o600);
  return {
    environment: { ...clusterEnvironment, KUBECONFIG: kubeconfig },
    kubeconfig,
    close: () => files.remove(kubeconfig),
  };
}

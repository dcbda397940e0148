import { join } from 'node:path';
import { UsageError } from '../definition/values.ts';
import type { ClusterApi } from './cluster/api.ts';
import { startCluster, type Cluster } from './cluster/control-plane.ts';
import { followCluster, type Following } from './cluster/snapshot.ts';
import type { EnvironmentSettings } from '../workflow/services.ts';
import { takeFolder } from './folder.ts';
import { startForge, type LocalForge } from './forge/forge.ts';
import { startGateway, type LocalGateway } from './gateway/gateway.ts';
import { writeRouteStatus } from './gateway/route-status.ts';
import { Parts, type Programs } from './parts.ts';
import { startPrometheus } from './prometheus.ts';
import { startRegistry } from './registry.ts';
import type { Sigstore } from './sigstore/sigstore.ts';
import { startStatusServer } from './status-server.ts';
import { PodAgent, startMachine } from './workload/machine-client.ts';
import { Workload, type WorkloadStatus } from './workload/workload.ts';

export interface PlatformOptions {
  /** The state folder; made when it is missing. */
  readonly folder: string;
  readonly programs: Programs;
  /** Stops a start that is under way. */
  readonly signal?: AbortSignal;
  /** Told what went wrong while the platform runs: a part that ended, a cluster that does not answer. */
  readonly onProblem?: (message: string) => void;
}

/** A platform that runs in this process. Whatever ends the process ends every part of it. */
export interface Platform {
  readonly folder: string;
  /** `127.0.0.1:<port>`, for image names. */
  readonly registry: string;
  /** Fulcio, Rekor and a timestamp authority, and who trusts them. */
  readonly signing: Sigstore;
  readonly forge: LocalForge;
  readonly cluster: Cluster;
  readonly gateway: LocalGateway;
  readonly metricsUrl: string;
  readonly prometheusUrl: string;
  /** By name (`staging`, `production`), with the secrets and variables that `.github/workflows/deploy.yml` reads. */
  readonly environments: Readonly<Record<string, EnvironmentSettings>>;
  workloads(): WorkloadStatus[];
  stop(): Promise<void>;
}

/** The external programs that a platform needs, as `npm run tools` names them. */
export const platformPrograms = [
  'oci-registry',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'prometheus',
  'ip',
] as const;

/** Environments of the local platform; each is a namespace of its cluster. */
export const environmentNames = ['staging', 'production'] as const;

/**
 * Starts every part of the local platform. When one of them does not start, the others are stopped again.
 * @throws UsageError on a system that cannot run it or a folder that is in use; StartError for a part
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  refuseOtherSystems();
  const folder = await takeFolder(options.folder);
  const stopping = new AbortController();
  const onProblem = (message: string): void => {
    if (!stopping.signal.aborted) options.onProblem?.(message);
  };
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal]);
  let parts: Parts | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort(new Error('the platform is being stopped'));
    await parts?.stop();
    await folder.release();
  };
  try {
    parts = await Parts.open({
      folder: folder.path,
      programs: options.programs,
      signal,
      onLost: (part, how, log) => onProblem(`${part} is gone: ${how}. Its log: ${log}`),
    });
    const started = await startParts(parts, onProblem, stopping);
    await parts.ready();
    return { ...started, folder: folder.path, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function refuseOtherSystems(): void {
  if (process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)) return;
  throw new UsageError(
    `The local platform runs on Linux (x64, arm64), and this is ${process.platform} (${process.arch}). On Windows use WSL2; on macOS a Linux machine.`,
  );
}

type Started = Omit<Platform, 'folder' | 'stop'>;

async function startParts(
  parts: Parts,
  onProblem: (message: string) => void,
  stopping: AbortController,
): Promise<Started> {
  // The gateway starts beside the cluster that it will follow.
  const lookAgain = { now: () => Promise.resolve() };
  const [registry, cluster, { signing, forge }, { machine, agent, gateway }] = await allOrError(
    [
      startRegistry(parts),
      startCluster(parts, environmentNames),
      startSigningAndForge(parts),
      startMachineAndGateway(parts, () => lookAgain.now()),
    ],
    () => stopping.abort(new Error('another part did not start')),
  );
  const workload = await Workload.open({ folder: parts.folder, api: cluster.api, machine, agent, onProblem });
  const status = await startStatusServer(gateway, () => workload.status());
  await parts.addServer('metrics', `${status.url}/metrics`, status.close);
  const following = follow(cluster.api, gateway, workload, onProblem, parts.signal);
  lookAgain.now = following.lookAgain;
  await parts.addServer('workload', `${status.url}/workloads`, async () => {
    await following.ended;
    await workload.stop();
  });
  const prometheusUrl = await startPrometheus(parts, status.url);
  return {
    registry,
    signing,
    forge,
    cluster,
    gateway,
    metricsUrl: `${status.url}/metrics`,
    prometheusUrl,
    environments: Object.fromEntries(
      environmentNames.map((name) => [
        name,
        {
          secrets: { SLIPWAY_KUBECONFIG: cluster.deployerKubeconfig(name) },
          variables: { SLIPWAY_URL: gateway.urls[name] ?? '', SLIPWAY_PROMETHEUS_URL: prometheusUrl },
        },
      ]),
    ),
    workloads: () => workload.status(),
  };
}

async function startSigningAndForge(parts: Parts) {
  // Its libraries are many, and most commands start no platform.
  const { startSigstore } = await import('./sigstore/sigstore.ts');
  const signing = await startSigstore(join(parts.folder, 'signing'));
  await parts.addServer('signing', signing.fulcioUrl, () => signing.close());
  const forge = await startForge(signing.oidc, environmentNames);
  await parts.addServer('forge', forge.apiUrl, () => forge.close());
  return { signing, forge };
}

async function startMachineAndGateway(parts: Parts, lookAgain: () => Promise<void>) {
  const machine = await startMachine(parts);
  const agent = new PodAgent(machine);
  const gateway = await startGateway(agent, environmentNames, lookAgain);
  await parts.addServer('gateway', Object.values(gateway.urls).join(' '), () => gateway.close());
  return { machine, agent, gateway };
}

/** Lets the gateway and the workload follow the cluster, in this order: a pod that leaves gets no request any more. */
function follow(
  api: ClusterApi,
  gateway: LocalGateway,
  workload: Workload,
  onProblem: (message: string) => void,
  signal: AbortSignal,
): Following {
  const problem = (error: unknown): void =>
    onProblem(`the cluster: ${error instanceof Error ? error.message : String(error)}`);
  let writing = Promise.resolve();
  return followCluster(
    api,
    (snapshot) => {
      const judged = gateway.update(snapshot);
      workload.reconcile(snapshot.pods);
      writing = writing.then(() => writeRouteStatus(api, judged)).catch(problem);
    },
    problem,
    signal,
  );
}

/** The first error is thrown, but only after the others have been given up too: nothing may start behind our back. */
async function allOrError<T extends readonly unknown[]>(
  promises: { [K in keyof T]: Promise<T[K]> },
  giveUp: () => void,
): Promise<T> {
  try {
    return await Promise.all(promises);
  } catch (error) {
    giveUp();
    await Promise.allSettled(promises);
    throw error;
  }
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { dataFile } from '../data-file.ts';
import { answersOk } from '../http.ts';
import { until } from '../until.ts';
import type { PartCommand, Parts } from '../parts.ts';
import { ClusterApi } from './api.ts';
import { deployerOf, kubeconfig, writeCredentials, type Credentials } from './credentials.ts';
import { setUpCluster } from './setup.ts';

/** A Kubernetes control plane without machines: its one node is kept ready by kwok. */
export interface Cluster {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** File with a kubeconfig that may do everything. */
  readonly adminKubeconfig: string;
  /** Content of a kubeconfig that may deploy to one environment's namespace and nowhere else. */
  deployerKubeconfig(environment: string): string;
  /** The API as an administrator. */
  readonly api: ClusterApi;
}

/**
 * Starts etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok as parts, and makes a namespace for each
 * environment. Resolves when the node is ready and the namespaces can be used.
 */
export async function startCluster(parts: Parts, environments: readonly string[]): Promise<Cluster> {
  const folder = join(parts.folder, 'data', 'cluster');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const credentials = await writeCredentials(folder, environments);
  const etcdUrl = await startEtcd(parts, folder);
  const { url, certificates } = await startApiServer(parts, folder, etcdUrl, credentials);
  const tokenOf = (user: string): string => credentials.tokens.get(user) ?? '';

  const adminKubeconfig = join(folder, 'admin.kubeconfig');
  await writeFile(adminKubeconfig, kubeconfig(url, certificates, 'admin', tokenOf('admin')), { mode: 0o600 });
  const api = new ClusterApi(url, certificates, tokenOf('admin'));
  await Promise.all([
    startController(parts, folder, 'kube-controller-manager', adminKubeconfig, [
      `--service-account-private-key-file=${credentials.serviceAccountKey}`,
    ]),
    startController(parts, folder, 'kube-scheduler', adminKubeconfig, []),
    setUpCluster(api, environments, parts.signal).then(() => startKwok(parts, folder, adminKubeconfig)),
  ]);
  await untilUsable(api, environments, parts.signal);
  return {
    url,
    adminKubeconfig,
    deployerKubeconfig: (environment) => {
      const user = deployerOf(environment);
      return kubeconfig(url, certificates, user, tokenOf(user), environment);
    },
    api,
  };
}

async function startEtcd(parts: Parts, folder: string): Promise<string> {
  const { ports } = await parts.start({
    name: 'etcd',
    ports: 2,
    start: ([clients, peers]) => {
      const client = `http://127.0.0.1:${clients}`;
      const peer = `http://127.0.0.1:${peers}`;
      return {
        args: [
          '--name=local',
          `--data-dir=${join(folder, 'etcd')}`,
          `--listen-client-urls=${client}`,
          `--advertise-client-urls=${client}`,
          `--listen-peer-urls=${peer}`,
          `--initial-advertise-peer-urls=${peer}`,
          `--initial-cluster=local=${peer}`,
          // The data live as long as the platform: waiting for the disk would only cost time.
          '--unsafe-no-fsync',
          '--log-level=warn',
        ],
        address: client,
        ready: () => answersOk(`${client}/health`),
      };
    },
  });
  return `http://127.0.0.1:${ports[0]}`;
}

async function startApiServer(
  parts: Parts,
  folder: string,
  etcdUrl: string,
  { tokenFile, serviceAccountKey, tokens }: Credentials,
): Promise<{ url: string; certificates: string }> {
  const certificateFolder = join(folder, 'kube-apiserver');
  // Made by the server when it starts; the file also holds the authority that signed it.
  const certificate = join(certificateFolder, 'apiserver.crt');
  const { ports } = await parts.start({
    name: 'kube-apiserver',
    ports: 1,
    start: ([port]) => ({
      args: [
        `--etcd-servers=${etcdUrl}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${port}`,
        `--cert-dir=${certificateFolder}`,
        // Loopback is refused as an endpoint of the `kubernetes` service, which nothing here uses.
        '--advertise-address=127.0.0.1',
        '--endpoint-reconciler-type=none',
        `--token-auth-file=${tokenFile}`,
        '--authorization-mode=RBAC',
        `--service-account-key-file=${serviceAccountKey}`,
        `--service-account-signing-key-file=${serviceAccountKey}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        '--service-cluster-ip-range=10.96.0.0/16',
        '--disable-admission-plugins=ServiceAccount',
      ],
      address: `https://127.0.0.1:${port}`,
      ready: async () => {
        const api = new ClusterApi(
          `https://127.0.0.1:${port}`,
          await readFile(certificate, 'utf8'),
          tokens.get('admin') ?? '',
        );
        return api.ok('/readyz').finally(() => api.close());
      },
    }),
  });
  return { url: `https://127.0.0.1:${ports[0]}`, certificates: await readFile(certificate, 'utf8') };
}

async function startController(
  parts: Parts,
  folder: string,
  name: string,
  kubeconfigFile: string,
  args: readonly string[],
): Promise<void> {
  const certificateFolder = join(folder, name);
  await parts.start({
    name,
    ports: 1,
    start: ([port]): PartCommand => ({
      args: [
        `--kubeconfig=${kubeconfigFile}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        `--secure-port=${port}`,
        `--cert-dir=${certificateFolder}`,
        ...args,
      ],
      address: `https://127.0.0.1:${port}`,
      ready: async () => {
        const ca = await readFile(join(certificateFolder, `${name}.crt`), 'utf8');
        const agent = new Agent({ ca });
        return answersOk(`https://127.0.0.1:${port}/healthz`, { agent }).finally(() => agent.destroy());
      },
    }),
  });
}

async function startKwok(parts: Parts, folder: string, kubeconfigFile: string): Promise<void> {
  await parts.start({
    name: 'kwok',
    ports: 1,
    start: ([port]) => ({
      args: [
        `--kubeconfig=${kubeconfigFile}`,
        '--manage-all-nodes=false',
        '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
        `--config=${dataFile('kwok-stages.yaml')}`,
        `--server-address=127.0.0.1:${port}`,
      ],
      env: { HOME: folder },
      address: `http://127.0.0.1:${port}`,
      ready: () => answersOk(`http://127.0.0.1:${port}/healthz`),
    }),
  });
}

/** What each part does for the others shows that it works: the node is ready, the namespaces have their account. */
async function untilUsable(api: ClusterApi, environments: readonly string[], signal: AbortSignal): Promise<void> {
  const accounts = environments.map((name) => `/api/v1/namespaces/${name}/serviceaccounts/default`);
  await until(
    async () => (await Promise.all([nodeReady(api), ...accounts.map((path) => api.ok(path))])).every(Boolean),
    60_000,
    () => new Error('the cluster runs, but its node or its namespaces were not ready in 60 s'),
    signal,
  );
}

interface Node {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  readonly spec?: { readonly taints?: readonly unknown[] };
}

/** Ready, and the node controller has taken back the taint that keeps pods away from a new node. */
async function nodeReady(api: ClusterApi): Promise<boolean> {
  const [node] = await api.list<Node>('/api/v1/nodes');
  const ready = node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return ready && (node?.spec?.taints ?? []).length === 0;
}

import type { WorkflowRun } from '../definition/context.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The workflow run that the runner's variables describe, or undefined outside one. */
export function workflowRun(variables: Variables): WorkflowRun | undefined {
  if (variables.GITHUB_ACTIONS !== 'true') return undefined;
  const value = (name: string): string => variables[`GITHUB_${name}`] ?? '';
  return {
    serverUrl: value('SERVER_URL'),
    apiUrl: value('API_URL'),
    repository: value('REPOSITORY'),
    repositoryId: value('REPOSITORY_ID'),
    runId: value('RUN_ID'),
    attempt: value('RUN_ATTEMPT'),
    job: value('JOB'),
    actor: value('ACTOR'),
    event: value('EVENT_NAME'),
    ref: value('REF'),
    refProtected: value('REF_PROTECTED') === 'true',
    sha: value('SHA'),
    url: `${value('SERVER_URL')}/${value('REPOSITORY')}/actions/runs/${value('RUN_ID')}/attempts/${value('RUN_ATTEMPT')}`,
  };
}

/**
 * Settings that replace a pinned program, root or service: `SLIPWAY_TRIVY`, `SLIPWAY_TRUSTED_ROOT`, … On GitHub any
 * earlier step could set them, so there they do not exist. A local run is told by its server's name: the runner sets
 * GITHUB_SERVER_URL itself, no step can change it, and no forge in the world is called `*.localhost` (RFC 6761).
 */
export function localSettings(variables: Variables): Readonly<Record<string, string>> {
  if (variables.GITHUB_ACTIONS === 'true' && !isLoopbackForge(variables.GITHUB_SERVER_URL)) return {};
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      name.startsWith('SLIPWAY_') && value !== undefined && value !== ''
        ? [[name.slice('SLIPWAY_'.length).toLowerCase().replaceAll('_', '-'), value]]
        : [],
    ),
  );
}

function isLoopbackForge(serverUrl: string | undefined): boolean {
  return URL.canParse(serverUrl ?? '') && new URL(serverUrl ?? '').hostname.endsWith('.localhost');
}

/** What every program needs to find files, certificates and the network, and no secret. */
const plainVariables = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'LANG',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  // By it the runner finds and ends what a killed step has left behind (actions/runner, JobExtension).
  'RUNNER_TRACKING_ID',
];

/** What programs of the field read on top: where the registry's and the cluster's credentials lie. */
const fieldVariables = ['DOCKER_CONFIG', 'KUBECONFIG', 'XDG_RUNTIME_DIR', 'REGISTRY_AUTH_FILE'];

/** The variables that a program may see when nothing else is said. */
export function programEnvironment(variables: Variables): Record<string, string> {
  const names = [...plainVariables, ...fieldVariables];
  return pick(variables, (name) => names.includes(name));
}

/** Logins to a cloud: a kubeconfig may name a program (`aws`, `gke-gcloud-auth-plugin`, `kubelogin`) that reads them. */
const cloudVariable = /^(?:AWS|AZURE|AAD|ARM|CLOUDSDK|GOOGLE)_|^USE_GKE_GCLOUD_AUTH_PLUGIN$/;

/** What programs that speak to a cluster see on top. */
export function clusterEnvironment(variables: Variables): Record<string, string> {
  return { ...programEnvironment(variables), ...pick(variables, (name) => cloudVariable.test(name)) };
}

function pick(variables: Variables, wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value !== undefined && wanted(name) ? [[name, value]] : [])),
  );
}

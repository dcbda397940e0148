import type { ShownRun, ShownStandIn } from './page.ts';

/** What is not the real thing in every local run. */
const always: readonly ShownStandIn[] = [
  { part: 'runner', onGitHub: 'a fresh virtual machine for each job', here: 'this machine, a folder for each job' },
  {
    part: 'forge API, environments, checks, deployments',
    onGitHub: 'api.github.com',
    here: 'a loopback server that holds every request against the OpenAPI description of GitHub',
  },
  {
    part: 'identity tokens, Fulcio, Rekor, time stamps',
    onGitHub: 'GitHub and Sigstore',
    here: 'loopback services with keys of this run; what they signed is worth nothing elsewhere',
  },
  { part: 'registry', onGitHub: 'GHCR or your own', here: 'the CNCF registry on loopback, without logins' },
  {
    part: 'base image',
    onGitHub: 'docker.io/library/node, as the Dockerfile says',
    here: 'Debian packages and the Node of this run',
  },
  {
    part: 'vulnerability database',
    onGitHub: "Trivy's public one",
    here: 'a small one of real advisories, made now: it knows far fewer vulnerabilities',
  },
  {
    part: 'cluster',
    onGitHub: 'your own',
    here: 'a real control plane (etcd, API server, controller manager, scheduler); its node is kept ready by kwok',
  },
  {
    part: 'containers',
    onGitHub: 'a container runtime on each node',
    here: 'the image of each pod runs in namespaces of its own on this machine; limits and seccomp profiles of pods are not applied',
  },
  {
    part: 'gateway and metrics',
    onGitHub: 'a Gateway API implementation',
    here: 'a loopback gateway that follows the HTTPRoute; a real Prometheus reads its counts',
  },
  {
    part: 'the version before',
    onGitHub: 'what earlier releases left',
    here: 'built and installed by the local run itself, past all gates',
  },
  { part: 'users', onGitHub: 'people', here: '50 requests a second from this machine' },
];

/** Everything that was not the real thing, with the actions that the engine has replaced. */
export function standInsOf(runs: readonly ShownRun[]): ShownStandIn[] {
  const used = runs.flatMap(({ result }) => result.standIns);
  const instead = new Map(used.map(({ action, instead: here }) => [action, here]));
  return [...always, ...[...instead].map(([part, here]) => ({ part, onGitHub: 'the action itself', here }))];
}

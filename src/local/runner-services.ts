import type { EnvironmentSettings, JobIdentity, RunnerServices } from '../workflow/services.ts';
import type { JobAccess } from './forge/forge.ts';
import type { Platform } from './platform.ts';

interface OpenJob {
  readonly access: JobAccess;
  /** Of the deployment that was recorded for its environment. */
  readonly deployment: number | undefined;
}

/**
 * What the workflow engine asks of GitHub, answered by the platform. Environments let every job in: the local run has
 * no reviewers.
 * @param settings secrets and variables of the repository
 */
export function runnerServices(platform: Platform, settings: EnvironmentSettings): RunnerServices {
  const { forge, environments } = platform;
  const open = new Map<string, OpenJob>();
  return {
    urls: { server: forge.serverUrl, api: forge.apiUrl, graphql: `${forge.apiUrl}/graphql` },
    settings: () => Promise.resolve(settings),
    enterEnvironment: (name) => Promise.resolve(environments[name]),
    registerJob: ({ id, claims, permissions, environment }: JobIdentity) => {
      const job = { claims, permissions };
      const access = forge.openJob(job);
      const deployment = environment?.deployment === true ? forge.recordDeployment(job, environment.name) : undefined;
      open.set(id, { access, deployment });
      const { token, identity } = access;
      return Promise.resolve({ token, ...(identity && { identity }) });
    },
    finishJob: ({ id }, { conclusion, environmentUrl }) => {
      const job = open.get(id);
      open.delete(id);
      job?.access.close();
      if (job?.deployment !== undefined) {
        forge.recordDeploymentEnd(job.deployment, conclusion === 'success' ? 'success' : 'failure', environmentUrl);
      }
      return Promise.resolve();
    },
  };
}

import { getOctokit } from '@actions/github';
import type { WorkflowRun } from '../definition/context.ts';
import { UsageError } from '../definition/values.ts';
import { ForgeError, type Forge, type NewCheckRun, type NewDeployment } from '../effects/forge.ts';
import { checkMaxBytes } from '../report/markdown.ts';
import { cut } from '../report/text.ts';

/** What the API takes (@octokit/openapi 23.0.2). */
const limits = { title: 255, description: 140 } as const;
const attempts = 4;

/**
 * The GitHub API for one token.
 * @throws UsageError outside a workflow run; ForgeError without a token
 */
export function githubForge(token: string, run: WorkflowRun | undefined): Forge {
  if (run === undefined) throw new UsageError('The GitHub API is only used inside a workflow run.');
  if (token === '') throw new ForgeError('GitHub was not asked: there is no token.', 401);
  const octokit = getOctokit(token, { baseUrl: run.apiUrl });
  const [owner = '', repo = ''] = run.repository.split('/');
  return {
    createDeployment: ({ ref, environment, description, production, payload }: NewDeployment) =>
      call('create the deployment', 'deployments: write', async () => {
        const { data } = await octokit.rest.repos.createDeployment({
          owner,
          repo,
          ref,
          environment,
          description: cut(description, limits.description),
          production_environment: production,
          payload: { ...payload },
          auto_merge: false,
          // Without an empty list GitHub waits for every check of the commit, this workflow's own included.
          required_contexts: [],
        });
        if (!('id' in data)) throw new ForgeError('GitHub did not create the deployment.', 202);
        return data.id;
      }),
    setDeploymentState: (id, state, description, environmentUrl) =>
      call('set the deployment state', 'deployments: write', async () => {
        await octokit.rest.repos.createDeploymentStatus({
          owner,
          repo,
          deployment_id: id,
          state,
          description: cut(description, limits.description),
          log_url: run.url,
          ...(environmentUrl !== undefined && { environment_url: environmentUrl }),
        });
      }),
    createCheckRun: ({ name, sha, conclusion, title, summary }: NewCheckRun) =>
      call('create the check run', 'checks: write', async () => {
        await octokit.rest.checks.create({
          owner,
          repo,
          name,
          head_sha: sha,
          status: 'completed',
          conclusion,
          details_url: run.url,
          output: { title: cut(title, limits.title), summary: cut(summary, checkMaxBytes) },
        });
      }),
  };
}

/** Tries again on 429, 5xx and lost connections; everything else is told with the permission that is missing. */
async function call<T>(what: string, permission: string, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const status = (error as { status?: number }).status ?? 0;
      const passing = status === 0 || status === 429 || status >= 500;
      if (passing && attempt < attempts) {
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
        continue;
      }
      const hint = status === 403 || status === 404 ? ` Does the job have \`${permission}\`?` : '';
      throw new ForgeError(
        `GitHub answered ${status} to the request to ${what}: ${(error as Error).message}.${hint}`,
        status,
      );
    }
  }
}

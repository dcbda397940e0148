import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { githubForge } from '../../src/github/forge.ts';
import { realHttp } from '../../src/action/http.ts';
import { identityTokenFrom } from '../../src/action/identity-token.ts';
import type { WorkflowRun } from '../../src/definition/context.ts';
import { startForge, type LocalForge } from '../../src/local/forge/forge.ts';
import type { Job } from '../../src/local/forge/job.ts';
import { someJob } from '../support/some-job.ts';

let forge: LocalForge;
beforeEach(async () => {
  const issuer = { issueToken: (claims: object) => JSON.stringify(claims) };
  forge = await startForge(issuer, ['staging', 'production']);
});
afterEach(() => forge.close());

const run = (): WorkflowRun => ({
  serverUrl: forge.serverUrl,
  apiUrl: forge.apiUrl,
  repository: 'octo/game',
  repositoryId: '22',
  runId: '7',
  attempt: '1',
  job: 'deploy',
  actor: 'mona',
  event: 'push',
  ref: 'refs/heads/main',
  refProtected: true,
  sha: someJob.claims.sha!,
  url: `${forge.serverUrl}/octo/game/actions/runs/7/attempts/1`,
});

const client = (job: Job = someJob) => githubForge(forge.openJob(job).token, run());

const request = async (path: string, token: string, body?: unknown) => {
  const answer = await fetch(`${forge.apiUrl}/repos/octo/game${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, link: answer.headers.get('link'), body: await answer.json() };
};

const deployment = {
  ref: 'refs/heads/main',
  environment: 'staging',
  description: 'octo/game',
  production: false,
  payload: { image: 'sha256:1' },
};

describe('the local forge, through the client that the actions use', () => {
  it('records a deployment and its states', async () => {
    const github = client();
    const id = await github.createDeployment(deployment);
    await github.setDeploymentState(id, 'in_progress', 'Helm runs');
    await github.setDeploymentState(id, 'success', 'Done', 'http://game.staging.localhost');
    expect(forge.deployments()).toMatchObject([
      {
        id,
        environment: 'staging',
        sha: someJob.claims.sha!,
        payload: { image: 'sha256:1' },
        states: ['in_progress', 'success'],
      },
    ]);
  });

  it('retires the staging deployment before, and never a production one', async () => {
    const github = client();
    for (const environment of ['staging', 'staging', 'production', 'production']) {
      const id = await github.createDeployment({
        ...deployment,
        environment,
        production: environment === 'production',
      });
      await github.setDeploymentState(id, 'success', '');
    }
    expect(forge.deployments().map(({ states }) => states)).toEqual([
      ['success', 'inactive'],
      ['success'],
      ['success'],
      ['success'],
    ]);
  });

  it('records a check run', async () => {
    await client().createCheckRun({
      name: 'promote',
      sha: someJob.claims.sha!,
      conclusion: 'success',
      title: 't',
      summary: 's',
    });
    expect(forge.checks()).toEqual([{ name: 'promote', sha: someJob.claims.sha!, conclusion: 'success' }]);
  });

  it('refuses a token without the permission, as GitHub does', async () => {
    const github = client({ ...someJob, permissions: { deployments: 'read' } });
    await expect(github.createDeployment(deployment)).rejects.toThrow(
      /403.*Resource not accessible by integration.*deployments: write/,
    );
  });

  it('takes the tokens back when the job ends', async () => {
    const access = forge.openJob(someJob);
    expect((await request('/environments/staging', access.token)).status).toBe(200);
    access.close();
    expect((await request('/environments/staging', access.token)).status).toBe(401);
    expect((await fetch(access.identity?.requestUrl ?? '')).status).toBe(401);
  });

  it('answers injected faults, as often as asked, and the client tries again', async () => {
    forge.injectFault({ operation: 'repos/create-deployment', status: 503, times: 1 });
    await expect(client().createDeployment(deployment)).resolves.toBe(1);
    expect(forge.journal.map(({ operation, status }) => [operation, status])).toEqual([
      ['repos/create-deployment', 503],
      ['repos/create-deployment', 201],
    ]);
  });
});

describe('requests that GitHub would refuse', () => {
  it.each<[string, string, unknown, number, RegExp]>([
    ['a missing field', '/deployments', { required_contexts: [] }, 422, /ref/],
    ['a value of the wrong type', '/deployments', { ref: 7, required_contexts: [] }, 422, /ref.*string/],
    ['an unknown state', '/deployments/1/statuses', { state: 'done' }, 422, /state/],
    ['a body that is no JSON', '/deployments', '{', 400, /Problems parsing JSON/],
    ['waiting for every check, this job included', '/deployments', { ref: 'main' }, 409, /Conflict/],
    ['a deployment that does not exist', '/deployments/99/statuses', { state: 'success' }, 404, /Not Found/],
    [
      'a conclusion that does not exist',
      '/check-runs',
      { name: 'a', head_sha: 'b', conclusion: 'good' },
      422,
      /conclusion/,
    ],
    ['an operation that is not offered', '/labels', { name: 'a' }, 404, /does not offer/],
  ])('%s', async (_, path, body, status, message) => {
    const answer = await request(path, forge.openJob(someJob).token, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ message: expect.stringMatching(message), status: String(status) });
  });

  it('a token of another repository does not see this one', async () => {
    const { token } = forge.openJob({ ...someJob, claims: { ...someJob.claims, repository: 'octo/other' } });
    expect((await request('/deployments', token)).status).toBe(404);
  });
});

describe('lists', () => {
  it('come in pages with a link to the next, newest first, and are filtered', async () => {
    const github = client();
    for (const environment of ['staging', 'production', 'staging']) {
      await github.createDeployment({ ...deployment, environment });
    }
    const { token } = forge.openJob(someJob);
    const first = await request('/deployments?environment=staging&per_page=1', token);
    expect(first.body).toMatchObject([{ id: 3 }]);
    expect(first.link).toContain('page=2>; rel="next"');
    const second = await request('/deployments?environment=staging&per_page=1&page=2', token);
    expect(second.body).toMatchObject([{ id: 1 }]);
    expect(second.link).toBeNull();
  });

  it('name the environments', async () => {
    const { token } = forge.openJob(someJob);
    expect((await request('/environments', token)).body).toMatchObject({ total_count: 2 });
    expect((await request('/environments/moon', token)).status).toBe(404);
  });
});

describe('identity tokens', () => {
  const tokenFor = (job: Job) => {
    const { identity } = forge.openJob(job);
    const variables = {
      ACTIONS_ID_TOKEN_REQUEST_URL: identity?.requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: identity?.requestToken,
    };
    return identityTokenFrom(variables, realHttp, () => undefined);
  };

  it('speak of the job, for the audience that is asked for', async () => {
    const claims = JSON.parse(await tokenFor(someJob)('sigstore')) as unknown;
    expect(claims).toEqual({ ...someJob.claims, aud: 'sigstore' });
  });

  it('are not given to a job without the permission', async () => {
    const permissions = { ...someJob.permissions, 'id-token': 'none' } as const;
    await expect(tokenFor({ ...someJob, permissions })('sigstore')).rejects.toThrow(/id-token: write/);
  });
});

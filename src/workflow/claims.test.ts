import { expect, it } from '@jest/globals';
import { planTree } from '../../test/support/workflow-plan.ts';
import { pullRequestEvent, pushEvent, removeFolders } from '../../test/support/workflow-run.ts';
import { jobClaims } from './claims.ts';
import { eventFacts } from './event.ts';

const sha = 'a'.repeat(40);
const workflow = 'name: CI\non: push\njobs: { a: { runs-on: ubuntu-latest, steps: [run: x] } }\n';
const run = { id: '11', number: '2', attempt: '1' };

it.each([
  ['a push', pushEvent(sha), undefined, false, 'repo:octo/game:ref:refs/heads/main'],
  ['a pull request', pullRequestEvent(sha), undefined, false, 'repo:octo/game:pull_request'],
  ['an environment', pullRequestEvent(sha), 'production', false, 'repo:octo/game:environment:production'],
  ['a young repository', pushEvent(sha), undefined, true, 'repo:octo-7/game-71:ref:refs/heads/main'],
])('the subject of %s', async (_, event, environment, immutableSubject, subject) => {
  const plan = await planTree({ '.github/workflows/main.yml': workflow });
  removeFolders();
  const claims = jobClaims(eventFacts(event), run, plan, plan, environment, { refProtected: true, immutableSubject });
  expect(claims.sub).toBe(subject);
  expect(claims.environment).toBe(environment);
  expect(claims).toMatchObject({
    iss: 'https://token.actions.githubusercontent.com',
    repository: 'octo/game',
    repository_id: '71',
    repository_owner: 'octo',
    repository_owner_id: '7',
    repository_visibility: 'private',
    workflow: 'CI',
    workflow_ref: 'octo/game/.github/workflows/main.yml@refs/heads/main',
    workflow_sha: '1'.repeat(40),
    job_workflow_ref: 'octo/game/.github/workflows/main.yml@refs/heads/main',
    sha,
    ref_protected: 'true',
    run_id: '11',
    run_attempt: '1',
    runner_environment: 'github-hosted',
    actor: 'mona',
    actor_id: '3',
  });
});

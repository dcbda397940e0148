import { describe, expect, it } from '@jest/globals';
import { identityClaims, type Job } from './job.ts';
import { forgeOperations, mayDo } from './operations.ts';
import { someJob } from '../../../test/support/some-job.ts';

const subjectOf = (change: Partial<Job>) => identityClaims({ ...someJob, ...change }).sub;

describe('identity claims of a job', () => {
  it.each<[string, Partial<Job>, string]>([
    ['a branch', {}, 'repo:octo@11/game@22:ref:refs/heads/main'],
    ['a tag', { ref: 'refs/tags/v1' }, 'repo:octo@11/game@22:ref:refs/tags/v1'],
    ['a pull request', { event: 'pull_request', ref: 'refs/pull/7/merge' }, 'repo:octo@11/game@22:pull_request'],
    ['an environment', { environment: 'production' }, 'repo:octo@11/game@22:environment:production'],
    [
      'an environment beats the event',
      { event: 'pull_request', environment: 'a:b' },
      'repo:octo@11/game@22:environment:a%3Ab',
    ],
  ])('names %s as the subject', (_, change, subject) => expect(subjectOf(change)).toBe(subject));

  it('tells the workflow that was triggered from the file that holds the job', () => {
    const claims = identityClaims({
      ...someJob,
      jobWorkflowRef: 'slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1',
      jobWorkflowSha: 'b'.repeat(40),
    });
    expect(claims).toMatchObject({
      workflow_ref: 'octo/game/.github/workflows/release.yml@refs/heads/main',
      workflow_sha: 'a'.repeat(40),
      job_workflow_ref: 'slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1',
      job_workflow_sha: 'b'.repeat(40),
    });
  });

  it('knows a tag from a branch and leaves out the environment of a job without one', () => {
    expect(identityClaims({ ...someJob, ref: 'refs/tags/v1' })).toMatchObject({ ref_type: 'tag' });
    expect(identityClaims(someJob)).toMatchObject({ ref_type: 'branch', repository_owner: 'octo' });
    expect(identityClaims(someJob)).not.toHaveProperty('environment');
  });
});

describe('permissions of a token', () => {
  it.each([
    [{ deployments: 'write' }, 'repos/create-deployment', true],
    [{ deployments: 'write' }, 'repos/list-deployments', true],
    [{ deployments: 'read' }, 'repos/list-deployments', true],
    [{ deployments: 'read' }, 'repos/create-deployment', false],
    [{ deployments: 'none' }, 'repos/list-deployments', false],
    [{ checks: 'write' }, 'repos/create-deployment', false],
  ] as const)('%j may do %s: %s', (permissions, operation, may) => expect(mayDo(permissions, operation)).toBe(may));

  it('lets a token without permissions do nothing', () => {
    const operations = Object.keys(forgeOperations) as (keyof typeof forgeOperations)[];
    expect(operations.filter((operation) => mayDo({}, operation))).toEqual([]);
  });
});

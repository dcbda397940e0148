import { describe, expect, it } from '@jest/globals';
import { pullRequestEvent, pushEvent } from '../../test/support/workflow-run.ts';
import { eventFacts, whyNotTriggered, type WorkflowEvent } from './event.ts';
import type { Trigger } from './model.ts';

const sha = 'a'.repeat(40);

function mergeGroupEvent(): WorkflowEvent {
  const { payload } = pushEvent(sha);
  const group = { head_ref: 'refs/heads/gh-readonly-queue/main/pr-5-x', head_sha: sha, base_ref: 'refs/heads/main' };
  return { name: 'merge_group', payload: { ...(payload as object), action: 'checks_requested', merge_group: group } };
}

describe('the facts of an event', () => {
  it.each<[string, WorkflowEvent, object]>([
    [
      'a push to a branch',
      pushEvent(sha, 'refs/heads/feature/x'),
      { ref: 'refs/heads/feature/x', refName: 'feature/x', refType: 'branch', branch: 'feature/x', fromFork: false },
    ],
    [
      'a push of a tag',
      pushEvent(sha, 'refs/tags/v1'),
      { ref: 'refs/tags/v1', refName: 'v1', refType: 'tag', branch: undefined },
    ],
    [
      'a pull request',
      pullRequestEvent(sha),
      {
        ref: 'refs/pull/5/merge',
        refName: '5/merge',
        headRef: 'feature',
        baseRef: 'main',
        branch: 'main',
        fromFork: false,
      },
    ],
    ['a pull request from a fork', pullRequestEvent(sha, 'stranger/game'), { fromFork: true }],
    [
      'a merge group',
      mergeGroupEvent(),
      { ref: 'refs/heads/gh-readonly-queue/main/pr-5-x', branch: 'main', headRef: '', baseRef: '' },
    ],
  ])('of %s', (_, event, facts) => {
    expect(eventFacts(event)).toMatchObject({ ...facts, sha, actor: { login: 'mona', id: '3' } });
  });

  it('are not guessed: what is missing is named', () => {
    const { payload } = pullRequestEvent('not a commit');
    expect(() => eventFacts({ name: 'pull_request', payload: { ...(payload as object), number: undefined } })).toThrow(
      /event pull_request is not complete: number: .*; pull_request.merge_commit_sha: must be a commit of 40 hex digits/,
    );
  });
});

describe('a trigger', () => {
  const on = (event: Trigger['event'], filters: Partial<Trigger> = {}): Trigger => ({
    event,
    types: undefined,
    branches: undefined,
    branchesIgnore: undefined,
    line: 1,
    column: 1,
    ...filters,
  });
  const push = (ref: string) => eventFacts(pushEvent(sha, ref));

  it.each<[Partial<Trigger>, string, boolean]>([
    [{}, 'refs/heads/any/thing', true],
    [{}, 'refs/tags/v1', true],
    [{ branches: ['main'] }, 'refs/heads/main', true],
    [{ branches: ['main'] }, 'refs/heads/main2', false],
    [{ branches: ['main'] }, 'refs/tags/main', false],
    [{ branches: ['release/*'] }, 'refs/heads/release/1', true],
    [{ branches: ['release/*'] }, 'refs/heads/release/1/2', false],
    [{ branches: ['release/**'] }, 'refs/heads/release/1/2', true],
    [{ branches: ['v1.0'] }, 'refs/heads/v1x0', false],
    [{ branchesIgnore: ['wip/**'] }, 'refs/heads/wip/a', false],
    [{ branchesIgnore: ['wip/**'] }, 'refs/heads/main', true],
    [{ branchesIgnore: ['wip/**'] }, 'refs/tags/v1', false],
  ])('push %j with %s starts the workflow: %s', (filters, ref, starts) => {
    expect(whyNotTriggered([on('push', filters)], push(ref)) === undefined).toBe(starts);
  });

  it.each<[Partial<Trigger>, string, boolean]>([
    [{}, 'opened', true],
    [{}, 'synchronize', true],
    [{}, 'labeled', false],
    [{ types: ['labeled'] }, 'labeled', true],
    [{ types: ['labeled'] }, 'opened', false],
    [{ branches: ['main'] }, 'opened', true],
    [{ branches: ['dev'] }, 'opened', false],
  ])('pull_request %j with the action %s starts the workflow: %s', (filters, action, starts) => {
    const event = eventFacts(pullRequestEvent(sha, 'octo/game', action));
    expect(whyNotTriggered([on('pull_request', filters)], event) === undefined).toBe(starts);
  });

  it('merge_group looks at the branch that is merged into', () => {
    expect(whyNotTriggered([on('merge_group', { branches: ['main'] })], eventFacts(mergeGroupEvent()))).toBeUndefined();
    expect(whyNotTriggered([on('merge_group', { branches: ['dev'] })], eventFacts(mergeGroupEvent()))).toContain(
      'main',
    );
  });

  it('says why not', () => {
    expect(whyNotTriggered([on('push')], eventFacts(pullRequestEvent(sha)))).toBe(
      'The workflow does not run on pull_request.',
    );
  });
});

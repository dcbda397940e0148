import { describe, expect, it } from '@jest/globals';
import { expectedIdentity, forgeOf, identityDifference, readClaims, subjectOf } from './claims.ts';

const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:acme/game:ref:refs/heads/main',
  job_workflow_ref: 'slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1',
  repository: 'acme/game',
  repository_id: '101',
  repository_visibility: 'public',
};
const tokenOf = (payload: unknown): string =>
  ['e30', Buffer.from(JSON.stringify(payload)).toString('base64url'), 's3cret'].join('.');
const expected = expectedIdentity(readClaims(tokenOf(claims)), 'http://forge.localhost');

describe('the claims of an identity token', () => {
  it('say which identity the signature must have', () => {
    expect(expected).toEqual({
      issuer: 'https://token.actions.githubusercontent.com',
      name: 'https://github.com/slipway-ci/slipway/.github/workflows/build.yml@refs/tags/v1',
      sourceRepositoryUri: 'https://github.com/acme/game',
      sourceRepositoryId: '101',
    });
  });

  it('of another forge lead to its own address', () => {
    const own = readClaims(tokenOf({ ...claims, iss: 'https://token.actions.acme.ghe.com' }));
    expect(expectedIdentity(own, 'https://acme.ghe.com')).toMatchObject({
      sourceRepositoryUri: 'https://acme.ghe.com/acme/game',
    });
  });

  it('of github.com lead to github.com, also in a local run, whose forge has another address', () => {
    expect(forgeOf('https://token.actions.githubusercontent.com', 'http://slipway.localhost:1')).toBe(
      'https://github.com',
    );
  });

  it.each([
    ['public', true],
    ['private', false],
    ['internal', false],
    [undefined, false],
  ])('say whether the repository is public: %s', (repository_visibility, isPublic) => {
    expect(readClaims(tokenOf({ ...claims, repository_visibility }))).toMatchObject({ isPublic });
  });

  it.each<[string, string]>([
    ['no token', 's3cret'],
    ['a payload that is no JSON', 'a.s3cret.c'],
    ['a payload that is nothing', tokenOf(null)],
    ['no issuer', tokenOf({ ...claims, iss: undefined })],
    ['no workflow', tokenOf({ ...claims, job_workflow_ref: '' })],
    ['no repository', tokenOf({ ...claims, repository: 1 })],
    ['no number of the repository', tokenOf({ ...claims, repository_id: undefined })],
  ])('are refused with %s, without showing it', (_, token) => {
    const error = failure(() => readClaims(token));
    expect(error).toMatchObject({ rule: { id: 'signing/token-unreadable', outcome: 'inconclusive' } });
    expect(error.message).not.toContain('s3cret');
  });

  it('hold the subject that proves the key', () => {
    expect(subjectOf(tokenOf(claims))).toBe(claims.sub);
    expect(failure(() => subjectOf(tokenOf({})))).toMatchObject({ rule: { id: 'signing/token-unreadable' } });
  });
});

describe('the identity of a signature', () => {
  it('is the expected one when every part is the same, to the letter', () => {
    expect(identityDifference({ ...expected, buildTrigger: 'push' }, expected)).toBeUndefined();
  });

  it.each([
    ['a longer workflow name', { name: `${expected.name}-evil` }],
    ['the workflow inside another address', { name: `https://evil.example/?${expected.name}` }],
    ['a name in which a dot is any letter', { name: expected.name.replace('github.com', 'githubXcom') }],
    ['another issuer', { issuer: 'https://issuer.example' }],
    ['another repository that calls the same workflow', { sourceRepositoryUri: 'https://github.com/stranger/game' }],
    ['a repository that took over the name', { sourceRepositoryId: '102' }],
  ])('is another one with %s', (_, change) => {
    const [part = '', value = ''] = Object.entries(change)[0] ?? [];
    const original = expected[part as keyof typeof expected];
    expect(identityDifference({ ...expected, ...change }, expected)).toBe(
      `The ${part} of the signer is ${value}, not ${original}.`,
    );
  });

  it('is another one when a part is absent', () => {
    const { issuer, name, sourceRepositoryUri } = expected;
    expect(identityDifference({ issuer, name, sourceRepositoryUri }, expected)).toMatch(
      /^The sourceRepositoryId of the signer is absent/,
    );
  });
});

function failure(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

import { describe, expect, it } from '@jest/globals';
import { clusterEnvironment, localSettings, programEnvironment, workflowRun } from './environment.ts';

describe('local settings', () => {
  const settings = { SLIPWAY_TRIVY: '/bin/trivy', SLIPWAY_TRUSTED_ROOT: '/root.json', SLIPWAY_EMPTY: '' };

  it('are read on a laptop and in a local run', () => {
    const expected = { trivy: '/bin/trivy', 'trusted-root': '/root.json' };
    expect(localSettings(settings)).toEqual(expected);
    expect(
      localSettings({ ...settings, GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'http://slipway.localhost:8080' }),
    ).toEqual(expected);
  });

  it.each([
    'https://github.com',
    'https://ghes.example',
    'https://localhost.example',
    'https://x.localhost.evil.example',
    'not a url',
    '',
  ])('do not exist on a runner of %s, where an earlier step could set them', (server) =>
    expect(localSettings({ ...settings, GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: server })).toEqual({}),
  );

  it('do not exist on a runner without a server', () => {
    expect(localSettings({ ...settings, GITHUB_ACTIONS: 'true' })).toEqual({});
  });
});

it('a program sees paths and proxies, and no token', () => {
  const seen = programEnvironment({
    PATH: '/bin',
    HTTPS_PROXY: 'http://p',
    GITHUB_TOKEN: 't',
    INPUT_PASSWORD: 'p',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
  });
  expect(seen).toEqual({ PATH: '/bin', HTTPS_PROXY: 'http://p' });
});

it('a program that speaks to a cluster sees logins to clouds too, and no token of GitHub', () => {
  const seen = clusterEnvironment({
    PATH: '/bin',
    KUBECONFIG: '/k',
    AWS_SESSION_TOKEN: 'a',
    CLOUDSDK_CONFIG: '/c',
    GITHUB_TOKEN: 't',
    INPUT_KUBECONFIG: 'k',
    HELM_DRIVER: 'memory',
  });
  expect(seen).toEqual({ PATH: '/bin', KUBECONFIG: '/k', AWS_SESSION_TOKEN: 'a', CLOUDSDK_CONFIG: '/c' });
});

it('a workflow run is known only on a runner', () => {
  expect(workflowRun({ GITHUB_REPOSITORY: 'o/r' })).toBeUndefined();
  expect(
    workflowRun({
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_RUN_ID: '7',
      GITHUB_RUN_ATTEMPT: '2',
    }),
  ).toMatchObject({ repository: 'o/r', url: 'https://github.com/o/r/actions/runs/7/attempts/2' });
});

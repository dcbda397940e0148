import { describe, expect, it } from '@jest/globals';
import { helmFinding, helmProblem, kubectlFinding, type HelmReason } from './problem.ts';
import { helmRules } from './rules.ts';

const ended = { code: 1, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false };

/** Texts as Helm 4.2.4 wrote them against kube-apiserver 1.36.3. */
const texts: [HelmReason, string, string][] = [
  ['not-found', 'Error: release: not found\n', 'release: not found'],
  [
    'unreachable',
    'Error: kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused\n',
    'kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    'denied',
    'Error: kubernetes cluster unreachable: the server has asked for the client to provide credentials\n',
    'kubernetes cluster unreachable: the server has asked for the client to provide credentials',
  ],
  [
    'denied',
    'Error: list: failed to list: secrets is forbidden: User "staging-deployer" cannot list resource "secrets" in API group "" in the namespace "denied"\n',
    'list: failed to list: secrets is forbidden: User "staging-deployer" cannot list resource "secrets" in API group "" in the namespace "denied"',
  ],
  [
    'locked',
    'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress\n',
    'another operation (install/upgrade/rollback) is in progress',
  ],
  [
    'timeout',
    'level=WARN msg="upgrade failed" name=web error="resource"\nError: UPGRADE FAILED: resource Deployment/game/web not ready. status: InProgress, message: Updated: 1/2\ncontext deadline exceeded\n',
    'resource Deployment/game/web not ready. status: InProgress, message: Updated: 1/2\ncontext deadline exceeded',
  ],
  [
    'failed',
    "Error: UPGRADE FAILED: values don't meet the specifications of the schema(s) in the following chart(s):\ngameforge:\n- at '/image/digest': 'nope' does not match pattern\n",
    "values don't meet the specifications of the schema(s) in the following chart(s):\ngameforge:\n- at '/image/digest': 'nope' does not match pattern",
  ],
  [
    'failed',
    'Release "bad" does not exist. Installing it now.\nError: create: failed to create: namespaces "nons" not found\n',
    'create: failed to create: namespaces "nons" not found',
  ],
  [
    'failed',
    'Error: admission webhook denied: pods "web-1" is forbidden: exceeded quota: small\n',
    'admission webhook denied: pods "web-1" is forbidden: exceeded quota: small',
  ],
];

describe('what Helm says', () => {
  it.each(texts)('is %s: %j', (reason, stderr, message) => {
    expect(helmProblem({ ...ended, stderr }, false)).toEqual({ reason, message });
  });

  it('does not matter when the step was cancelled', () => {
    const stderr = 'Error: UPGRADE FAILED: context canceled\n';
    expect(helmProblem({ ...ended, stderr }, true)).toEqual({ reason: 'cancelled', message: 'context canceled' });
  });

  it('may be nothing: then how it ended is told', () => {
    expect(helmProblem({ ...ended, code: null, signal: 'SIGKILL' }, false)).toEqual({
      reason: 'failed',
      message: 'Helm ended with SIGKILL and said nothing',
    });
    expect(helmProblem({ ...ended, code: null, signal: 'SIGTERM', timedOut: true }, false).reason).toBe('timeout');
  });

  it('is bounded', () => {
    expect(helmProblem({ ...ended, stderr: `Error: ${'x'.repeat(1_000_000)}` }, false).message).toHaveLength(2000);
  });
});

it.each<[HelmReason, string]>([
  ['unreachable', 'helm/cluster-unreachable'],
  ['denied', 'helm/access-denied'],
  ['locked', 'helm/release-locked'],
  ['cancelled', 'helm/cancelled'],
  ['timeout', 'helm/chart-invalid'],
  ['not-found', 'helm/chart-invalid'],
  ['failed', 'helm/chart-invalid'],
])('%s is a finding of %s where a chart is rendered', (reason, rule) => {
  expect(helmFinding({ reason, message: 'x' }, helmRules.chartInvalid)).toMatchObject({
    rule: { id: rule },
    message: 'Helm says: x',
  });
});

it('silence of kubectl is inconclusive, whatever its reason', () => {
  expect(kubectlFinding({ reason: 'forbidden', message: 'no' }).rule).toBe(helmRules.accessDenied);
  expect(kubectlFinding({ reason: 'timeout', message: 'late' }).rule).toBe(helmRules.clusterUnreachable);
});

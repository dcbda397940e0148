import { beforeEach, describe, expect, it } from '@jest/globals';
import { brokenStatus, digestA, digestB, readyStatus, rollout, warning } from '../../test/support/cluster-objects.ts';
import { FakeRelease } from '../../test/support/fake-release.ts';
import type { Outcome } from './outcome.ts';
import { planUpgrade } from './plan.ts';
import { carryOut } from './upgrade.ts';

const [name = '', digest = ''] = digestB.split('@');
const wanted = {
  image: { name, digest },
  track: 'stable',
  chartFor: () => Promise.resolve({ path: '/w/chart', values: [] }),
} as const;
const budgets = { upgrade: 240_000, rollback: 110_000 };
let release: FakeRelease;
beforeEach(() => {
  release = new FakeRelease(digestB).deploy(digestA);
});

async function upgrade(): Promise<Outcome> {
  const planned = await planUpgrade(wanted, release.tools);
  if ('findings' in planned) throw new Error('refused');
  return carryOut(planned.plan, budgets, release.tools);
}

/** The new pods are there and do not become ready; Helm waits its whole time. */
function stuck(): { reason: 'timeout'; message: string } {
  release.now += budgets.upgrade;
  release.record(digestB, 'failed');
  release.live = rollout('web', digestB, brokenStatus({ state: { waiting: { reason: 'ErrImagePull' } } }));
  release.events = [warning('pod-web-1-0', 'Failed', 'manifest unknown')];
  return { reason: 'timeout', message: 'context deadline exceeded' };
}

const rules = ({ findings }: Outcome): string[] => findings.map(({ rule }) => rule.id);

describe('an upgrade', () => {
  it('that goes well was seen in the pods, and is not taken back', async () => {
    const outcome = await upgrade();
    expect(outcome).toMatchObject({ findings: [], pods: 2, rolledBack: false, sections: [{ title: 'Pods' }] });
    expect(outcome.measurements).toEqual([{ name: 'deploy', value: 0, unit: 's', limit: { atMost: 300 } }]);
    expect(release.changes).toEqual(['upgrade within 240000 ms']);
  });

  it('that does not become ready is explained, then taken back within its own budget', async () => {
    release.onUpgrade = stuck;
    const outcome = await upgrade();
    expect(rules(outcome)).toEqual(['helm/image-pull', 'helm/upgrade-timeout', 'helm/rolled-back']);
    expect(outcome.findings[0]).toMatchObject({
      message: 'Pod web-1-0, container api: ErrImagePull',
      place: { resource: 'deployment/web' },
    });
    expect(outcome.sections.map(({ title }) => title)).toEqual([
      'Last warnings of Kubernetes',
      'Pods after the rollback',
    ]);
    expect(outcome).toMatchObject({ pods: 0, rolledBack: true });
    expect(outcome.measurements).toMatchObject([
      { name: 'deploy', value: 240 },
      { name: 'rollback', limit: { atMost: 120 } },
    ]);
    expect(release.changes).toEqual(['upgrade within 240000 ms', 'rollback to 1 within 105000 ms']);
  });

  it('that Helm calls a success, though the pods run something else, is taken back', async () => {
    const { tools } = release;
    const mutating = {
      ...tools,
      helm: {
        ...tools.helm,
        upgrade: async (...given: Parameters<typeof tools.helm.upgrade>) => {
          const result = await tools.helm.upgrade(...given);
          release.live = rollout('web', `registry.test/other@${digest}`, readyStatus);
          return result;
        },
      },
    };
    const planned = await planUpgrade(wanted, mutating);
    const outcome = await carryOut((planned as { plan: never }).plan, budgets, mutating);
    expect(rules(outcome)).toEqual(['helm/digest-not-running', 'helm/digest-not-running', 'helm/rolled-back']);
    expect(release.changes).toContain('rollback to 1 within 105000 ms');
  });

  it('whose rollback fails too says so above all', async () => {
    release.onUpgrade = stuck;
    release.onRollback = () => ({ reason: 'unreachable', message: 'connection refused' });
    const outcome = await upgrade();
    expect(rules(outcome)).toContain('helm/rollback-failed');
    expect(outcome.rolledBack).toBe(false);
  });

  it('whose rollback is cancelled is left to the clean-up', async () => {
    release.onUpgrade = stuck;
    release.onRollback = () => ({ reason: 'cancelled', message: 'context canceled' });
    expect(rules(await upgrade())).toEqual(['helm/image-pull', 'helm/upgrade-timeout', 'helm/cancelled']);
  });

  it('whose rollback leaves the new pods is not called rolled back', async () => {
    release.onUpgrade = stuck;
    const { tools } = release;
    const helm = { ...tools.helm, rollback: () => Promise.resolve({ value: undefined }) };
    const planned = await planUpgrade(wanted, tools);
    const outcome = await carryOut((planned as { plan: never }).plan, budgets, { ...tools, helm });
    expect(rules(outcome)).toContain('helm/rollback-failed');
    expect(rules(outcome)).not.toContain('helm/rolled-back');
  });

  it('that was the first is removed', async () => {
    release = new FakeRelease(digestB);
    release.onUpgrade = stuck;
    const outcome = await upgrade();
    expect(outcome.rolledBack).toBe(true);
    expect(outcome.findings.at(-1)?.message).toContain('first install was removed');
    expect(release.changes[1]).toBe('uninstall within 105000 ms');
  });

  it('that Helm refused before it recorded anything needs no rollback', async () => {
    release.onUpgrade = () => ({ reason: 'failed', message: 'namespaces "staging" not found' });
    const outcome = await upgrade();
    expect(rules(outcome)).toEqual(['helm/upgrade-failed']);
    expect(release.changes).toHaveLength(1);
  });

  it('that meets another operation leaves it alone', async () => {
    release.onUpgrade = () => {
      release.record(digestB, 'pending-upgrade');
      return { reason: 'locked', message: 'another operation' };
    };
    expect(rules(await upgrade())).toEqual(['helm/release-locked']);
    expect(release.changes).toHaveLength(1);
  });

  it('that is cancelled is left to the clean-up', async () => {
    release.onUpgrade = () => {
      release.cancel.abort();
      release.record(digestB, 'failed');
      return { reason: 'cancelled', message: 'context canceled' };
    };
    expect(rules(await upgrade())).toEqual(['helm/cancelled']);
    expect(release.changes).toHaveLength(1);
  });

  it('that is cancelled while its pods are looked at is neither passed nor failed', async () => {
    release.onUpgrade = () => {
      release.cancel.abort();
      return undefined;
    };
    expect(rules(await upgrade())).toEqual(['helm/cancelled']);
  });

  it('whose pods cannot be looked at is inconclusive, and stays', async () => {
    release.onUpgrade = () => {
      release.kubectlProblem = { reason: 'unreachable', message: 'refused' };
      return undefined;
    };
    const outcome = await upgrade();
    expect(rules(outcome)).toEqual(['helm/cluster-unreachable']);
    expect(outcome.pods).toBe(0);
    expect(release.changes).toHaveLength(1);
  });

  it('is explained as far as it can be when the cluster is silent', async () => {
    release.onUpgrade = () => {
      const problem = stuck();
      release.kubectlProblem = { reason: 'timeout', message: 'late' };
      return problem;
    };
    release.onRollback = () => ({ reason: 'unreachable', message: 'refused' });
    expect(rules(await upgrade())).toEqual([
      'helm/cluster-unreachable',
      'helm/upgrade-timeout',
      'helm/rollback-failed',
    ]);
  });
});

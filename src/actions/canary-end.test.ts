import { beforeEach, describe, expect, it } from '@jest/globals';
import { CanaryWorld } from '../../test/support/canary-world.ts';
import { digestA, digestB } from '../../test/support/cluster-objects.ts';
import { FakeRelease } from '../../test/support/fake-release.ts';
import { canaryRules } from '../canary/rules.ts';
import type { TrafficSetup } from '../canary/traffic.ts';
import type { Context } from '../definition/context.ts';
import { kubectl } from '../kubernetes/kubectl.ts';
import type { Rule } from '../report/rule.ts';
import { candidateStands, endCanary, endCanaryLate, isUnfinished, trafficMoves } from './canary-end.ts';

let world: CanaryWorld;
let release: FakeRelease;
let traffic: TrafficSetup;
let state: Record<string, string>;
let warnings: string[];
let context: Context;

/** The candidate has half of the traffic, and Helm has released it beside what serves. */
beforeEach(() => {
  world = new CanaryWorld();
  setWeight(50);
  release = new FakeRelease(digestB);
  release.deploy(digestA);
  release.record(`${digestA} ${digestB}`, 'deployed');
  state = {};
  warnings = [];
  const { clock } = release.tools;
  const exec = (_program: string, args: readonly string[]) => Promise.resolve(world.kubectl(args));
  traffic = {
    kubectl: kubectl({ exec, program: 'kubectl', namespace: 'web', environment: {} }),
    route: 'shop',
    backends: { baseline: 'shop-stable', candidate: 'shop-canary' },
    clock,
  };
  context = {
    state,
    signal: release.cancel.signal,
    log: { info: () => undefined, warning: (line: string) => warnings.push(line) },
    saveState: (name: string, value: string) => (state[name] = value),
  } as unknown as Context;
  candidateStands(context);
  trafficMoves(context);
});

function setWeight(candidate: number): void {
  world.change(({ spec }) => (spec.rules[0]!.backendRefs[1]!.weight = candidate));
}

async function end(rule: Rule | undefined, moved = true) {
  const finding = rule && { rule, message: 'x' };
  const budget = 20_000;
  const ended = await endCanary({ stages: [], moved, finding }, traffic, { tools: release.tools, budget }, context);
  return { ...ended, findings: ended.findings.map((one) => one.rule.id) };
}

const late = () => endCanaryLate(traffic, { tools: release.tools, budget: 20_000 }, context);
const away = { code: 1, stderr: 'Unable to connect to the server: context deadline exceeded\n' };

describe('the end of a canary', () => {
  it('leaves a candidate that passed where it is', async () => {
    expect(await end(undefined)).toEqual({
      findings: [],
      measurements: [],
      sections: [],
      trafficTakenBack: false,
      removed: false,
    });
    expect([world.weights.candidate, release.changes, isUnfinished(context)]).toEqual([50, [], false]);
  });

  it.each([canaryRules.worseThanBaseline, canaryRules.noMetrics])(
    'takes the traffic back, then the candidate out of the release: $id',
    async (rule) => {
      expect(await end(rule)).toMatchObject({
        findings: ['helm/rolled-back'],
        measurements: [{ name: 'rollback', limit: { atMost: 120 } }],
        trafficTakenBack: true,
        removed: true,
      });
      expect(world.moves).toEqual([0]);
      expect(release.changes).toEqual(['rollback to 1 within 15000 ms']);
      expect(isUnfinished(context)).toBe(false);
    },
  );

  it('removes a candidate that never got traffic, and leaves the weights alone', async () => {
    expect(await end(canaryRules.noMetrics, false)).toMatchObject({ trafficTakenBack: false, removed: true });
    expect(world.moves).toEqual([]);
  });

  it('leaves everything to whoever changed the weights', async () => {
    expect(await end(canaryRules.routeChanged)).toMatchObject({ findings: [], removed: false });
    expect([world.weights.candidate, release.changes, isUnfinished(context)]).toEqual([50, [], false]);
  });

  it('goes back also when the traffic could not be taken back, since the chart brings its weights along', async () => {
    world.beforeKubectl = () => away;
    expect(await end(canaryRules.worseThanBaseline)).toMatchObject({
      findings: ['helm/rolled-back'],
      trafficTakenBack: true,
      removed: true,
    });
    expect(isUnfinished(context)).toBe(false);
  });

  it('says so when neither could be done, and leaves the traffic to the clean-up', async () => {
    world.beforeKubectl = () => away;
    release.onRollback = () => ({ reason: 'failed', message: 'the cluster is away' });
    expect(await end(canaryRules.worseThanBaseline)).toMatchObject({
      findings: ['canary/weights-not-restored', 'helm/rollback-failed'],
      trafficTakenBack: false,
      removed: false,
    });
    expect(isUnfinished(context)).toBe(true);
    await expect(late()).rejects.toThrow('The candidate may still have traffic');
  });

  it('does not go back to what would change what serves', async () => {
    release.revisions = [];
    release.record(digestA, 'deployed');
    release.record(digestB, 'deployed');
    expect(await end(canaryRules.worseThanBaseline)).toMatchObject({ findings: ['helm/no-candidate'], removed: false });
    expect(release.changes).toEqual([]);
  });
});

describe('the clean-up of a canary', () => {
  it('takes traffic and candidate back when the step was killed', async () => {
    await late();
    expect(warnings).toEqual([
      'The candidate has no traffic any more.',
      expect.stringContaining('Revision 1 runs again'),
    ]);
  });

  it('removes the candidate of a step that was cancelled', async () => {
    release.cancel.abort();
    expect(await end(canaryRules.cancelled)).toMatchObject({ trafficTakenBack: true, removed: false });
    expect(release.changes).toEqual([]);
    await late();
    expect(release.changes).toEqual(['rollback to 1 within 15000 ms']);
    expect(world.moves).toEqual([0]);
  });

  it('keeps a candidate that had passed when the step was cancelled', async () => {
    release.cancel.abort();
    await end(undefined);
    expect(isUnfinished(context)).toBe(false);
  });

  it('ends a way back that was cut off', async () => {
    Object.assign(state, { before: '2', target: '1' });
    release.record(digestA, 'pending-rollback');
    await late();
    expect(warnings).toContain('Revision 3 is `pending-rollback`.');
    expect(release.changes).toEqual(['rollback to 1 within 15000 ms']);
  });
});

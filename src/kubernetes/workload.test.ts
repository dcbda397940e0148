import { describe, expect, it } from '@jest/globals';
import {
  asObjects,
  deployment,
  digestA,
  pod,
  replicaSet,
  rollout,
  readyStatus,
  warning,
} from '../../test/support/cluster-objects.ts';
import type { Kubectl } from './kubectl.ts';
import { readWarnings, readWorkloads, timeOf, workloadsOf } from './workload.ts';

describe('the pods of a workload', () => {
  it('are found through its ReplicaSets, and only its own', () => {
    const [web, worker] = workloadsOf([
      ...rollout('web', digestA, readyStatus, readyStatus),
      ...rollout('worker', digestA, readyStatus),
    ]);
    expect(web).toMatchObject({ kind: 'Deployment', name: 'web', desired: 2 });
    expect(web?.pods.map(({ metadata }) => metadata.name)).toEqual(['web-1-0', 'web-1-1']);
    expect(worker?.pods.map(({ metadata }) => metadata.name)).toEqual(['worker-1-0']);
  });

  it('of an older ReplicaSet belong to it too, until they are being removed', () => {
    const old = pod('old', 'set-web-0', digestA);
    const leaving = {
      ...old,
      metadata: { ...old.metadata, name: 'leaving', deletionTimestamp: '2026-11-21T14:38:10Z' },
    };
    const [web] = workloadsOf(asObjects(deployment('web'), replicaSet('web-0', 'deployment-web'), old, leaving));
    expect(web?.pods.map(({ metadata }) => metadata.name)).toEqual(['old']);
  });

  it('are not those that merely refer to it', () => {
    const friend = pod('friend', 'deployment-web', digestA);
    const referring = { ...friend, metadata: { ...friend.metadata, ownerReferences: [{ uid: 'deployment-web' }] } };
    expect(workloadsOf(asObjects(deployment('web'), referring))[0]?.pods).toEqual([]);
  });

  it.each<[string, object, number]>([
    ['a Deployment', { kind: 'Deployment', spec: { replicas: 3 } }, 3],
    ['a StatefulSet without a number', { kind: 'StatefulSet', spec: {} }, 1],
    ['a workload that is scaled to nothing', { kind: 'Deployment', spec: { replicas: 0 } }, 0],
    ['a DaemonSet', { kind: 'DaemonSet', status: { desiredNumberScheduled: 5 } }, 5],
  ])('of %s should be as many as it says', (_, object, desired) => {
    expect(workloadsOf(asObjects({ metadata: { name: 'x', uid: 'x' }, ...object }))).toMatchObject([{ desired }]);
  });
});

describe('what kubectl is asked', () => {
  const kubectl = (answer: object): Kubectl => ({ list: () => Promise.resolve(answer) }) as unknown as Kubectl;

  it('gives its problem on', async () => {
    const problem = { problem: { reason: 'unreachable', message: 'refused' } };
    expect(await readWorkloads(kubectl(problem))).toEqual(problem);
    expect(await readWarnings(kubectl(problem), new Set(), 1)).toEqual(problem);
  });

  it('is cut to the last warnings about the given objects', async () => {
    const events = [
      warning('pod-b', 'Late', 'third', '2026-11-21T14:38:13Z'),
      { ...warning('pod-a', 'Fine', 'normal', '2026-11-21T14:38:14Z'), type: 'Normal' },
      warning('pod-a', 'Early', 'first', '2026-11-21T14:38:11Z'),
      warning('pod-b', 'Then', 'second', '2026-11-21T14:38:12Z'),
      warning('stranger', 'Other', 'not ours'),
    ];
    const result = await readWarnings(kubectl({ value: events }), new Set(['pod-a', 'pod-b']), 2);
    expect(result).toMatchObject({ value: [{ reason: 'Then' }, { reason: 'Late' }] });
  });
});

it.each([
  [{ series: { lastObservedTime: '3' }, lastTimestamp: '2', eventTime: '1' }, '3'],
  [{ series: null, lastTimestamp: '2', eventTime: '1' }, '2'],
  [{ lastTimestamp: null, eventTime: '1' }, '1'],
  [{}, '0'],
])('an event %j was last seen at %s', (fields, at) => {
  expect(timeOf({ kind: 'Event', metadata: { name: 'e', creationTimestamp: '0' }, ...fields })).toBe(at);
});

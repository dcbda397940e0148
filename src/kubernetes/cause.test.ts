import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  asObjects,
  brokenStatus,
  deployment,
  digestB,
  readyStatus,
  rollout,
  warning,
} from '../../test/support/cluster-objects.ts';
import { causesOf, type CauseClass } from './cause.ts';
import type { ContainerStatus, Pod } from './objects.ts';
import { workloadsOf } from './workload.ts';

const workload = (...statuses: NonNullable<Pod['status']>[]) => workloadsOf(rollout('web', digestB, ...statuses))[0]!;

/** States as kubelet and scheduler of Kubernetes 1.36 write them. */
const states: [string, Partial<ContainerStatus>, CauseClass, string][] = [
  [
    'ends with an exit code again and again',
    {
      restartCount: 4,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 1m20s restarting failed container=api' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    },
    'crash-loop',
    'it ended with exit code 1 and was started 5 times',
  ],
  [
    'has just ended for the first time',
    { restartCount: 0, state: { terminated: { exitCode: 2, reason: 'Error', message: 'no DATABASE_URL' } } },
    'crash-loop',
    'it ended with exit code 2: no DATABASE_URL',
  ],
  [
    'ended before and runs now',
    { restartCount: 1, state: { running: {} }, lastState: { terminated: { exitCode: 137, reason: 'Error' } } },
    'crash-loop',
    'it ended with exit code 137 and was started 2 times',
  ],
  [
    'waits after a crash that was not seen',
    { state: { waiting: { reason: 'CrashLoopBackOff' } } },
    'crash-loop',
    'it keeps ending',
  ],
  [
    'was killed for its memory, though it waits as after any crash',
    {
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    },
    'out-of-memory',
    'it used more memory than its limit and was started 4 times',
  ],
  [
    'cannot be pulled',
    { state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x": not found' } } },
    'image-pull',
    'ImagePullBackOff: Back-off pulling image "x": not found',
  ],
  ['has a wrong image name', { state: { waiting: { reason: 'InvalidImageName' } } }, 'image-pull', 'InvalidImageName'],
  [
    'refers to a secret that is missing',
    { state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } } },
    'container-config',
    'CreateContainerConfigError: secret "db" not found',
  ],
  ['is being created', { state: { waiting: { reason: 'ContainerCreating' } } }, 'never-ready', 'ContainersNotReady'],
  [
    'has a reason that is a word of JavaScript',
    { state: { waiting: { reason: 'constructor' } } },
    'never-ready',
    'ContainersNotReady',
  ],
];

describe('why a pod does not run', () => {
  it.each(states)('when its container %s', (_, container, expected, message) => {
    expect(causesOf(workload(brokenStatus(container)), [])).toEqual([
      { class: expected, workload: 'deployment/web', pod: 'web-1-0', container: 'api', message, pods: 1 },
    ]);
  });

  it('when an init container fails, though the others only wait', () => {
    const status = {
      ...brokenStatus({ state: { waiting: { reason: 'PodInitializing' } } }, 'Pending'),
      initContainerStatuses: [
        { name: 'wait', ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        { name: 'migrate', ready: false, restartCount: 1, state: { terminated: { exitCode: 3 } } },
      ],
    };
    expect(causesOf(workload(status), [])).toMatchObject([{ class: 'crash-loop', container: 'migrate' }]);
  });

  it('when a neighbour has crashed before and is well again, is not the neighbour', () => {
    const status = {
      ...brokenStatus({ state: { running: {} } }),
      initContainerStatuses: [
        { name: 'proxy', ready: true, restartCount: 1, lastState: { terminated: { exitCode: 1 } } },
      ],
    };
    expect(causesOf(workload(status), [])).toMatchObject([{ class: 'never-ready', container: 'api' }]);
  });

  it('when no node takes it', () => {
    const message = '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate.';
    const status = {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    };
    expect(causesOf(workload(status), [])).toMatchObject([{ class: 'unschedulable', message }]);
  });

  it('when its probe fails, in the words of the last event about that pod', () => {
    const probe = 'Readiness probe failed: HTTP probe failed with statuscode: 503';
    const warnings = [
      warning('pod-web-1-0', 'Unhealthy', 'an older one'),
      warning('pod-web-1-0', 'Unhealthy', probe),
      warning('pod-other', 'BackOff', 'of another pod'),
    ];
    expect(causesOf(workload(brokenStatus({ state: { running: {} } })), warnings)).toMatchObject([
      { class: 'never-ready', message: probe },
    ]);
  });

  it('when it was evicted', () => {
    const status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };
    expect(causesOf(workload(status), [])).toMatchObject([{ class: 'never-ready', message: status.message }]);
  });

  it('when nothing is known', () => {
    expect(causesOf(workload({}), [])).toMatchObject([{ class: 'never-ready', message: 'its phase is unknown' }]);
  });
});

describe('why a workload has no pods', () => {
  const message =
    'pods "web-1-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2';

  it('is said by its condition', () => {
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }];
    const [refused] = workloadsOf(asObjects(deployment('web', { status: { conditions } })));
    expect(causesOf(refused!, [])).toEqual([
      { class: 'pods-not-created', workload: 'deployment/web', message, pods: 0 },
    ]);
  });

  it('is said by an event where the kind has no such condition', () => {
    const [refused] = workloadsOf(asObjects(deployment('web', { kind: 'StatefulSet' })));
    expect(causesOf(refused!, [warning('deployment-web', 'FailedCreate', message)])).toMatchObject([
      { class: 'pods-not-created', message },
    ]);
  });

  it('is nothing once it has all of them', () => {
    expect(causesOf(workload(readyStatus), [warning('deployment-web', 'FailedCreate', message)])).toEqual([]);
  });
});

it('each cause is told once, with the number of its pods; ready pods have none', () => {
  const pull = brokenStatus({ state: { waiting: { reason: 'ErrImagePull' } } });
  const crash = brokenStatus({ state: { terminated: { exitCode: 1 } } });
  const causes = causesOf(workload(pull, readyStatus, crash, pull), []);
  expect(causes.map(({ class: kind, pod, pods }) => [kind, pod, pods])).toEqual([
    ['image-pull', 'web-1-0', 2],
    ['crash-loop', 'web-1-2', 1],
  ]);
});

it('every pod that is not ready is counted in exactly one cause', () => {
  const status = fc.oneof(
    fc.constant(readyStatus),
    fc.constantFrom(...states).map(([, container]) => brokenStatus(container)),
  );
  fc.assert(
    fc.property(fc.array(status, { minLength: 1, maxLength: 8 }), (statuses) => {
      const counted = causesOf(workload(...statuses), []).reduce((sum, { pods }) => sum + pods, 0);
      expect(counted).toBe(statuses.filter((one) => one !== readyStatus).length);
    }),
  );
});

import { describe, expect, it } from '@jest/globals';
import { pod } from '../../../test/support/pod.ts';
import { podStatus, type ObservedContainer, type Terminated } from './pod-status.ts';
import type { Condition, PodSpec } from './pod.ts';
import { planOf, Readiness } from './probe.ts';

const waiting: ObservedContainer = {
  state: { kind: 'waiting', reason: 'ErrImagePull', message: 'no such image' },
  restarts: 0,
  ready: false,
};
const running = (ready: boolean): ObservedContainer => ({
  state: { kind: 'running', since: 't1' },
  restarts: 0,
  ready,
});
const terminated = (exitCode: number): Terminated => ({ kind: 'terminated', exitCode, since: 't1', until: 't2' });
const ended = (exitCode: number): ObservedContainer => ({ state: terminated(exitCode), restarts: 0, ready: false });
const crashing: ObservedContainer = { ...waiting, last: terminated(1), restarts: 1 };

const status = (observed: ObservedContainer, spec: Partial<PodSpec> = {}, before: Condition[] = []) =>
  podStatus(pod({}, spec), [observed], '10.244.0.1', before, 't0', 'now') as {
    phase: string;
    conditions: Condition[];
    containerStatuses: object[];
  };

describe('the phase of a pod', () => {
  it.each<[string, ObservedContainer, PodSpec['restartPolicy'], string]>([
    ['before its first start', waiting, 'Always', 'Pending'],
    ['while it runs', running(false), 'Always', 'Running'],
    ['between two starts', crashing, 'Always', 'Running'],
    ['when it ended and starts again', ended(0), 'Always', 'Running'],
    ['when it ended well', ended(0), 'Never', 'Succeeded'],
    ['when it failed for good', ended(1), 'Never', 'Failed'],
    ['when it failed and is tried again', ended(1), 'OnFailure', 'Running'],
    ['when it ended well after tries', ended(0), 'OnFailure', 'Succeeded'],
  ])('%s', (_, observed, restartPolicy = 'Always', phase) => {
    expect(status(observed, { restartPolicy }).phase).toBe(phase);
  });
});

describe('the conditions of a pod', () => {
  const ready = (conditions: readonly Condition[]) => conditions.find(({ type }) => type === 'Ready');

  it('say when it is ready, and which container is not', () => {
    expect(ready(status(running(true)).conditions)).toEqual({
      type: 'Ready',
      status: 'True',
      lastTransitionTime: 'now',
    });
    expect(ready(status(running(false)).conditions)).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [web]',
    });
    expect(ready(status(ended(0), { restartPolicy: 'Never' }).conditions)).toMatchObject({ reason: 'PodCompleted' });
  });

  it("keep the scheduler's, and the time of what has not changed", () => {
    const scheduled: Condition = { type: 'PodScheduled', status: 'True', lastTransitionTime: 'before' };
    const wasReady: Condition = { type: 'Ready', status: 'True', lastTransitionTime: 'before' };
    const { conditions } = status(running(true), {}, [scheduled, wasReady]);
    expect(conditions).toContainEqual(scheduled);
    expect(ready(conditions)?.lastTransitionTime).toBe('before');
    expect(ready(status(running(false), {}, [wasReady]).conditions)?.lastTransitionTime).toBe('now');
  });
});

describe('the status of a container', () => {
  it('says what it does and what ran last, by digest', () => {
    expect(status({ ...crashing, digest: 'sha256:1' }).containerStatuses).toEqual([
      {
        name: 'web',
        image: '127.0.0.1:5000/app:1',
        imageID: '127.0.0.1:5000/app@sha256:1',
        ready: false,
        started: false,
        restartCount: 1,
        state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', startedAt: 't1', finishedAt: 't2' } },
      },
    ]);
  });
});

describe('readiness', () => {
  const plan = planOf({ successThreshold: 2, failureThreshold: 3, periodSeconds: 5 });
  it.each([
    ['one success is not enough', [true], false],
    ['two are', [true, true], true],
    ['two that are apart are not', [true, false, true], false],
    ['two failures are not enough to lose it', [true, true, false, false], true],
    ['three are', [true, true, false, false, false], false],
    ['a success in between counts', [true, true, false, false, true, false, false], true],
  ])('%s', (_, answers, ready) => {
    const readiness = new Readiness(plan);
    answers.forEach((answer) => readiness.take(answer));
    expect(readiness.ready).toBe(ready);
  });

  it('is asked for often until it is there', () => {
    const readiness = new Readiness(plan);
    expect(readiness.wait()).toBe(250);
    [true, true].forEach((answer) => readiness.take(answer));
    expect(readiness.wait()).toBe(5000);
  });

  it("has Kubernetes' defaults", () => {
    expect(planOf({})).toEqual({
      initialDelay: 0,
      period: 10_000,
      timeout: 1000,
      successThreshold: 1,
      failureThreshold: 3,
    });
  });
});

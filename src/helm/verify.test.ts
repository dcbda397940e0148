import { describe, expect, it } from '@jest/globals';
import {
  asObjects,
  deployment,
  digestA,
  digestB,
  pod,
  readyStatus,
  brokenStatus,
  rollout,
} from '../../test/support/cluster-objects.ts';
import { FakeRelease, manifestOf } from '../../test/support/fake-release.ts';
import { workloadsOf } from '../kubernetes/workload.ts';
import { readManifest } from './manifest.ts';
import { helmRules } from './rules.ts';
import { compare, verifyGone, verifyPods } from './verify.ts';

const { workloads: wanted } = readManifest(manifestOf(digestA));
const rule = helmRules.digestNotRunning;
const messages = (...live: Parameters<typeof workloadsOf>[0]) =>
  compare(wanted, workloadsOf(live), rule).findings.map(({ message }) => message);

describe('the pods of a release', () => {
  it('are right when each is ready with the image of the manifest', () => {
    const seen = compare(wanted, workloadsOf(rollout('web', digestA, readyStatus, readyStatus)), rule);
    expect(seen.findings).toEqual([]);
    expect(seen.pods).toHaveLength(2);
    expect(seen.table.rows[0]).toEqual(['web-1-0', 'deployment/web', 'yes', digestA]);
  });

  it('are wrong with another image, ready or not', () => {
    expect(messages(...rollout('web', digestB, readyStatus))).toEqual([
      `Pod web-1-0 runs ${digestB} as api, not ${digestA}.`,
      '0 of 1 pods are ready with the images of the release.',
    ]);
  });

  it('are wrong while one of an older version is left, though enough are right', () => {
    const old = pod('old', 'set-web-1', digestB);
    expect(messages(...rollout('web', digestA, readyStatus), ...asObjects(old))).toEqual([
      `Pod old runs ${digestB} as api, not ${digestA}.`,
    ]);
  });

  it('are too few when they are not ready, or not there', () => {
    expect(messages(...rollout('web', digestA, readyStatus, brokenStatus({})))).toEqual([
      '1 of 2 pods are ready with the images of the release.',
    ]);
    expect(messages(...asObjects(deployment('web', { spec: { replicas: 2 } })))).toEqual([
      '0 of 2 pods are ready with the images of the release.',
    ]);
    expect(messages()).toEqual(['The workload does not exist in the cluster.']);
  });

  it('may have containers that others have added, and must have every one of the release', () => {
    const own = pod('web-1-0', 'deployment-web', digestA);
    const withSidecar = {
      ...own,
      spec: { containers: [...own.spec!.containers!, { name: 'proxy', image: 'mesh:1' }] },
    };
    expect(messages(...asObjects(deployment('web'), withSidecar))).toEqual([]);
    const without = { ...own, spec: { containers: [{ name: 'other', image: digestA }] } };
    expect(messages(...asObjects(deployment('web'), without))[0]).toBe(
      `Pod web-1-0 runs nothing as api, not ${digestA}.`,
    );
  });

  it('are none when the workload is scaled to none', () => {
    const seen = compare(wanted, workloadsOf(asObjects(deployment('web', { spec: { replicas: 0 } }))), rule);
    expect(seen.findings).toEqual([]);
    expect(seen.pods).toEqual([]);
  });
});

describe('looking at the pods', () => {
  it('goes on until they are right', async () => {
    const release = new FakeRelease(digestA).deploy(digestB);
    const { clock } = release.tools;
    const late = {
      ...release.tools,
      clock: {
        ...clock,
        sleep: async (milliseconds: number) => {
          await clock.sleep(milliseconds);
          if (release.now > Date.parse('2026-11-21T14:00:03Z')) release.live = rollout('web', digestA, readyStatus);
        },
      },
    };
    expect((await verifyPods(wanted, rule, late, 15_000)).findings).toEqual([]);
    expect(release.now).toBeLessThan(Date.parse('2026-11-21T14:00:04Z'));
  });

  it('ends at its time with what is wrong', async () => {
    const release = new FakeRelease(digestA).deploy(digestB);
    expect((await verifyPods(wanted, rule, release.tools, 15_000)).findings).not.toEqual([]);
    expect(release.now).toBe(Date.parse('2026-11-21T14:00:15Z'));
  });

  it('ends at once when the step is cancelled', async () => {
    const release = new FakeRelease(digestA).deploy(digestB);
    release.cancel.abort();
    await verifyPods(wanted, rule, release.tools, 15_000);
    expect(release.now).toBe(Date.parse('2026-11-21T14:00:00Z'));
  });

  it('says when the cluster does not answer', async () => {
    const release = new FakeRelease(digestA);
    release.kubectlProblem = { reason: 'unreachable', message: 'refused' };
    expect(await verifyPods(wanted, rule, release.tools, 1000)).toMatchObject({
      findings: [{ rule: helmRules.clusterUnreachable }],
      pods: [],
    });
  });

  it('for what is gone finds what is left', async () => {
    const release = new FakeRelease(digestA).deploy(digestA);
    expect((await verifyGone(wanted, rule, release.tools, 1000)).findings).toMatchObject([
      { message: 'The workload is still there.', place: { resource: 'deployment/web' } },
    ]);
    release.live = rollout('worker', digestA, readyStatus);
    expect((await verifyGone(wanted, rule, release.tools, 1000)).findings).toEqual([]);
  });
});

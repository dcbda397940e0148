import { describe, expect, it } from '@jest/globals';
import { digestA, digestB } from '../../test/support/cluster-objects.ts';
import { FakeRelease } from '../../test/support/fake-release.ts';
import { recover } from './recover.ts';

const run = (release: FakeRelease, before = 1, target = 1) => recover({ before, target }, release.tools, 110_000);

describe('a run that was cut off', () => {
  it.each([
    ['pending-upgrade', 'the upgrade was killed'],
    ['failed', 'Helm could still record that it was cancelled'],
  ])('is taken back when the release is %s: %s', async (status) => {
    const release = new FakeRelease(digestB).deploy(digestA);
    release.record(digestB, status);
    expect(await run(release)).toEqual([
      `Revision 2 is \`${status}\`.`,
      'Revision 1 runs again: 2 pods with its images.',
    ]);
    expect(release.changes).toEqual(['rollback to 1 within 105000 ms']);
  });

  it('is taken back again when it was cut off on its way back', async () => {
    const release = new FakeRelease(digestB).deploy(digestA);
    release.record(digestB, 'failed');
    release.record(digestA, 'pending-rollback');
    await run(release);
    expect(release.changes).toEqual(['rollback to 1 within 105000 ms']);
  });

  it('is removed when it was the first install', async () => {
    const release = new FakeRelease(digestB);
    release.record(digestB, 'pending-install');
    await run(release, 0, 0);
    expect(release.changes).toEqual(['uninstall within 105000 ms']);
  });

  it.each<[string, (release: FakeRelease) => void, number, number]>([
    ['nothing was changed', () => undefined, 1, 1],
    ['it failed long before', (it) => it.record(digestB, 'failed'), 2, 1],
    ['there is no release', (it) => (it.revisions = []), 0, 0],
    ['it came to its end all the same', (it) => it.deploy(digestB), 1, 1],
    ['the revision to go back to is gone', (it) => it.record(digestB, 'failed'), 1, 9],
    [
      'another run has gone on since',
      (it) => ['failed', 'deployed', 'pending-upgrade'].forEach((status) => it.record(digestB, status)),
      1,
      1,
    ],
    ['the cluster is silent', (it) => (it.helmProblem = { reason: 'unreachable', message: 'refused' }), 1, 1],
  ])('leaves the release alone when %s', async (_, change, before, target) => {
    const release = new FakeRelease(digestB).deploy(digestA);
    change(release);
    expect(await run(release, before, target)).not.toEqual([]);
    expect(release.changes).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { digestA, digestB } from '../../test/support/cluster-objects.ts';
import { FakeRelease, manifestOf } from '../../test/support/fake-release.ts';
import { planRemoval, planRollback, planUpgrade } from './plan.ts';
import { trackValues } from './values.ts';

const chartFor = () => Promise.resolve({ path: '/w/chart', values: [] });
const [name = '', digest = ''] = digestB.split('@');
const plan = (release: FakeRelease) =>
  planUpgrade({ image: { name, digest }, track: 'stable', chartFor }, release.tools);
const rulesOf = (planned: object) =>
  'findings' in planned ? (planned.findings as { rule: { id: string } }[]).map(({ rule }) => rule.id) : [];

describe('an upgrade', () => {
  it('may go on when the chart starts the image, by digest', async () => {
    const release = new FakeRelease(digestB).deploy(digestA);
    expect(await plan(release)).toMatchObject({ plan: { history: [{ revision: 1 }], release: { revision: 2 } } });
    expect(release.changes).toEqual([]);
  });

  it.each<[string, (release: FakeRelease) => void, string[]]>([
    ['an operation is not finished', (it) => it.record(digestB, 'pending-upgrade'), ['helm/release-locked']],
    [
      'the chart starts an image by tag',
      (it) => (it.manifest = () => manifestOf(`${name}:1`)),
      ['helm/image-not-pinned', 'helm/image-not-used'],
    ],
    ['the chart starts another image', (it) => (it.manifest = () => manifestOf(digestA)), ['helm/image-not-used']],
    [
      'only a Job starts the image, whose pods come and go',
      (it) => (it.manifest = (image) => manifestOf(image).replace('Deployment', 'Job')),
      ['helm/image-not-used'],
    ],
    [
      'a workload goes elsewhere',
      (it) => (it.manifest = (image) => manifestOf(image).replace('name: web', 'name: web, namespace: prod')),
      ['helm/other-namespace'],
    ],
    [
      'a container has no image at all',
      (it) =>
        (it.manifest = (image) =>
          `${manifestOf(image)}---\nkind: Pod\nmetadata: { name: x }\nspec: { containers: [{ name: x, image: }] }\n`),
      ['helm/image-not-pinned'],
    ],
    [
      'Helm does not read the history',
      (it) => (it.helmProblem = { reason: 'failed', message: 'x' }),
      ['helm/cluster-unreachable'],
    ],
    ['the cluster refuses', (it) => (it.helmProblem = { reason: 'denied', message: 'x' }), ['helm/access-denied']],
  ])('may not when %s', async (_, change, rules) => {
    const release = new FakeRelease(digestB).deploy(digestA);
    change(release);
    expect(rulesOf(await plan(release))).toEqual(rules);
  });

  it('may not when Helm refuses the chart', async () => {
    const { tools } = new FakeRelease(digestB);
    const problem = { reason: 'failed', message: 'no such value' } as const;
    const helm = { ...tools.helm, render: () => Promise.resolve({ problem }) };
    expect(
      rulesOf(await planUpgrade({ image: { name, digest }, track: 'stable', chartFor }, { ...tools, helm })),
    ).toEqual(['helm/chart-invalid']);
  });
});

describe('a canary', () => {
  it.each<[string, (release: FakeRelease) => void, string]>([
    ['stands beside what serves', (it) => it.deploy(digestA), 'canary'],
    ['becomes the stable version where there is no release', () => undefined, 'stable'],
    ['becomes the stable version where none was ever good', (it) => it.record(digestA, 'failed'), 'stable'],
  ])('%s', async (_, change, track) => {
    const release = new FakeRelease(digestB);
    change(release);
    const tracks: string[] = [];
    const chartWith = (given: string) => {
      tracks.push(given);
      return chartFor();
    };
    const planned = await planUpgrade({ image: { name, digest }, track: 'canary', chartFor: chartWith }, release.tools);
    expect(planned).toMatchObject({ plan: { track } });
    expect(tracks).toEqual([track]);
  });
});

describe('a wanted rollback', () => {
  it('goes to the revision before', async () => {
    const release = new FakeRelease(digestB).deploy(digestA).deploy(digestB);
    expect(await planRollback(release.tools)).toMatchObject({ plan: { target: { revision: 1 } } });
  });

  it('may not when there is none, or an operation is not finished', async () => {
    const release = new FakeRelease(digestB).deploy(digestA);
    expect(rulesOf(await planRollback(release.tools))).toEqual(['helm/nothing-to-roll-back-to']);
    release.record(digestB, 'pending-rollback');
    expect(rulesOf(await planRollback(release.tools))).toEqual(['helm/release-locked']);
  });
});

describe('the removal of a candidate', () => {
  /** A release whose images are a list: what serves, then the candidate if there is one. */
  const releaseOf = (...revisions: string[]) => {
    const release = new FakeRelease(digestB);
    release.manifest = (images) =>
      images
        .split(' ')
        .map((image, index) => manifestOf(image).replace('web', index === 0 ? 'stable' : 'canary'))
        .join('---\n');
    for (const images of revisions) release.record(images, 'deployed');
    return release;
  };

  it('goes to the revision before, which only lacks the candidate', async () => {
    const release = releaseOf(digestA, `${digestA} ${digestB}`);
    expect(await planRemoval(release.tools)).toMatchObject({ plan: { target: { revision: 1 } } });
  });

  it.each([
    ['what serves is another image now', releaseOf(digestA, digestB), 'deployment/stable'],
    [
      'the revision before has another candidate',
      releaseOf(digestA, `${digestA} ${digestA}`, `${digestA} ${digestB}`),
      'deployment/canary',
    ],
  ])('may not when %s', async (_, release, resource) => {
    const planned = await planRemoval(release.tools);
    expect(planned).toMatchObject({ findings: [{ rule: { id: 'helm/no-candidate' }, place: { resource } }] });
    expect(release.changes).toEqual([]);
  });

  it('may not when there is nothing to go back to, or a revision cannot be read', async () => {
    expect(rulesOf(await planRemoval(releaseOf(digestA).tools))).toEqual(['helm/nothing-to-roll-back-to']);
    const { tools } = releaseOf(digestA, `${digestA} ${digestB}`);
    for (const unreadable of [1, 2]) {
      const problem = { reason: 'unreachable', message: 'x' } as const;
      const rendered = (revision: number) =>
        revision === unreadable ? Promise.resolve({ problem }) : tools.helm.rendered(revision);
      const helm = { ...tools.helm, rendered };
      expect(rulesOf(await planRemoval({ ...tools, helm }))).toEqual(['helm/cluster-unreachable']);
    }
  });
});

it('a stable release names its image and ends the canary; a canary says nothing about what serves', () => {
  const image = { repository: name, digest };
  expect(trackValues('stable', { name, digest })).toEqual({ image, canary: { enabled: false } });
  expect(trackValues('canary', { name, digest })).toEqual({ canary: { enabled: true, image } });
});

import { describe, expect, it } from '@jest/globals';
import { digestA, digestB } from '../../test/support/cluster-objects.ts';
import { FakeRelease, manifestOf } from '../../test/support/fake-release.ts';
import { planRemoval, planRollback, planUpgrade } from './plan.ts';
import { candidateOf, trackValues } from './values.ts';

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
    const release = new FakeRelease(track === 'canary' ? `${digestA} ${digestB}` : digestB);
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

describe('a canary leaves alone what serves', () => {
  const old = digestB.replaceAll('b', 'c');
  const planCanary = ({ tools }: FakeRelease) =>
    planUpgrade({ image: { name, digest }, track: 'canary', chartFor }, tools);
  const sidecar = (images: string, image: string): string =>
    manifestOf(images).replaceAll('containers: [', `containers: [{ name: proxy, image: '${image}' }, `);

  it.each<[string, string, string]>([
    ['beside a first one', digestA, `${digestA} ${digestB}`],
    ['in place of an earlier candidate', `${digestA} ${old}`, `${digestA} ${digestB}`],
    ['with the image that serves', digestB, `${digestB} ${digestB}`],
  ])('when its candidate stands %s', async (_, before, wanted) => {
    expect(await planCanary(new FakeRelease(wanted).deploy(before))).toMatchObject({ plan: { track: 'canary' } });
  });

  it('when candidate and stable version have the same sidecar as before', async () => {
    const release = new FakeRelease(`${digestA} ${digestB}`).deploy(digestA);
    release.manifest = (images) => sidecar(images, old);
    expect(await planCanary(release)).toMatchObject({ plan: { track: 'canary' } });
  });

  it.each<[string, string, string, string]>([
    ['an image that nobody promoted serves', digestA, `${old} ${digestB}`, `starts ${old}, and ${digestA} runs there`],
    ['the candidate itself serves', digestA, digestB, `starts ${digestB}, and ${digestA} runs there`],
    [
      'the candidate itself serves beside an earlier one',
      `${digestA} ${old}`,
      `${digestB} ${digestB}`,
      `starts ${digestB}, and ${digestA} runs there`,
    ],
  ])('and may not when %s', async (_, before, wanted, message) => {
    const release = new FakeRelease(wanted).deploy(before);
    expect(await planCanary(release)).toMatchObject({
      findings: [
        {
          rule: { id: 'helm/serving-replaced' },
          message: expect.stringContaining(message) as unknown as string,
          place: { resource: 'deployment/web' },
        },
      ],
    });
  });

  it('and may not when a sidecar changes, beside what serves or beside the candidate', async () => {
    const release = new FakeRelease(`${digestA} ${digestB}`).deploy(digestA);
    release.manifest = (images) => sidecar(images, images.includes(' ') ? old : digestA);
    expect(rulesOf(await planCanary(release))).toEqual(['helm/serving-replaced', 'helm/serving-replaced']);
  });

  it('and may not when it is not known what serves', async () => {
    const { tools } = new FakeRelease(`${digestA} ${digestB}`).deploy(digestA);
    const problem = { reason: 'unreachable', message: 'x' } as const;
    for (const question of ['rendered', 'values'] as const) {
      const helm = { ...tools.helm, [question]: () => Promise.resolve({ problem }) };
      const planned = await planUpgrade({ image: { name, digest }, track: 'canary', chartFor }, { ...tools, helm });
      expect(rulesOf(planned)).toEqual(['helm/cluster-unreachable']);
    }
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
  const releaseOf = (...revisions: string[]) => {
    const release = new FakeRelease(digestB);
    for (const images of revisions) release.record(images, 'deployed');
    return release;
  };
  const a = digestA;
  const b = digestB;
  const c = digestB.replaceAll('b', 'c');

  it.each<[string, string[], number]>([
    ['the revision before, which only lacks it', [a, `${a} ${b}`], 1],
    ['the one before an earlier candidate that nobody removed', [a, `${a} ${b}`, `${a} ${c}`], 1],
    ['the one before the same candidate, released twice', [a, `${a} ${b}`, `${a} ${b}`], 1],
    ['the one before a candidate with the image that serves', [a, `${a} ${a}`], 1],
    ['the latest of those without one', [a, a, `${a} ${b}`, `${a} ${c}`], 2],
    ['the latest whose image serves now', [b, a, `${b} ${c}`], 1],
  ])('goes to %s', async (_, revisions, revision) => {
    const release = releaseOf(...revisions);
    expect(await planRemoval(release.tools)).toMatchObject({ plan: { target: { revision } } });
    expect(release.changes).toEqual([]);
  });

  it.each<[string, string[], object]>([
    ['the release holds none', [a, a], { message: 'Revision 2, which is deployed, has none.' }],
    ['what serves is another image now', [a, `${b} ${c}`], { place: { resource: 'deployment/web' } }],
    [
      'no revision was without one',
      [`${a} ${b}`, `${a} ${c}`],
      { message: expect.stringContaining('has a candidate too') as unknown },
    ],
  ])('may not when %s', async (_, revisions, finding) => {
    const release = releaseOf(...revisions);
    const planned = await planRemoval(release.tools);
    expect(planned).toMatchObject({ findings: [{ rule: { id: 'helm/no-candidate' }, ...finding }] });
    expect(release.changes).toEqual([]);
  });

  it('may not when there is nothing to go back to, or a revision cannot be read', async () => {
    expect(rulesOf(await planRemoval(releaseOf(`${a} ${b}`).tools))).toEqual(['helm/nothing-to-roll-back-to']);
    const { tools } = releaseOf(a, `${a} ${b}`);
    const problem = { reason: 'unreachable', message: 'x' } as const;
    for (const unreadable of [1, 2])
      for (const question of ['rendered', 'values'] as const) {
        const refusing = (revision: number) =>
          revision === unreadable ? Promise.resolve({ problem }) : tools.helm[question](revision);
        const helm = { ...tools.helm, [question]: refusing };
        expect(rulesOf(await planRemoval({ ...tools, helm }))).toEqual(['helm/cluster-unreachable']);
      }
  });
});

it('a stable release names its image and ends the canary; a canary says nothing about what serves', () => {
  const image = { repository: name, digest };
  expect(trackValues('stable', { name, digest })).toEqual({ image, canary: { enabled: false } });
  expect(trackValues('canary', { name, digest })).toEqual({ canary: { enabled: true, image } });
});

it.each<[string, unknown, object | undefined]>([
  ['of a canary', trackValues('canary', { name, digest }), { name, digest }],
  ['of a stable release', trackValues('stable', { name, digest }), undefined],
  ['of a chart that knows no canary', { replicas: 2 }, undefined],
  ['of a candidate without an image', { canary: { enabled: true } }, { name: '', digest: '' }],
  ['none at all', null, undefined],
])('the values %s say whether there is a candidate', (_, values, candidate) => {
  expect(candidateOf(values)).toEqual(candidate);
});

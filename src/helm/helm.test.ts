import { describe, expect, it } from '@jest/globals';
import type { ExecOptions, ExecResult } from '../effects/effects.ts';
import { helm, type Helm } from './helm.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const chart = { path: '/w/chart', values: ['/w/a,b.yaml', '/t/values "1".json'] };
const calls: { args: readonly string[]; options: ExecOptions }[] = [];

/** A Helm whose program ends as said. */
function ending(ended: Partial<ExecResult>, signal = new AbortController().signal): Helm {
  calls.length = 0;
  return helm({
    exec: (_program, args, options = {}) => {
      calls.push({ args, options });
      return Promise.resolve({
        code: 0,
        signal: null,
        stdout: '',
        stderr: '',
        timedOut: false,
        truncated: false,
        ...ended,
      });
    },
    program: '/opt/helm',
    environment: { PATH: '/bin', KUBECONFIG: '/t/kubeconfig' },
    release: 'game',
    namespace: 'staging',
    signal,
  });
}

/** As `helm upgrade --output json` of 4.2.4 answers, cut to what is read. */
const release = {
  version: 3,
  manifest: `---\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: api, image: game@${digest} }] } } }\n`,
  chart: { metadata: { name: 'gameforge', version: '1.0.0' } },
  hooks: [
    {
      events: ['test'],
      manifest: 'kind: Pod\nmetadata: { name: test }\nspec: { containers: [{ name: t, image: test:1 }] }',
    },
    {
      events: ['pre-upgrade'],
      manifest:
        'kind: Job\nmetadata: { name: migrate }\nspec: { template: { spec: { containers: [{ name: m, image: m:1 }] } } }',
    },
  ],
};

describe('an upgrade', () => {
  it('is applied by the server over the changes of others, waits, and leaves the way back to the caller', async () => {
    await ending({ stdout: JSON.stringify(release) }).upgrade(chart, 240_000);
    expect(calls[0]?.args).toEqual([
      ...['--namespace', 'staging', 'upgrade', '--install', '--reset-then-reuse-values'],
      ...['--server-side=true', '--force-conflicts', '--wait=watcher', '--output', 'json', '--timeout', '240000ms'],
      ...['--values', '"/w/a,b.yaml"', '--values', '"/t/values ""1"".json"', 'game', '/w/chart'],
    ]);
    expect(calls[0]?.options).toMatchObject({ env: { KUBECONFIG: '/t/kubeconfig' }, timeout: 245_000 });
  });

  it('tells revision, chart and every container but those that only `helm test` starts', async () => {
    const result = await ending({ stdout: JSON.stringify(release) }).render(chart);
    expect(calls[0]?.args).toEqual(expect.arrayContaining(['--dry-run=server', '--hide-secret']));
    expect(result).toMatchObject({ value: { revision: 3, chart: 'gameforge', chartVersion: '1.0.0' } });
    const containers = 'value' in result ? result.value.rendered.containers : [];
    expect(containers.map(({ image }) => image)).toEqual([`game@${digest}`, 'm:1']);
  });

  it.each<[string, Partial<ExecResult>, string]>([
    ['is no JSON', { stdout: 'Release "game" has been upgraded.' }, 'cannot be read'],
    ['is another JSON', { stdout: '{}' }, 'cannot be read'],
    ['has a manifest that is no YAML', { stdout: JSON.stringify({ ...release, manifest: 'a: [' }) }, 'not YAML'],
    ['is too large', { stdout: JSON.stringify(release), truncated: true }, 'too large'],
  ])('whose answer %s is a problem', async (_, ended, message) => {
    expect(await ending(ended).upgrade(chart, 1000)).toMatchObject({
      problem: { reason: 'failed', message: expect.stringContaining(message) as unknown as string },
    });
  });

  it('that ends well after its time is late all the same', async () => {
    const late = { stdout: JSON.stringify(release), timedOut: true };
    expect(await ending(late).upgrade(chart, 1000)).toMatchObject({ problem: { reason: 'timeout' } });
  });
});

describe('the history', () => {
  it('is empty when there is no release', async () => {
    expect(await ending({ code: 1, stderr: 'Error: release: not found\n' }).history()).toEqual({ value: [] });
  });

  it('is what Helm lists', async () => {
    const revisions = [{ revision: 1, status: 'deployed', updated: '', chart: 'game-1.0.0', description: '' }];
    expect(await ending({ stdout: JSON.stringify(revisions) }).history()).toEqual({ value: revisions });
    expect(await ending({ stdout: '{}' }).history()).toMatchObject({ problem: { reason: 'failed' } });
  });

  it('that does not come in time is the silence of the cluster', async () => {
    const late = { code: null, signal: 'SIGTERM', timedOut: true };
    expect(await ending(late).history()).toMatchObject({ problem: { reason: 'unreachable' } });
  });
});

it('a rollback overrules others too, and an uninstall of nothing is fine', async () => {
  expect(await ending({}).rollback(2, 1000)).toEqual({ value: undefined });
  expect(calls[0]?.args).toEqual([
    ...['--namespace', 'staging', 'rollback', 'game', '2'],
    ...['--server-side=true', '--force-conflicts', '--wait=watcher', '--timeout', '1000ms'],
  ]);
  await ending({}).uninstall(1000);
  expect(calls[0]?.args).toContain('--ignore-not-found');
});

it('what a revision applied is read from its manifest', async () => {
  const result = await ending({ stdout: release.manifest }).rendered(2);
  expect(result).toMatchObject({ value: { workloads: [{ kind: 'Deployment', name: 'web' }] } });
});

it('the values of a revision are told with those of its chart', async () => {
  const result = await ending({ stdout: '{"canary":{"enabled":true}}' }).values(2);
  expect(result).toEqual({ value: { canary: { enabled: true } } });
  expect(calls[0]?.args.slice(2)).toEqual(['get', 'values', 'game', '--revision', '2', '--all', '--output', 'json']);
});

it('its version is what it prints', async () => {
  expect(await ending({ stdout: 'v4.2\n' }).version()).toBe('v4.2');
  expect(await ending({ code: 1, stderr: 'no such flag' }).version()).toBe('no such flag');
});

it('what happens after a cancel is told as cancelled', async () => {
  const cancel = new AbortController();
  cancel.abort();
  const result = await ending({ code: 1, stderr: 'Error: context canceled' }, cancel.signal).upgrade(chart, 1000);
  expect(result).toMatchObject({ problem: { reason: 'cancelled' } });
  expect(calls[0]?.options.signal).toBe(cancel.signal);
});

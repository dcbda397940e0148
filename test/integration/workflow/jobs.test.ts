import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConcurrencyGroups } from '../../../src/workflow/concurrency.ts';
import { FakeServices, pullRequestEvent, removeFolders, runYaml, temporaryFolder } from '../../support/workflow-run.ts';

afterAll(removeFolders);

/** Jobs of one step each. */
function jobs(list: Record<string, string>): string {
  const entries = Object.entries(list).map(([id, keys]) => `  ${id}: { runs-on: ubuntu-latest, ${keys} }\n`);
  return `on: [push, pull_request]\njobs:\n${entries.join('')}`;
}
const passes = 'steps: [{ run: echo }]';
const fails = 'steps: [{ run: exit 3 }]';

describe('jobs', () => {
  it('wait for what they need and get its result and outputs', async () => {
    const run = await runYaml(`
on: push
jobs:
  last:
    needs: [first, middle]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ needs.first.outputs.text }} \${{ needs.first.result }} \${{ needs.middle.result }}"
  middle:
    needs: first
    runs-on: ubuntu-latest
    steps: [{ run: exit 1 }]
  first:
    runs-on: ubuntu-latest
    outputs: { text: '\${{ steps.say.outputs.text }}!', empty: '' }
    steps:
      - id: say
        run: printf 'text<<E\\nhello\\nworld\\nE\\n' >> "$GITHUB_OUTPUT"
`);
    expect(run.job('first').outputs).toEqual({ text: 'hello\nworld!' });
    expect(run.log('last')).toContain('hello\nworld! success failure');
    expect(run.jobs.map(({ id, conclusion }) => [id, conclusion])).toEqual([
      ['last', 'success'],
      ['middle', 'failure'],
      ['first', 'success'],
    ]);
    expect(run.conclusion).toBe('failure');
  });

  it('run at the same time when none needs the other', async () => {
    // Each waits for a file that only the other one writes.
    const meet = (own: string, other: string) =>
      `steps: [{ run: 'touch "$RUNNER_TOOL_CACHE/${own}"; for i in $(seq 200); do [ -e "$RUNNER_TOOL_CACHE/${other}" ] && exit 0; sleep 0.05; done; exit 1' }]`;
    const run = await runYaml(jobs({ one: meet('a', 'b'), two: meet('b', 'a') }));
    expect(run.conclusion).toBe('success');
  });

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['all is well', { a: passes, b: `needs: a, ${passes}` }, { a: 'success', b: 'success' }, 'success'],
    ['a need failed', { a: fails, b: `needs: a, ${passes}` }, { a: 'failure', b: 'skipped' }, 'failure'],
    [
      'a need was skipped',
      { a: `if: false, ${passes}`, b: `needs: a, ${passes}` },
      { a: 'skipped', b: 'skipped' },
      'skipped',
    ],
    [
      'it wants to run anyway',
      { a: fails, b: `needs: a, if: always(), ${passes}` },
      { a: 'failure', b: 'success' },
      'failure',
    ],
    [
      'it waits for a failure',
      { a: fails, b: `needs: a, if: failure(), ${passes}` },
      { a: 'failure', b: 'success' },
      'failure',
    ],
    [
      'it waits for a failure that does not come',
      { a: passes, b: `needs: a, if: failure(), ${passes}` },
      { a: 'success', b: 'skipped' },
      'success',
    ],
    [
      'a job further back was skipped',
      { a: `if: false, ${passes}`, b: `needs: a, if: always(), ${passes}`, c: `needs: b, ${passes}` },
      { a: 'skipped', b: 'success', c: 'skipped' },
      'success',
    ],
    [
      'a job further back failed',
      { a: fails, b: `needs: a, ${passes}`, c: `needs: b, if: failure(), ${passes}` },
      { a: 'failure', b: 'skipped', c: 'success' },
      'failure',
    ],
    ['its condition cannot be evaluated', { a: `if: "fromJSON('{')", ${passes}` }, { a: 'failure' }, 'failure'],
    [
      'its condition looks at a result',
      { a: passes, b: `needs: a, if: "needs.a.result == 'success'", ${passes}` },
      { a: 'success', b: 'success' },
      'success',
    ],
    [
      'nothing of an output is empty text',
      { a: passes, b: `needs: a, if: "!vars.NONE", ${passes}` },
      { a: 'success', b: 'success' },
      'success',
    ],
  ])('end as on GitHub when %s', async (_, list, results, conclusion) => {
    const run = await runYaml(jobs(list));
    expect(Object.fromEntries(run.jobs.map(({ id, conclusion: result }) => [id, result]))).toEqual(results);
    expect(run.conclusion).toBe(conclusion);
  });

  it('have a name that may depend on the event', async () => {
    const run = await runYaml(jobs({ a: `name: "Build \${{ github.ref_name }}", ${passes}`, b: passes }));
    expect(run.jobs.map(({ name }) => name)).toEqual(['Build main', 'b']);
  });

  it('with an output that holds a secret pass it on to nobody', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'very-secret-key' }, variables: {} };
    const run = await runYaml(
      jobs({
        a: `outputs: { bad: "x\${{ secrets.KEY }}", good: fine }, ${passes}`,
        b: `needs: a, steps: [{ run: 'echo [\${{ needs.a.outputs.bad }}]' }]`,
      }),
      {},
      services,
    );
    expect(run.job('a').outputs).toEqual({ good: 'fine' });
    expect(run.step('a', 'Complete job').annotations).toEqual([
      { type: 'warning', message: "Skip output 'bad' since it may contain secret." },
    ]);
    expect(run.log('b').split('\n')).toContain('[]');
  });

  it('fail when the label of their runner is nobody’s', async () => {
    const run = await runYaml('on: push\njobs: { a: { runs-on: "${{ vars.LABEL }}", steps: [run: echo] } }\n');
    expect(run.job('a')).toMatchObject({ conclusion: 'failure' });
    expect(run.log('a')).toContain('No runner here answers to ``');
  });
});

describe('what a job gives to others', () => {
  it('fails the job when it cannot be evaluated', async () => {
    const run = await runYaml(
      jobs({ a: `outputs: { x: "\${{ fromJSON('{') }}" }, ${passes}`, b: `needs: a, ${passes}` }),
    );
    expect(run.jobs.map(({ conclusion }) => conclusion)).toEqual(['failure', 'skipped']);
    expect(run.log('a')).toContain('##[error]Fail to evaluate job outputs.');
  });

  it('is bounded', async () => {
    const script = 'printf "x=%s\\n" "$(head -c 1048576 /dev/zero | tr "\\0" x)" >> "$GITHUB_OUTPUT"';
    const run = await runYaml(
      jobs({ a: `outputs: { x: "\${{ steps.s.outputs.x }}" }, steps: [{ id: s, run: ${JSON.stringify(script)} }]` }),
    );
    expect(run.job('a')).toMatchObject({ conclusion: 'failure', outputs: {} });
    expect(run.log('a')).toContain('The outputs are larger than 1048576 bytes.');
  });
});

describe('an event', () => {
  it('that does not start the workflow is an error of whoever asked for it', async () => {
    const yaml = jobs({ a: passes }).replace('[push, pull_request]', '{ push: { branches: [dev] } }');
    const run = await runYaml(yaml);
    expect(run).toMatchObject({
      conclusion: 'startup_failure',
      problems: [
        {
          file: '.github/workflows/main.yml',
          line: 1,
          column: 7,
          message: 'The workflow does not run on push for main.',
        },
      ],
      jobs: [],
    });
    expect(run.services.registered).toEqual([]);
  });

  it('reaches the steps as context, variables and file', async () => {
    const run = await runYaml(
      `on: pull_request
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "$GITHUB_REF $GITHUB_HEAD_REF $GITHUB_BASE_REF $GITHUB_EVENT_NAME $GITHUB_SHA"
          echo "\${{ github.event.pull_request.head.ref }} \${{ github.event.number }} \${{ github.actor }}"
          grep -c '"number": 5' "$GITHUB_EVENT_PATH"
`,
      (sha) => ({ event: pullRequestEvent(sha) }),
    );
    expect(run.log('a')).toContain(`refs/pull/5/merge feature main pull_request ${run.sha}\nfeature 5 mona\n1`);
  });

  it('from a fork gives no secret, no identity and nothing to write with', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'very-secret-key' }, variables: { PLAIN: 'seen' } };
    const run = await runYaml(
      `on: pull_request
permissions: { contents: write, id-token: write, checks: read }
jobs:
  a:
    runs-on: ubuntu-latest
    env: { KEY: '\${{ secrets.KEY }}', PLAIN: '\${{ vars.PLAIN }}', TOKEN: '\${{ github.token }}' }
    steps:
      - run: echo "[$KEY] [$PLAIN] [\${#TOKEN}] [$ACTIONS_ID_TOKEN_REQUEST_URL]"
`,
      (sha) => ({ event: pullRequestEvent(sha, 'stranger/game') }),
      services,
    );
    expect(run.log('a')).toContain('[] [seen] [14] []');
    expect(services.registered[0]?.permissions).toEqual({ contents: 'read', checks: 'read' });
  });
});

describe('an environment', () => {
  const yaml = `on: push
permissions: { id-token: write }
jobs:
  a:
    runs-on: ubuntu-latest
    environment: { name: 'prod-\${{ github.ref_name }}', url: 'https://\${{ steps.s.outputs.host }}/', deployment: false }
    steps:
      - id: s
        run: echo "host=game.example" >> "$GITHUB_OUTPUT"; echo "$KEY \${{ vars.PLACE }} \${{ vars.OTHER }}" | rev
        env: { KEY: '\${{ secrets.KEY }}' }
`;

  it('brings its secrets and variables, and is told to the forge', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'of-repository' }, variables: { PLACE: 'here', OTHER: 'other' } };
    services.environments['prod-main'] = { secrets: { KEY: 'of-environment' }, variables: { PLACE: 'there' } };
    const run = await runYaml(yaml, {}, services);
    expect(run.log('a')).toContain(Array.from('of-environment there other').reverse().join(''));
    expect(run.job('a').environment).toEqual({ name: 'prod-main', url: 'https://game.example/' });
    expect(services.registered[0]).toMatchObject({
      environment: { name: 'prod-main', deployment: false },
      claims: { sub: 'repo:octo/game:environment:prod-main', environment: 'prod-main' },
    });
    expect(services.finished).toEqual([['a', { conclusion: 'success', environmentUrl: 'https://game.example/' }]]);
  });

  it.each([
    ["https://x/${{ fromJSON('{') }}", 'failure', '##[error]Failed to evaluate environment url.'],
    ['https://x/${{ steps.s.outputs.host }}?key=the-secret-key', 'success', '##[warning]Skip setting environment url'],
  ])('with the url %s gives none', async (url, conclusion, message) => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'the-secret-key' }, variables: {} };
    services.environments['prod-main'] = { secrets: {}, variables: {} };
    const run = await runYaml(
      yaml.replace('https://${{ steps.s.outputs.host }}/', url.replaceAll("'", "''")),
      {},
      services,
    );
    expect(run.log('a')).toContain(message);
    expect(services.finished).toEqual([['a', { conclusion, environmentUrl: '' }]]);
  });

  it('that does not exist fails the job before it gets a token', async () => {
    const run = await runYaml(yaml);
    expect(run.job('a').conclusion).toBe('failure');
    expect(run.log('a')).toContain('The repository octo/game has no environment `prod-main`.');
    expect(run.services.registered).toEqual([]);
  });

  it('that is closed to the job fails it with the reason', async () => {
    const services = new FakeServices();
    services.enterEnvironment = () => Promise.reject(new Error('The reviewer said no.'));
    const run = await runYaml(yaml, {}, services);
    expect(run.job('a').conclusion).toBe('failure');
    expect(run.log('a')).toContain('The reviewer said no.');
  });
});

describe('the identity of a job', () => {
  it('is offered only with id-token: write', async () => {
    const show = 'steps: [{ run: \'echo "[$ACTIONS_ID_TOKEN_REQUEST_URL] [$GITHUB_TOKEN]"\' }]';
    const run = await runYaml(jobs({ a: `permissions: { id-token: write }, ${show}`, b: show }));
    expect(run.log('a')).toContain('[http://forge.localhost:1/token] []');
    expect(run.log('b')).toContain('[] []');
  });

  it('is announced once, and ended once, whatever happens', async () => {
    const broken = `env: { X: "\${{ fromJSON('{') }}" }, ${passes}`;
    const run = await runYaml(jobs({ a: passes, b: fails, c: broken }));
    const { services } = run;
    expect(services.registered.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
    expect(services.finished.map(([id, { conclusion }]) => [id, conclusion]).sort()).toEqual([
      ['a', 'success'],
      ['b', 'failure'],
      ['c', 'failure'],
    ]);
    expect(run.job('c').conclusion).toBe('failure');
  });
});

describe('a concurrency group', () => {
  it('lets its jobs run one after the other', async () => {
    const guard =
      'concurrency: { group: g, queue: max }, steps: [{ run: \'mkdir "$RUNNER_TOOL_CACHE/lock" && sleep 0.2 && rmdir "$RUNNER_TOOL_CACHE/lock"\' }]';
    const run = await runYaml(jobs({ a: guard, b: guard, c: guard }));
    expect(run.jobs.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success']);
  });

  it('of a workflow is shared by the runs that share it: the last that waits takes the place of the one before', async () => {
    const shared = { concurrency: new ConcurrencyGroups(), toolCache: temporaryFolder() };
    const untilGo = 'echo started; until [ -e "$RUNNER_TOOL_CACHE/go" ]; do sleep 0.05; done';
    const yaml = `concurrency: release\n${jobs({ a: `steps: [{ run: ${JSON.stringify(untilGo)} }]` })}`;
    const started = Promise.withResolvers<undefined>();
    const first = runYaml(yaml, { ...shared, onLine: ({ text }) => text === 'started' && started.resolve(undefined) });
    await started.promise;
    const services = new FakeServices();
    const planned = Promise.withResolvers<undefined>();
    services.settings = () => {
      planned.resolve(undefined);
      return Promise.resolve(services.repositorySettings);
    };
    const second = runYaml(yaml, shared, services);
    await planned.promise;
    const third = runYaml(yaml, shared);
    expect(await second).toMatchObject({ conclusion: 'cancelled', jobs: [{ conclusion: 'cancelled' }] });
    writeFileSync(join(shared.toolCache, 'go'), '');
    expect((await Promise.all([first, third])).map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  });

  it('of a job that its own run holds is refused, not waited for', async () => {
    const run = await runYaml(`concurrency: G\n${jobs({ a: `concurrency: g, ${passes}` })}`);
    expect(run.conclusion).toBe('failure');
    expect(run.log('a')).toContain('It would wait for itself: the concurrency group `g` is held by what calls it.');
  });
});

import { afterAll, describe, expect, it } from '@jest/globals';
import { planTree, problemsIn, problemsOf } from '../../test/support/workflow-plan.ts';
import { removeFolders } from '../../test/support/workflow-run.ts';

afterAll(removeFolders);

/** A workflow with one job of one step; `job` and `step` are further lines, `top` further keys of the workflow. */
function workflow({ on = 'push', top = '', job = '', step = 'run: echo' }): string {
  return `on: ${on}
${top}
jobs:
  one:
    runs-on: ubuntu-latest
    ${job}
    steps:
      - ${step}
`;
}

describe('everything that is not supported is refused where it stands', () => {
  it.each([
    ['an event', workflow({ on: 'schedule' }), '1:5: The event `schedule` is not supported.'],
    ['an event in a list', workflow({ on: '[push, workflow_dispatch]' }), '1:12: The event `workflow_dispatch`'],
    ['an event with filters', workflow({ on: '{ pull_request_target: { types: [opened] } }' }), '1:7: The event'],
    ['a path filter', workflow({ on: '{ push: { paths: [a] } }' }), '1:15: `paths` in an event is not supported.'],
    ['a tag filter', workflow({ on: '{ push: { tags: [a] } }' }), '1:15: `tags` in an event is not supported.'],
    ['a branch pattern', workflow({ on: "{ push: { branches: ['v[12]'] } }" }), '1:27: In a branch pattern only'],
    ['all permissions at once', workflow({ top: 'permissions: read-all' }), '2:14: `permissions: read-all` is not'],
    [
      'a shell',
      workflow({ top: 'defaults: { run: { shell: pwsh } }' }),
      '2:27: `pwsh` is not supported here; use bash or sh.',
    ],
    ['a matrix', workflow({ job: 'strategy: { matrix: { a: [1] } }' }), '6:5: `strategy` in a job is not supported.'],
    ['a container', workflow({ job: 'container: alpine' }), '6:5: `container` in a job is not supported.'],
    ['services', workflow({ job: 'services: { a: { image: b } }' }), '6:5: `services` in a job is not supported.'],
    ['a job that may fail', workflow({ job: 'continue-on-error: true' }), '6:5: `continue-on-error` in a job is not'],
    ['a snapshot', workflow({ job: 'snapshot: a' }), '6:5: `snapshot` in a job is not supported.'],
    ['a label', workflow({}).replace('ubuntu-latest', 'macos-15'), '5:14: No runner here answers to `macos-15`.'],
    ['a runner group', workflow({}).replace('ubuntu-latest', '{ group: a }'), '5:14: A runner group is not supported'],
    ['a shell of a step', workflow({ step: '{ run: a, shell: python }' }), '8:26: `python` is not supported here'],
    [
      'half a minute',
      workflow({ job: 'timeout-minutes: 0.5' }),
      '6:22: A time limit is a whole number of minutes above 0',
    ],
    ['no minutes', workflow({ step: '{ run: a, timeout-minutes: 0 }' }), '8:36: A time limit is'],
    ['hashFiles', workflow({ step: "run: echo ${{ hashFiles('a') }}" }), '8:14: `hashFiles` is not supported'],
    ['arguments of a status function', workflow({ job: "if: success('a')" }), '6:9: Too many parameters'],
    [
      'a condition of text and expression',
      workflow({ job: "if: ${{ github.ref }} == 'x'" }),
      '6:9: A condition that mixes',
    ],
    ['an action of the checkout', workflow({ step: 'uses: ./actions/a' }), '8:15: An action by `./` is read from'],
    ['a container action', workflow({ step: 'uses: docker://alpine' }), '8:15: `docker://` is not supported'],
    [
      'an unknown action',
      workflow({ step: 'uses: a/b@v1' }),
      '8:15: There is no stand-in for the third-party action `a/b`',
    ],
    [
      'an input of a stand-in',
      workflow({ step: 'uses: actions/checkout@v5\n        with: { persist-credentials: false, token: x }' }),
      '9:45: The stand-in for actions/checkout does not honour the input `token`.',
    ],
    [
      'a value of a stand-in',
      workflow({ step: 'uses: actions/checkout@v5\n        with: { persist-credentials: true }' }),
      '9:17: The stand-in for actions/checkout honours `persist-credentials` only as `false`, not `true`.',
    ],
    [
      'a default of a stand-in',
      workflow({ step: 'uses: actions/checkout@v5' }),
      '8:15: The stand-in for actions/checkout honours `persist-credentials` only',
    ],
    [
      'a missing input of a stand-in',
      workflow({ step: 'uses: actions/upload-artifact@v6' }),
      '8:15: actions/upload-artifact needs the input `path`.',
    ],
    [
      'inherited secrets',
      'on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit\n',
      '5:14: `secrets: inherit` is not supported',
    ],
    [
      'a matrix of calls',
      'on: push\njobs:\n  a:\n    strategy: { matrix: { a: [1] } }\n    uses: ./.github/workflows/b.yml\n',
      '4:5: `strategy` in a job that calls a workflow is not supported.',
    ],
    [
      'a workflow elsewhere',
      'on: push\njobs:\n  a:\n    uses: $/workflows/b.yml\n',
      '4:11: A reusable workflow lies in .github/workflows',
    ],
    [
      'a workflow that is not there',
      'on: push\njobs:\n  a:\n    uses: $/.github/workflows/b.yml\n',
      '4:11: There is no workflow file `.github/workflows/b.yml`.',
    ],
    [
      'a repository that is not there',
      'on: push\njobs:\n  a:\n    uses: x/y/.github/workflows/b.yml@v1\n',
      '4:11: No folder is given for the repository x/y.',
    ],
  ])('%s', async (_, yaml, problem) => {
    const problems = await problemsIn(yaml);
    expect(problems.map((text) => text.slice(0, problem.length))).toContain(problem);
  });
});

describe('what is wrong is refused where it stands', () => {
  it.each([
    ['YAML', 'on: [push\njobs: {}\n', /^2:/],
    ['the schema', workflow({ job: 'stepz: 1' }), /^6:5: Unexpected value 'stepz'/],
    [
      'a key twice',
      'on: push\non: push\njobs: { a: { runs-on: ubuntu-latest, steps: [run: a] } }\n',
      /^2:1: 'on' is already defined/,
    ],
    ['an expression', workflow({ step: 'run: ${{ a.b }}' }), /^8:14: Unrecognized named-value: 'a'/],
    [
      'a context out of place',
      workflow({ top: 'env: { A: "${{ steps.a }}" }' }),
      /^2:12: Unrecognized named-value: 'steps'/,
    ],
    [
      'an unknown need',
      workflow({ job: 'needs: two' }) + '  three: { runs-on: ubuntu-latest, steps: [run: a] }\n',
      /^6:12: Job 'one' depends on unknown job 'two'/,
    ],
    ['an unknown permission', workflow({ top: 'permissions: { a: read }' }), /^2:16: Unexpected value 'a'/],
  ])('%s', async (_, yaml, problem) => {
    expect((await problemsIn(yaml))[0]).toMatch(problem);
  });

  it('all of it at once, in every file that takes part', async () => {
    const problems = await problemsOf({
      '.github/workflows/main.yml': `${workflow({ on: 'fork', job: 'container: a' })}  two:\n    uses: $/.github/workflows/b.yml\n`,
      '.github/workflows/b.yml': workflow({ on: 'workflow_call', step: 'uses: $/a' }),
      'a/action.yml': 'name: A\ndescription: d\nruns: { using: node20, main: index.js }\n',
    });
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      '.github/workflows/main.yml:1:5',
      '.github/workflows/main.yml:6:5',
      'a/action.yml:3:16',
      'a/action.yml:3:30',
    ]);
  });
});

it('a file that is called twice tells its problems once', async () => {
  const problems = await problemsOf({
    '.github/workflows/main.yml':
      'on: push\njobs:\n  a: { uses: $/.github/workflows/b.yml }\n  b: { uses: $/.github/workflows/b.yml }\n',
    '.github/workflows/b.yml': workflow({ on: 'workflow_call', job: 'container: a' }),
  });
  expect(problems).toHaveLength(1);
});

describe('names that do not exist', () => {
  const jobs = `on: { push: , workflow_call: { inputs: { size: { type: string } }, outputs: { o: { value: '$JOBS' } } } }
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: { digest: x }
    steps:
      - { id: late, run: 'echo $EARLY' }
      - { id: up, uses: actions/download-artifact@v6 }
      - run: echo $STEP
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo $JOB
`;
  it.each([
    ['JOB', 'needs.build.outputs.digets', '14:14: `needs.build` has no output `digets`. There is: digest.'],
    ['JOB', 'needs.built.result', '14:14: `needs.built` does not exist here. There is: build.'],
    ['JOB', 'inputs.sise', '14:14: `inputs.sise` does not exist here. There is: size.'],
    ['JOB', 'github.job_workflow_sha', '14:14: `github.job_workflow_sha` does not exist here.'],
    ['JOB', 'steps.late.outputs.x', '14:14: `steps.late` does not exist here. There is none.'],
    ['JOB', 'matrix.os', '14:14: `matrix` is not supported'],
    ['JOB', 'job.container.id', '14:14: `job.container` does not exist here.'],
    ['STEP', 'steps.up.outputs.path', '9:14: `steps.up` has no output `path`. There is: download-path.'],
    ['STEP', 'steps.down.outcome', '9:14: `steps.down` does not exist here. There is: late, up.'],
    ['EARLY', 'steps.late.outputs.x', '7:27: `steps.late` does not exist here. There is none.'],
    ['JOBS', 'jobs.build.outputs.digets', '1:92: `jobs.build` has no output `digets`. There is: digest.'],
  ])('in $%s: %s', async (place, expression, problem) => {
    const texts: Record<string, string> = { JOB: '', STEP: '', EARLY: '', JOBS: '', [place]: `\${{ ${expression} }}` };
    const yaml = jobs.replace(/\$(JOBS|JOB|STEP|EARLY)/g, (_, name: string) => texts[name] ?? '');
    expect((await problemsIn(yaml)).map((text) => text.slice(0, problem.length))).toEqual([problem]);
  });

  it.each([
    'needs.build.outputs.DIGEST',
    "needs['build'].result",
    'needs.*.result',
    'inputs.SIZE',
    'github.event.pull_request.anything',
    'vars.anything',
    'secrets.anything',
    'env.anything',
    'job.workflow_sha',
  ])('%s exists', async (expression) => {
    const yaml = jobs.replace('$JOB\n', `\${{ ${expression} }}\n`).replace(/\$(JOBS|STEP|EARLY)/g, '');
    expect(await problemsIn(yaml)).toEqual([]);
  });
});

const action = (runs = 'using: node24, main: index.js', more = '') =>
  `name: A\ndescription: d\ninputs:\n  size: { description: d, required: true }\n  mode: { description: d, default: a }\n${more}runs: { ${runs} }\n`;

describe('an action', () => {
  const tree = (metadata: string, inputs = 'size: 1') => ({
    '.github/workflows/main.yml': workflow({ step: `uses: $/a\n        with: { ${inputs} }` }),
    'a/action.yml': metadata,
    'a/index.js': '',
  });

  it.each([
    [
      'without metadata',
      { ...tree(action()), 'a/action.yml': undefined },
      'main.yml:8:15: There is no action in octo/game/a',
    ],
    [
      'without a file',
      tree(action('using: node24, main: dist/x.js')),
      'a/action.yml:6:30: The file `dist/x.js` does not exist. Was it built and committed?',
    ],
    [
      'of another Node',
      tree(action('using: node20, main: index.js')),
      'a/action.yml:6:16: `using: node20` is not supported',
    ],
    [
      'of steps',
      tree('name: A\ndescription: d\nruns: { using: composite, steps: [{ run: a, shell: bash }] }\n'),
      'a/action.yml:3:16: `using: composite` is not supported',
    ],
    [
      'of a container',
      tree('name: A\ndescription: d\nruns: { using: docker, image: a }\n'),
      'a/action.yml:3:16: `using: docker` is not supported',
    ],
    ['that is no action', tree('name: A\nruns: 5\n'), 'a/action.yml:2:7: Unexpected value'],
    [
      'with an unknown input',
      tree(action(), 'size: 1, sise: 2'),
      'main.yml:9:26: The action "A" has no input `sise`. Defined are: size, mode.',
    ],
    ['without a required input', tree(action(), 'mode: b'), 'main.yml:8:15: The action "A" needs the input `size`.'],
  ])('%s is refused', async (_, files, problem) => {
    const given = Object.fromEntries(Object.entries(files).filter(([, content]) => content !== undefined)) as Record<
      string,
      string
    >;
    const problems = (await problemsOf(given)).map((text) => text.replace('.github/workflows/', ''));
    expect(problems.map((text) => text.slice(0, problem.length))).toContain(problem);
  });

  it('runs from this repository, its root, and another repository', async () => {
    const { jobs } = await planTree(
      {
        '.github/workflows/main.yml': workflow({
          step: 'uses: $/a\n        with: { SIZE: 1 }\n      - uses: $/\n      - uses: Octo/Library/b@v1',
        }),
        'a/action.yml': action(),
        'a/index.js': '',
        'action.yml': 'name: Root\ndescription: d\nruns: { using: node24, main: a/index.js }\n',
      },
      {
        others: {
          'octo/library': {
            'b/action.yaml': 'name: B\ndescription: d\nruns: { using: node24, main: ../main.js }\n',
            'main.js': '',
          },
        },
      },
    );
    const [job] = jobs;
    const actions = job?.kind === 'steps' ? [...job.actions.values()] : [];
    expect(actions).toMatchObject([
      { name: 'A', repository: 'octo/game', ref: '1'.repeat(40) },
      { name: 'Root', repository: 'octo/game' },
      { name: 'B', repository: 'Octo/Library', ref: 'v1' },
    ]);
  });
});

describe('a call', () => {
  const callee = `on:
  workflow_call:
    inputs:
      name: { type: string, required: true }
      count: { type: number }
      flag: { type: boolean, default: true }
    secrets:
      key: { required: true }
      other: { required: false }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ secrets.KEY }}
`;
  const caller = (given: string) => ({
    '.github/workflows/main.yml': `on: push\njobs:\n  call:\n    uses: $/.github/workflows/b.yml\n    ${given}\n`,
    '.github/workflows/b.yml': callee,
  });

  it.each([
    ['with: { name: a, count: 5, flag: false }\n    secrets: { key: a }', []],
    ['with: { name: a, count: "${{ github.run_number }}" }\n    secrets: { KEY: a }', []],
    ['with: { name: 5 }\n    secrets: { key: a }', []],
    ['with: { name: a }', ['4:11: Secret key is required']],
    ['secrets: { key: a }', ['4:11: Input name is required']],
    ['with: { name: a, nane: b }\n    secrets: { key: a }', ['5:28: Invalid input, nane is not defined']],
    [
      'with: { name: a, count: five }\n    secrets: { key: a }',
      ["5:29: Unexpected value 'five'. The input count is a number."],
    ],
    [
      'with: { name: a, flag: "true" }\n    secrets: { key: a }',
      ["5:29: Unexpected value 'true'. The input flag is a boolean."],
    ],
    ['with: { name: a }\n    secrets: { key: a, kay: b }', ['6:29: Invalid secret, kay is not defined']],
    ['with: { name: a }\n    secrets: { key: "${{ secrets.GITHUB_TOKEN }}" }', ['6:22: A token cannot be passed on']],
    ['with: { name: "${{ github.token }}" }\n    secrets: { key: a }', ['5:20: A token cannot be passed on']],
  ])('%s is checked against what the workflow declares', async (given, expected) => {
    const problems = (await problemsOf(caller(given))).map((text) => text.replace('.github/workflows/main.yml:', ''));
    expect(problems.map((text, index) => text.slice(0, expected[index]?.length))).toEqual(expected);
  });

  it('sees only the secrets that it declares', async () => {
    const files = caller('with: { name: a }\n    secrets: { key: a }');
    const problems = await problemsOf({
      ...files,
      '.github/workflows/b.yml': callee.replace('secrets.KEY', 'secrets.KAY'),
    });
    expect(problems).toEqual([
      '.github/workflows/b.yml:14:14: `secrets.kay` does not exist here. There is: key, other, github_token.',
    ]);
  });

  it('needs a workflow that can be called', async () => {
    const files = { ...caller(''), '.github/workflows/b.yml': workflow({}) };
    expect(await problemsOf(files)).toEqual([
      '.github/workflows/main.yml:4:11: The workflow `$/.github/workflows/b.yml` cannot be called: it has no `workflow_call` trigger.',
    ]);
  });

  it('of itself is refused', async () => {
    const again = 'on: [push, workflow_call]\njobs:\n  a:\n    uses: ./.github/workflows/main.yml\n';
    expect((await problemsOf({ '.github/workflows/main.yml': again }))[0]).toContain(
      ':4:11: The workflow calls itself: .github/workflows/main.yml -> .github/workflows/main.yml.',
    );
  });

  it('nests ten levels and no more', async () => {
    const levels = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, level) => [
          `.github/workflows/${level === 0 ? 'main' : level}.yml`,
          level === count - 1
            ? workflow({ on: 'workflow_call' })
            : `on: [push, workflow_call]\njobs:\n  a:\n    uses: $/.github/workflows/${level + 1}.yml\n`,
        ]),
      );
    expect(await problemsOf(levels(10))).toEqual([]);
    expect(await problemsOf(levels(11))).toEqual([
      '.github/workflows/9.yml:4:11: Calls are nested more than 10 levels deep.',
    ]);
  });

  it('may be made fifty times and no more', async () => {
    const calls = (count: number) => ({
      '.github/workflows/main.yml': `on: push\njobs:\n${Array.from({ length: count }, (_, index) => `  a${index}: { uses: ./.github/workflows/b.yml }\n`).join('')}`,
      '.github/workflows/b.yml': workflow({ on: 'workflow_call' }),
    });
    expect(await problemsOf(calls(50))).toEqual([]);
    expect(await problemsOf(calls(51))).toEqual([
      '.github/workflows/main.yml:53:16: The run calls more than 50 workflows.',
    ]);
  });
});

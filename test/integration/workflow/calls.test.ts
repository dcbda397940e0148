import { afterAll, describe, expect, it } from '@jest/globals';
import { FakeServices, gitRepository, removeFolders, runFiles, type Tree } from '../../support/workflow-run.ts';

afterAll(removeFolders);

const main = (yaml: string): Tree => ({ '.github/workflows/main.yml': yaml });

describe('reusable workflows', () => {
  it('pass inputs down and outputs up through two levels', async () => {
    const run = await runFiles({
      ...main(`name: Release
on: push
env: { ONLY_HERE: x }
jobs:
  release:
    name: Ship
    uses: $/.github/workflows/release.yml
    with: { name: game, count: '\${{ github.run_attempt == 1 && 3 || 4 }}', flag: '\${{ github.ref_name == ''main'' }}' }
  after:
    needs: release
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "got \${{ needs.release.outputs.digest }} \${{ needs.release.result }}"' }]
`),
      '.github/workflows/release.yml': `on:
  workflow_call:
    inputs:
      name: { type: string, required: true }
      count: { type: number }
      flag: { type: boolean }
      place: { type: string, default: 'at \${{ github.ref_name }}' }
      none: { type: string }
      zero: { type: number }
    outputs:
      digest: { value: '\${{ jobs.build.outputs.digest }}!' }
jobs:
  build:
    uses: ./.github/workflows/build.yml
    with: { text: "\${{ format('{0}-{1}-{2}-{3}-{4}-{5}', inputs.name, inputs.count + 0 == 3, inputs.flag == true, inputs.place, inputs.none, inputs.zero) }}" }
`.replace('inputs.count + 0 == 3', 'inputs.count == 3'),
      '.github/workflows/build.yml': `name: Build
on:
  workflow_call:
    inputs: { text: { type: string } }
    outputs: { digest: { value: '\${{ jobs.image.outputs.digest }}' } }
jobs:
  image:
    name: Image
    runs-on: ubuntu-latest
    outputs: { digest: '\${{ steps.s.outputs.digest }}' }
    steps:
      - id: s
        run: |
          echo "digest=\${{ inputs.text }}" >> "$GITHUB_OUTPUT"
          echo "$GITHUB_WORKFLOW $GITHUB_WORKFLOW_REF [$ONLY_HERE] \${{ github.workflow }}"
          echo "\${{ job.workflow_ref }} \${{ job.workflow_repository }} \${{ job.workflow_file_path }} \${{ job.workflow_sha == github.sha }}"
`,
    });
    expect(run.conclusion).toBe('success');
    expect(run.log('after')).toContain('got game-true-true-at main--0! success');
    expect(run.jobs.map(({ id, name }) => [id, name])).toEqual([
      ['release/build/image', 'Ship / build / Image'],
      ['after', 'after'],
    ]);
    const log = run.log('release/build/image');
    expect(log).toContain('\nRelease octo/game/.github/workflows/main.yml@refs/heads/main [] Release\n');
    expect(log).toContain(
      '\nocto/game/.github/workflows/build.yml@refs/heads/main octo/game .github/workflows/build.yml true',
    );
  });

  it('of another repository are told apart from their caller', async () => {
    const library = gitRepository({
      '.github/workflows/gate.yml': `on: workflow_call
permissions: { id-token: write }
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ github.repository }} \${{ job.workflow_repository }} \${{ job.workflow_sha }}"
      - uses: $/tool
  deeper: { uses: $/.github/workflows/deeper.yml }
`,
      '.github/workflows/deeper.yml':
        'on: workflow_call\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n',
      'tool/action.yml': 'name: T\ndescription: d\nruns: { using: node24, main: main.js }\n',
      'tool/main.js':
        "console.log('tool of', process.env.GITHUB_ACTION_REPOSITORY, 'for', process.env.GITHUB_REPOSITORY);",
    });
    const { execFileSync } = await import('node:child_process');
    execFileSync('git', ['-C', library.directory, 'tag', 'v1']);
    const run = await runFiles(
      main(
        'on: push\npermissions: { id-token: write, contents: read }\njobs: { call: { uses: octo/library/.github/workflows/gate.yml@v1 } }\n',
      ),
      { repositories: { 'octo/library': { directory: library.directory } } },
    );
    expect(run.conclusion).toBe('success');
    expect(run.log('call/gate')).toContain(`\nocto/game octo/library ${library.sha}\n`);
    expect(run.log('call/gate')).toContain('tool of octo/library for octo/game');
    const [gate, deeper] = ['call/gate', 'call/deeper/a'].map((id) =>
      run.services.registered.find((job) => job.id === id),
    );
    expect(gate?.claims).toMatchObject({
      repository: 'octo/game',
      sub: 'repo:octo/game:ref:refs/heads/main',
      workflow_ref: 'octo/game/.github/workflows/main.yml@refs/heads/main',
      workflow_sha: run.sha,
      job_workflow_ref: 'octo/library/.github/workflows/gate.yml@refs/tags/v1',
      job_workflow_sha: library.sha,
    });
    expect(gate?.permissions).toEqual({ 'id-token': 'write' });
    expect(deeper?.claims.job_workflow_ref).toBe('octo/library/.github/workflows/deeper.yml@refs/tags/v1');
  });

  it('that ask for more than their caller has stop the run before it starts', async () => {
    const run = await runFiles({
      ...main('on: push\npermissions: { contents: read }\njobs:\n  call:\n    uses: $/.github/workflows/b.yml\n'),
      '.github/workflows/b.yml':
        'on: workflow_call\njobs:\n  sign:\n    permissions:\n      id-token: write\n      contents: read\n    runs-on: ubuntu-latest\n    steps: [{ run: echo }]\n',
    });
    expect(run).toMatchObject({
      conclusion: 'startup_failure',
      jobs: [],
      problems: [
        {
          file: '.github/workflows/main.yml',
          line: 4,
          column: 3,
          message:
            "Error calling workflow '$/.github/workflows/b.yml'. The nested job 'sign' is requesting 'id-token: write', but is only allowed 'id-token: none'. It asks at .github/workflows/b.yml:5:7; grant it in the calling job, or ask for less.",
        },
      ],
    });
    expect(run.services.registered).toEqual([]);
  });

  it('get the secrets that are named, and an environment’s where they declare them', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'key-of-repo', OTHER: 'other-of-repo' }, variables: { V: 'var' } };
    services.environments.prod = { secrets: { KEY: 'key-of-prod', HIDDEN: 'hidden' }, variables: { V: 'var-of-prod' } };
    const run = await runFiles(
      {
        ...main(
          'on: push\njobs:\n  call:\n    uses: $/.github/workflows/b.yml\n    secrets: { given: "${{ secrets.OTHER }}", empty: "${{ secrets.NONE }}" }\n',
        ),
        '.github/workflows/b.yml': `on:
  workflow_call:
    secrets: { given: { required: true }, key: {}, empty: {} }
jobs:
  plain:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "$A|$B|$C|$D" | rev', env: { A: '\${{ secrets.given }}', B: '\${{ secrets.key }}', C: '\${{ secrets.empty }}', D: '\${{ toJSON(secrets) != null && vars.V }}' } }]
  prod:
    environment: prod
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "$A|$B|$C" | rev', env: { A: '\${{ secrets.key }}', B: "\${{ contains(toJSON(secrets), 'HIDDEN') }}", C: '\${{ vars.V }}' } }]
`,
      },
      {},
      services,
    );
    const reversed = (text: string) => Array.from(text).reverse().join('');
    expect(run.log('call/plain')).toContain(`\n${reversed('other-of-repo|||var')}`);
    expect(run.log('call/prod')).toContain(`\n${reversed('key-of-prod|false|var-of-prod')}`);
  });

  it('fail the calling job when an input has the wrong type at run time', async () => {
    const run = await runFiles({
      ...main(
        'on: push\njobs:\n  call:\n    uses: $/.github/workflows/b.yml\n    with: { count: "${{ github.ref }}" }\n',
      ),
      '.github/workflows/b.yml':
        'on: { workflow_call: { inputs: { count: { type: number } } } }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n',
    });
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toEqual([
      { type: 'error', message: "Unexpected value 'refs/heads/main'. The input count is a number.", job: 'call' },
    ]);
  });

  it('fail the calling job when an output cannot be evaluated', async () => {
    const run = await runFiles({
      ...main('on: push\njobs:\n  call: { uses: $/.github/workflows/b.yml }\n'),
      '.github/workflows/b.yml':
        'on: { workflow_call: { outputs: { o: { value: "${{ fromJSON(jobs.a.result) }}" } } } }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n',
    });
    expect(run.conclusion).toBe('failure');
    expect(run.jobs.map(({ id, conclusion }) => [id, conclusion])).toEqual([
      ['call/a', 'success'],
      ['call/outputs', 'failure'],
    ]);
  });

  it('give their result to what follows', async () => {
    const run = await runFiles({
      ...main(`on: push
jobs:
  bad: { uses: $/.github/workflows/b.yml, with: { code: 1 } }
  none: { if: false, uses: $/.github/workflows/b.yml, with: { code: 0 } }
  gate:
    needs: [bad, none]
    if: always()
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ join(needs.*.result) }}"' }]
  skipped: { needs: bad, uses: $/.github/workflows/b.yml, with: { code: 0 } }
`),
      '.github/workflows/b.yml':
        'on: { workflow_call: { inputs: { code: { type: number } } } }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "exit ${{ inputs.code }}" }] } }\n',
    });
    expect(run.log('gate')).toContain('\nfailure,skipped');
    expect(run.jobs.map(({ id, conclusion }) => [id, conclusion])).toEqual([
      ['bad/a', 'failure'],
      ['none', 'skipped'],
      ['gate', 'success'],
      ['skipped', 'skipped'],
    ]);
    expect(run.conclusion).toBe('failure');
  });
});

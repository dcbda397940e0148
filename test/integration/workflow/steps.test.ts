import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FakeServices, removeFolders, runYaml, type TestRun } from '../../support/workflow-run.ts';
import type { RunOptions } from '../../../src/workflow/run-context.ts';

afterAll(removeFolders);

/** Runs a job `a` with these steps; `top` and `job` are further keys. */
function runSteps(
  steps: string,
  {
    top = '',
    job = '',
    services = new FakeServices(),
    ...options
  }: { top?: string; job?: string; services?: FakeServices } & Partial<RunOptions> = {},
): Promise<TestRun> {
  const indented = steps.replace(/^/gm, '      ');
  return runYaml(
    `on: push\n${top}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    ${job}\n    steps:\n${indented}\n`,
    options,
    services,
  );
}

describe('a run step', () => {
  it.each([
    ['no shell is given', '', 'bash -e {0}', 'false | true', 'success'],
    ['bash is asked for', 'shell: bash', 'bash --noprofile --norc -e -o pipefail {0}', 'false | true', 'failure'],
    ['sh is asked for', 'shell: sh', 'sh -e {0}', 'false | true', 'success'],
    ['a command fails', '', 'bash -e {0}', 'false; true', 'failure'],
  ])('runs in the runner’s shell when %s', async (_, shell, line, script, conclusion) => {
    const run = await runSteps(`- run: ${script}\n  ${shell}`);
    expect(run.log('a')).toContain(`  shell: ${line}`);
    expect(run.conclusion).toBe(conclusion);
  });

  it('takes shell and folder from the defaults, nearest first', async () => {
    const run = await runSteps(
      '- run: mkdir -p one two\n  working-directory: .\n- run: basename "$PWD"; false | true\n- run: basename "$PWD"; false | true\n  shell: bash\n  working-directory: two',
      {
        top: 'defaults: { run: { shell: sh, working-directory: nowhere } }',
        job: 'defaults: { run: { working-directory: one } }',
      },
    );
    const steps = run.job('a').steps.slice(2, 4);
    expect(
      steps.map(({ conclusion, lines }) => [conclusion, lines.find((line) => /^(?:one|two|nowhere)$/.test(line))]),
    ).toEqual([
      ['success', 'one'],
      ['failure', 'two'],
    ]);
  });

  it('fails with an annotation of its exit code, and what follows is skipped', async () => {
    const run = await runSteps('- run: exit 7\n- run: echo after\n- run: echo sorry\n  if: failure()');
    expect(run.annotations).toEqual([{ type: 'error', message: 'Process completed with exit code 7.', job: 'a' }]);
    expect(run.job('a').steps.map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'failure',
      'skipped',
      'success',
      'success',
    ]);
  });

  it('may fail when it says so, which its outcome tells', async () => {
    const run = await runSteps(
      "- id: s\n  run: exit 1\n  continue-on-error: true\n- run: echo ${{ steps.s.outcome }} ${{ steps.s.conclusion }} ${{ job.status }}\n- run: exit 1\n  continue-on-error: ${{ github.event_name == 'pull_request' }}",
    );
    expect(run.log('a')).toContain('\nfailure success success\n');
    expect(run.job('a').steps[1]).toMatchObject({ outcome: 'failure', conclusion: 'success' });
    expect(run.conclusion).toBe('failure');
  });

  it('fails in a folder that does not exist', async () => {
    const run = await runSteps('- run: echo\n  working-directory: nowhere');
    expect(run.log('a')).toMatch(/##\[error\]The working directory `.*\/nowhere` does not exist\./);
    expect(run.conclusion).toBe('failure');
  });

  it('is named by its first line, or by its name with the values of the moment', async () => {
    const run = await runSteps(
      '- run: |\n\n    echo one\n    echo two\n- id: s\n  run: echo "x=y" >> "$GITHUB_OUTPUT"\n- name: Say ${{ steps.s.outputs.x }}\n  run: echo',
    );
    const names = run.job('a').steps.map(({ name }) => name);
    expect(names).toEqual([
      'Set up job',
      'Run echo one',
      'Run echo "x=y" >> "$GITHUB_OUTPUT"',
      'Say y',
      'Complete job',
    ]);
  });
});

describe('the environment of a step', () => {
  it('is built up from workflow, job, earlier steps and the step itself', async () => {
    const run = await runSteps(
      `- run: |
    echo "FROM_STEP=earlier" >> "$GITHUB_ENV"
    printf 'BLOCK<<E\\none\\ntwo\\nE\\nJOB=changed\\n' >> "$GITHUB_ENV"
- run: echo "$WORKFLOW $JOB $FROM_STEP $BLOCK $STEP \${{ env.STEP }} \${{ env.JOB }}"
  env: { STEP: own, FROM_STEP: '\${{ env.FROM_STEP }}!' }
- run: echo "[$STEP]"`,
      { top: 'env: { WORKFLOW: w, JOB: w }', job: 'env: { JOB: "j-${{ github.ref_name }}" }' },
    );
    expect(run.log('a')).toContain('\nw changed earlier! one\ntwo own own changed\n');
    expect(run.log('a')).toContain('\n[]');
  });

  it('holds nothing of this machine but what is needed', async () => {
    const run = await runSteps('- run: env | cut -d= -f1 | sort | tr "\\n" " "', {
      hostEnvironment: {
        PATH: process.env.PATH,
        LANG: 'C.UTF-8',
        HTTPS_PROXY: 'http://proxy',
        AWS_SECRET_ACCESS_KEY: 'leak',
        GITHUB_TOKEN: 'leak',
        CI: '1',
        HOME: '/root',
        NODE_OPTIONS: 'x',
      },
      runnerEnvironment: { SLIPWAY_TRIVY: '/bin/trivy' },
    });
    const names = run.step('a', 'Run env | cut -d= -f1 | sort | tr "\\n" " "').lines.at(-1)?.trim().split(' ');
    expect(names).toEqual([
      ...['CI', 'GITHUB_ACTION', 'GITHUB_ACTIONS', 'GITHUB_ACTION_REF', 'GITHUB_ACTION_REPOSITORY', 'GITHUB_ACTOR'],
      ...[
        'GITHUB_ACTOR_ID',
        'GITHUB_API_URL',
        'GITHUB_BASE_REF',
        'GITHUB_ENV',
        'GITHUB_EVENT_NAME',
        'GITHUB_EVENT_PATH',
      ],
      ...['GITHUB_GRAPHQL_URL', 'GITHUB_HEAD_REF', 'GITHUB_JOB', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_REF'],
      ...['GITHUB_REF_NAME', 'GITHUB_REF_PROTECTED', 'GITHUB_REF_TYPE', 'GITHUB_REPOSITORY', 'GITHUB_REPOSITORY_ID'],
      ...['GITHUB_REPOSITORY_OWNER', 'GITHUB_REPOSITORY_OWNER_ID', 'GITHUB_RETENTION_DAYS', 'GITHUB_RUN_ATTEMPT'],
      ...[
        'GITHUB_RUN_ID',
        'GITHUB_RUN_NUMBER',
        'GITHUB_SERVER_URL',
        'GITHUB_SHA',
        'GITHUB_STATE',
        'GITHUB_STEP_SUMMARY',
      ],
      ...[
        'GITHUB_TRIGGERING_ACTOR',
        'GITHUB_WORKFLOW',
        'GITHUB_WORKFLOW_REF',
        'GITHUB_WORKFLOW_SHA',
        'GITHUB_WORKSPACE',
      ],
      ...[
        'HOME',
        'HTTPS_PROXY',
        'LANG',
        'PATH',
        'PWD',
        'RUNNER_ARCH',
        'RUNNER_ENVIRONMENT',
        'RUNNER_NAME',
        'RUNNER_OS',
      ],
      ...['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'RUNNER_TRACKING_ID', 'RUNNER_WORKSPACE', 'SHLVL', 'SLIPWAY_TRIVY', '_'],
    ]);
  });

  it('cannot pretend to be another run', async () => {
    const run = await runSteps(
      '- run: echo "GITHUB_SHA=fake" >> "$GITHUB_ENV"; echo "RUNNER_TEMP=/fake" >> "$GITHUB_ENV"; echo "CI=no" >> "$GITHUB_ENV"\n- run: echo "$GITHUB_SHA $RUNNER_TEMP $CI $GITHUB_ACTIONS"',
      { top: 'env: { GITHUB_REPOSITORY: fake/fake, GITHUB_ACTIONS: "false" }' },
    );
    expect(run.log('a')).toMatch(new RegExp(`\n${run.sha} /\\S+/_temp no true`));
  });

  it('may not set NODE_OPTIONS for what follows', async () => {
    const run = await runSteps('- run: echo "node_options=--require x" >> "$GITHUB_ENV"\n- run: env');
    expect(run.annotations).toMatchObject([
      { type: 'error', message: expect.stringContaining("Can't store NODE_OPTIONS") },
    ]);
    expect(run.log('a')).not.toContain('node_options=--require x\n');
    expect(run.conclusion).toBe('success');
  });

  it('finds programs first in the folders that steps added last', async () => {
    const run = await runSteps(
      `- run: |
    for d in one two; do mkdir $d; printf '#!/bin/sh\\necho '$d > $d/greet; chmod +x $d/greet; echo "$PWD/$d" >> "$GITHUB_PATH"; done
- run: greet; echo "$PWD/one" >> "$GITHUB_PATH"
- run: greet`,
    );
    expect(
      run
        .job('a')
        .steps.slice(2, 4)
        .map(({ lines }) => lines.at(-1)),
    ).toEqual(['two', 'one']);
  });

  it('is the same for all steps of a job and another one for each job', async () => {
    const run = await runYaml(`on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps: [{ run: 'touch "$HOME/x" "$RUNNER_TEMP/x" x' }, { run: 'ls "$HOME/x" "$RUNNER_TEMP/x" x' }]
  b:
    needs: a
    runs-on: ubuntu-latest
    steps: [{ run: 'ls -A "$HOME" . | wc -w; ls "$RUNNER_TEMP"' }]
`);
    expect(run.conclusion).toBe('success');
    expect(run.log('b')).not.toMatch(/^x$/m);
  });
});

describe('the summary of a step', () => {
  it('is kept, masked', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'line-one\nline-two' }, variables: {} };
    const run = await runSteps(
      '- run: printf "# Title\\nuses %s\\n" "$KEY" >> "$GITHUB_STEP_SUMMARY"\n  env: { KEY: "${{ secrets.KEY }}" }',
      { services },
    );
    expect(run.job('a').steps[1]?.summary).toBe('# Title\nuses ***\n***\n');
  });

  it('of more than 1 MiB is dropped with an error, and the step stays green', async () => {
    const run = await runSteps(
      '- run: head -c 1048577 /dev/zero | tr "\\0" x > "$GITHUB_STEP_SUMMARY"\n- run: head -c 1048576 /dev/zero | tr "\\0" x > "$GITHUB_STEP_SUMMARY"',
    );
    expect(
      run
        .job('a')
        .steps.slice(1, 3)
        .map(({ summary, conclusion }) => [summary.length, conclusion]),
    ).toEqual([
      [0, 'success'],
      [1_048_576, 'success'],
    ]);
    expect(run.annotations).toEqual([
      {
        type: 'error',
        message: '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1025k.',
        job: 'a',
      },
    ]);
  });
});

describe('secrets', () => {
  it('are masked in the live log, the result, annotations and outputs, also those that steps register', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { KEY: 'first\nsecond-line' }, variables: {} };
    const run = await runSteps(
      `- id: s
  name: Step \${{ env.HIDDEN }}
  run: |
    echo "$KEY"
    M=made-up; M="$M-later"
    echo "::add-mask::$M"; sleep 0.1
    echo "now $M" >&2
    echo "::error file=$M.js::token $TOKEN"
    echo "out=$TOKEN" >> "$GITHUB_OUTPUT"
    printf 'sec'; sleep 0.1; printf 'ond-line\\n'
    printf second-line | base64
  env: { KEY: '\${{ secrets.KEY }}', TOKEN: '\${{ github.token }}' }
- run: '[ "\${{ steps.s.outputs.out }}" = ghs_token_of_a ]'`,
      { services, top: 'env: { HIDDEN: second-line }' },
    );
    expect(run.conclusion).toBe('success');
    const everything = JSON.stringify([run.jobs, run.printed, run.annotations]);
    for (const secret of ['first', 'second-line', 'made-up-later', 'ghs_token_of_a', 'c2Vjb25kLWxpbmU'])
      expect(everything).not.toContain(secret);
    expect(run.job('a').steps[1]).toMatchObject({ name: 'Step ***', outputs: { out: '***' } });
    expect(run.printed.some(({ text }) => text === 'now ***')).toBe(true);
  });
});

describe('the folders of a run', () => {
  it('lie where the options say', async () => {
    const run = await runSteps('- run: touch here');
    expect(existsSync(join(run.folder, 'jobs', 'a', 'game', 'game', 'here'))).toBe(true);
    const event = readFileSync(join(run.folder, 'jobs', 'a', '_temp', '_github_workflow', 'event.json'), 'utf8');
    expect(JSON.parse(event)).toMatchObject({ ref: 'refs/heads/main' });
  });
});

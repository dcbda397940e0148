import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  FakeServices,
  removeFolders,
  runFiles,
  runYaml,
  temporaryFolder,
  writeTree,
  type TestRun,
  type Tree,
} from '../support/workflow-run.ts';

afterAll(removeFolders);

/** One job `a` of these steps. */
function main(steps: string): Tree {
  return {
    '.github/workflows/main.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, '      ')}\n`,
  };
}

function action(script: string): Tree {
  return {
    'a/action.yml': 'name: A\ndescription: d\nruns: { using: node24, main: main.js, post: post.js }\n',
    'a/main.js': script,
    'a/post.js': "console.log('cleaned up');",
  };
}

describe('an action that breaks', () => {
  it.each([
    ['throws', "throw new Error('bad luck');", 'Error: bad luck'],
    ['exits', 'process.exit(5);', 'Node Action run completed with exit code 5.'],
    ['aborts', 'process.abort();', 'The process was ended by SIGABRT.'],
    ['is killed', "process.kill(process.pid, 'SIGKILL');", 'Node Action run completed with exit code 137.'],
    ['rejects', "Promise.reject(new Error('late'));", 'Error: late'],
    ['cannot be parsed', 'this is no JavaScript', 'SyntaxError'],
  ])('because it %s fails its step, and is cleaned up after', async (_, script, message) => {
    const run = await runFiles({ ...main('- uses: $/a\n- run: echo not reached'), ...action(script) });
    expect(run.conclusion).toBe('failure');
    expect(run.log('a')).toContain(message);
    expect(run.log('a')).toContain('cleaned up');
    expect(run.log('a')).not.toContain('not reached');
  });

  it('because its code was taken away fails its step', async () => {
    const library = temporaryFolder();
    writeTree(library, {
      'action.yml': 'name: A\ndescription: d\nruns: { using: node24, main: main.js }\n',
      'main.js': '',
    });
    const run = await runFiles(main('- run: echo now\n- uses: octo/library@v1'), {
      repositories: {
        'octo/library': { directory: library, refs: { v1: { ref: 'refs/tags/v1', sha: 'a'.repeat(40) } } },
      },
      onLine: ({ text }) => {
        if (text === 'now') rmSync(join(library, 'main.js'), { force: true });
      },
    });
    expect(run.log('a')).toMatch(/##\[error\]The file `.*main\.js` of the action does not exist\./);
    expect(run.conclusion).toBe('failure');
  });
});

describe('a step that breaks', () => {
  it.each([
    ['kills itself', 'kill -9 $$', 'Process completed with exit code 137.'],
    [
      'writes garbage as outputs',
      'echo garbage >> "$GITHUB_OUTPUT"',
      "Unable to process file command 'output' successfully. Invalid format 'garbage'",
    ],
    [
      'leaves a block open',
      'echo "a<<E" >> "$GITHUB_ENV"',
      "Unable to process file command 'env' successfully. Invalid value. Matching delimiter not found 'E'",
    ],
    [
      'fills its output file',
      'head -c 20000000 /dev/zero > "$GITHUB_OUTPUT"',
      "Unable to process file command 'output' successfully. The file is larger than 16777216 bytes.",
    ],
    [
      'puts a folder in place of its file',
      'rm "$GITHUB_OUTPUT"; mkdir "$GITHUB_OUTPUT"',
      "Unable to process file command 'output' successfully. It is no regular file any more.",
    ],
    [
      'puts a pipe in place of its file',
      'rm "$GITHUB_STEP_SUMMARY" "$GITHUB_ENV"; mkfifo "$GITHUB_STEP_SUMMARY" "$GITHUB_ENV"',
      "Unable to process file command 'step_summary' successfully. It is no regular file any more.",
    ],
    [
      'puts a device in place of its file',
      'ln -sf /dev/zero "$GITHUB_OUTPUT"',
      "Unable to process file command 'output' successfully. It is no regular file any more.",
    ],
    [
      'prints a command that is disabled',
      "echo '::set-env name=PATH::/evil'",
      'The command `set-env` is not supported.',
    ],
    ['prints an old command', "echo '##[set-output name=a]b'", 'The command `set-output` is not supported.'],
  ])('because it %s fails', async (_, script, message) => {
    const run = await runFiles(main(`- run: ${JSON.stringify(script)}\n- run: echo not reached`));
    expect(run.conclusion).toBe('failure');
    expect(run.log('a')).toContain(`##[error]${message}`);
    expect(run.job('a').steps[2]?.conclusion).toBe('skipped');
  });

  it('because it removed every folder of the job fails those that follow, not the engine', async () => {
    const run = await runFiles(
      main('- run: rm -rf "$RUNNER_TEMP" "$GITHUB_WORKSPACE" "$HOME"\n- run: echo not reached'),
    );
    expect(run.conclusion).toBe('failure');
    expect(run.services.finished).toHaveLength(1);
  });
});

describe('a step that prints', () => {
  const script = (code: string): TestRun | Promise<TestRun> => runFiles({ ...main('- uses: $/a'), ...action(code) });

  it('a line without end is cut, and the log stays bounded', async () => {
    const run = await script("process.stdout.write('y'.repeat(5e6)); process.stdout.write('\\nlast\\n');");
    const lines = run.job('a').steps[1]?.lines ?? [];
    expect(lines.at(-1)).toBe('last');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300_000);
  });

  it('bytes that are no text is shown as far as that goes', async () => {
    const run = await script('process.stdout.write(Buffer.from([0x61, 0xff, 0xfe, 0x00, 0x62, 0x0a]));');
    expect(run.job('a').steps[1]?.lines.at(-1)).toBe('a\ufffd\ufffd\u0000b');
  });

  it('what looks like commands of another step changes only its own step', async () => {
    const run = await runFiles({
      ...main('- uses: $/a\n- run: echo "[$EVIL] [$PATH]"\n- run: "echo \'::error::still heard\'"'),
      ...action(
        "console.log('::stop-commands::never-resumed-token'); console.log('::error::silenced'); console.log('x ::error::no'); console.log('::ERROR::no'); console.log('##vso[task.setvariable]x');",
      ),
    });
    expect(run.annotations).toEqual([{ type: 'error', message: 'still heard', job: 'a' }]);
    expect(run.conclusion).toBe('success');
  });

  it('a hundred thousand lines is shown in full', async () => {
    const run = await script("for (let i = 0; i < 1e5; i++) console.log('line', i);");
    expect(run.job('a').steps[1]?.lines.at(-1)).toBe('line 99999');
  });
});

describe('a forge that breaks', () => {
  const steps = 'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n';

  it('when a job is registered fails the job', async () => {
    const services = new FakeServices();
    services.registerJob = () => Promise.reject(new Error('503'));
    const run = await runYaml(steps, {}, services);
    expect(run.job('a')).toMatchObject({ conclusion: 'failure' });
    expect(run.log('a')).toContain('##[error]The job could not be set up. 503');
  });

  it('when a job ends turns the job red: nobody else knows how it ended', async () => {
    const services = new FakeServices();
    services.finishJob = () => Promise.reject(new Error('503'));
    const run = await runYaml(steps, {}, services);
    expect(run.conclusion).toBe('failure');
    expect(run.log('a')).toContain('The forge did not take the end of the job. 503');
  });
});

describe('a workflow file that breaks', () => {
  it.each([
    ['is no YAML', 'on: push\njobs: {', /^\.github\/workflows\/main\.yml:\d+:\d+: /],
    ['is empty', '', /main\.yml:1:1: /],
    ['is a list', '- a\n', /main\.yml:1:1: /],
    ['is binary', '\u0000\u0001\u0002', /main\.yml:\d+:\d+: /],
    [
      'is an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefgh')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(10)
              .fill(`*${'abcdefg'[index] ?? ''}`)
              .join(',')}]`,
        )
        .join('\n')}\non: push\n`,
      /main\.yml:\d+:\d+: /,
    ],
    ['is huge', `on: push\n#${'x'.repeat(1024 * 1024)}`, /larger than 1048576 bytes/],
  ])('because it %s starts nothing', async (_, yaml, problem) => {
    const run = await runYaml(yaml);
    expect(run.conclusion).toBe('startup_failure');
    const [first] = run.problems;
    expect(`${first?.file ?? ''}:${first?.line ?? ''}:${first?.column ?? ''}: ${first?.message ?? ''}`).toMatch(
      problem,
    );
  });

  it('is not there', async () => {
    const run = await runYaml('on: push\n', { workflow: '.github/workflows/other.yml' });
    expect(run.problems).toMatchObject([{ message: 'There is no workflow file `.github/workflows/other.yml`.' }]);
  });
});

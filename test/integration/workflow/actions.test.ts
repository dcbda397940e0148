import { afterAll, describe, expect, it } from '@jest/globals';
import {
  FakeServices,
  gitRepository,
  removeFolders,
  runFiles,
  temporaryFolder,
  writeTree,
  type Tree,
} from '../../support/workflow-run.ts';

afterAll(removeFolders);

/** An action that prints its phase, and in `main` does what `script` says. */
function action(name: string, script = '', more = ''): Tree {
  return {
    [`actions/${name}/action.yml`]: `name: ${name}
description: d
inputs:
  size: { description: d }
  my name: { description: d, default: 'by \${{ github.actor }}' }
outputs: { said: { description: d } }
runs: { using: node24, main: main.js, pre: pre.js, post: post.js${more} }
`,
    [`actions/${name}/pre.js`]: `console.log('pre ${name}');`,
    [`actions/${name}/main.js`]: `const fs = require('node:fs'); const env = process.env; console.log('main ${name}'); ${script}`,
    [`actions/${name}/post.js`]: `console.log('post ${name}', process.env.STATE_kept, process.env.INPUT_SIZE);`,
  };
}

function main(steps: string): Tree {
  return {
    '.github/workflows/main.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, '      ')}\n`,
  };
}

const save = `fs.appendFileSync(env.GITHUB_STATE, 'kept=' + env.INPUT_SIZE + '\\n');`;

describe('JavaScript actions', () => {
  it('do their pre before all steps and their post after them, in reverse order', async () => {
    const run = await runFiles({
      ...main(
        '- run: echo between\n- uses: $/actions/one\n  with: { size: 1 }\n- uses: $/actions/two\n  with: { size: 2 }',
      ),
      ...action('one', save),
      ...action('two', save),
    });
    const said = run.printed.map(({ text }) => text).filter((text) => /^(?:pre|main|post|between)/.test(text));
    expect(said).toEqual(['pre one', 'pre two', 'between', 'main one', 'main two', 'post two 2 2', 'post one 1 1']);
    expect(run.job('a').steps.map(({ name }) => name)).toEqual([
      'Set up job',
      'Pre Run $/actions/one',
      'Pre Run $/actions/two',
      'Run echo between',
      'Run $/actions/one',
      'Run $/actions/two',
      'Post Run $/actions/two',
      'Post Run $/actions/one',
      'Complete job',
    ]);
  });

  it('do their post also when they or later steps fail, and never when they were skipped', async () => {
    const quiet = (name: string, script = '') => {
      const files = action(name, script);
      return {
        ...files,
        [`actions/${name}/action.yml`]: (files[`actions/${name}/action.yml`] ?? '').replace('pre: pre.js, ', ''),
      };
    };
    const run = await runFiles({
      ...main('- uses: $/actions/one\n- uses: $/actions/two\n- uses: $/actions/three'),
      ...quiet('one'),
      ...quiet('two', 'process.exitCode = 1;'),
      ...quiet('three'),
    });
    const said = run.printed
      .map(({ text }) => text.split(' ').slice(0, 2).join(' '))
      .filter((text) => /^(?:pre|main|post)/.test(text));
    expect(said).toEqual(['main one', 'main two', 'post two', 'post one']);
    expect(run.conclusion).toBe('failure');
  });

  it('decide by pre-if and post-if, which stand for themselves', async () => {
    const run = await runFiles({
      ...main('- uses: $/actions/one\n- uses: $/actions/two\n- run: exit 1'),
      ...action('one', '', ', pre-if: "runner.os == \'Windows\'", post-if: success()'),
      ...action('two', '', ', post-if: "job.status == \'failure\'"'),
    });
    const said = run.printed
      .map(({ text }) => text.split(' ').slice(0, 2).join(' '))
      .filter((text) => /^(?:pre|main|post)/.test(text));
    expect(said).toEqual(['pre two', 'main one', 'main two', 'post two']);
  });

  it('get inputs, defaults and services, and give outputs', async () => {
    const run = await runFiles({
      ...main(
        '- id: one\n  uses: $/actions/one\n  with: { SIZE: "${{ github.run_number }}" }\n  env: { OWN: yes }\n- run: echo "${{ steps.one.outputs.said }}"\n- run: echo "[$INPUT_SIZE] [$ACTIONS_RUNTIME_URL] [$OWN]"',
      ),
      ...action(
        'one',
        `const names = ['INPUT_SIZE', 'INPUT_MY_NAME', 'ACTIONS_RUNTIME_URL', 'OWN', 'GITHUB_ACTION', 'GITHUB_ACTION_REPOSITORY', 'GITHUB_ACTION_REF'];
         fs.appendFileSync(env.GITHUB_OUTPUT, 'said=' + names.map((name) => env[name]).join('|') + '|' + process.version.split('.')[0] + '|' + (process.cwd() === env.GITHUB_WORKSPACE) + '\\n');`,
      ),
    });
    expect(run.log('a')).toMatch(
      new RegExp(
        `\n2\\|by mona\\|http://forge.localhost:1/runtime\\|yes\\|one\\|octo/game\\|${run.sha}\\|v2[4-9]\\|true`,
      ),
    );
    expect(run.log('a')).toContain('[] [] []');
    expect(JSON.stringify(run.printed)).not.toContain('runtime-token-of-a');
  });

  it('come from other repositories: from git at the ref, or as they lie where the run says so', async () => {
    const library = {
      'action.yml': 'name: L\ndescription: d\nruns: { using: node24, main: dist/index.js }\n',
      'dist/index.js': "console.log('library', __dirname);",
    };
    const committed = gitRepository(library);
    writeTree(committed.directory, { 'dist/index.js': "console.log('not committed');" });
    const lying = temporaryFolder();
    writeTree(lying, library);
    const run = await runFiles(
      main(`- uses: octo/library@main\n- uses: octo/library@${committed.sha}\n- uses: octo/lying@v1`),
      {
        repositories: {
          'octo/library': { directory: committed.directory },
          'octo/lying': { directory: lying, refs: { v1: { ref: 'refs/tags/v1', sha: 'f'.repeat(40) } } },
        },
      },
    );
    expect(run.conclusion).toBe('success');
    expect(run.log('a')).not.toContain('not committed');
    expect(run.sources).toEqual([
      { repository: 'octo/game', ref: 'refs/heads/main', sha: run.sha, asItLies: false },
      { repository: 'octo/library', ref: 'refs/heads/main', sha: committed.sha, asItLies: false },
      { repository: 'octo/library', ref: committed.sha, sha: committed.sha, asItLies: false },
      { repository: 'octo/lying', ref: 'refs/tags/v1', sha: 'f'.repeat(40), asItLies: true },
    ]);
  });

  it('of a ref that does not exist are refused', async () => {
    const { directory } = gitRepository({ 'action.yml': '' });
    const run = await runFiles(main('- uses: octo/library@v9'), { repositories: { 'octo/library': { directory } } });
    expect(run.problems).toMatchObject([
      { line: 6, column: 15, message: 'octo/library has no branch, tag or commit `v9`.' },
    ]);
  });

  it('run on the Node that is given', async () => {
    const node = temporaryFolder();
    writeTree(node, { node: '#!/bin/sh\necho "a node of mine runs $1"\n' });
    const { chmodSync } = await import('node:fs');
    chmodSync(`${node}/node`, 0o755);
    const run = await runFiles({ ...main('- uses: $/actions/one'), ...action('one') }, { node: `${node}/node` });
    expect(run.log('a')).toMatch(/a node of mine runs \/.*\/actions\/one\/main\.js/);
  });

  it('ask for the token by a default input, and only then', async () => {
    const files = action('one', "console.log('token ' + env.INPUT_TOKEN.length + ' [' + env.GITHUB_TOKEN + ']');");
    const metadata = (files['actions/one/action.yml'] ?? '').replace(
      'inputs:\n',
      "inputs:\n  token: { description: d, default: '${{ github.token }}' }\n",
    );
    const run = await runFiles(
      { ...main('- uses: $/actions/one'), ...files, 'actions/one/action.yml': metadata },
      {},
      new FakeServices(),
    );
    expect(run.log('a')).toContain('token 14 [undefined]');
  });
});

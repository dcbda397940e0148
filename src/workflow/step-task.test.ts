import { expect, it } from '@jest/globals';
import { planTree } from '../../test/support/workflow-plan.ts';
import { removeFolders } from '../../test/support/workflow-run.ts';
import { stepTasks } from './step-task.ts';

it('names steps and gives them ids as the runner does', async () => {
  const { jobs } = await planTree({
    '.github/workflows/main.yml': `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: "echo one\\necho two"
      - run: echo
      - { id: own, run: echo }
      - run: echo
      - { name: 'Load \${{ github.ref }}', uses: actions/download-artifact@v6 }
      - uses: docker/login-action@v4
        with: { username: a, password: b }
`,
  });
  removeFolders();
  const [job] = jobs;
  const tasks = job?.kind === 'steps' ? stepTasks(job, {}) : [];
  expect(tasks.map(({ main }) => [main.key, main.name])).toEqual([
    ['__run', 'Run echo one'],
    ['__run_2', 'Run echo'],
    ['own', 'Run echo'],
    ['__run_3', 'Run echo'],
    ['__actions_download_artifact', 'Load ${{ github.ref }}'],
    ['__docker_login_action', 'Run docker/login-action@v4'],
  ]);
  expect(tasks.map(({ post }) => post?.name)).toEqual([
    ...Array<undefined>(5).fill(undefined),
    'Post Run docker/login-action@v4',
  ]);
});

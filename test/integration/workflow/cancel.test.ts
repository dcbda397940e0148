import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { removeFolders, runFiles, runYaml, type Tree } from '../../support/workflow-run.ts';
import type { Times } from '../../../src/workflow/run-context.ts';

afterAll(removeFolders);

/** Much shorter than GitHub's, in the same order. */
const times: Partial<Times> = { interrupt: 300, terminate: 200, drain: 200, minute: 400, cancel: 4000 };

/** A process that ended and that nobody has waited for (state Z) is not alive. */
function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  return existsSync(status) && !readFileSync(status, 'utf8').includes(') Z ');
}

/** Cancels when a line is printed. */
function cancelOn(text: string): { cancel: AbortSignal; onLine: (line: { text: string }) => void } {
  const controller = new AbortController();
  const onLine = (line: { text: string }): void => {
    if (line.text === text) controller.abort();
  };
  return { cancel: controller.signal, onLine };
}

describe('a cancelled run', () => {
  it('stops the step with SIGINT, runs what wants to run, and ends cancelled', async () => {
    const run = await runYaml(
      `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - id: s
        run: |
          trap 'echo got SIGINT; exit 0' INT
          echo started; for i in $(seq 100); do sleep 0.1; done
      - run: echo not this
      - if: cancelled()
        run: echo cleaning after \${{ steps.s.outcome }}
      - if: always()
        run: echo always
      - if: failure()
        run: echo never
  next: { needs: a, runs-on: ubuntu-latest, steps: [{ run: echo }] }
  report: { needs: [a, next], if: always(), runs-on: ubuntu-latest, steps: [{ run: 'echo "\${{ join(needs.*.result) }}"' }] }
`,
      { times, ...cancelOn('started') },
    );
    const conclusions = run.job('a').steps.map(({ conclusion }) => conclusion);
    expect(conclusions).toEqual(['success', 'cancelled', 'skipped', 'success', 'success', 'skipped', 'success']);
    expect(run.log('a')).toContain('\ngot SIGINT\n');
    expect(run.log('a')).toContain('\ncleaning after cancelled');
    expect(run.jobs.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'skipped', 'success']);
    expect(run.log('report')).toContain('\ncancelled,skipped');
    expect(run.conclusion).toBe('cancelled');
    expect(run.services.finished.map(([id, { conclusion }]) => [id, conclusion])).toEqual([
      ['a', 'cancelled'],
      ['report', 'success'],
    ]);
  });

  it.each([
    ['ignores SIGINT gets SIGTERM', "trap 'echo no' INT; trap 'echo got SIGTERM; exit 0' TERM", 'got SIGTERM'],
    ['ignores both is killed', "trap '' INT TERM", 'The process was ended by SIGKILL.'],
  ])('a step that %s', async (_, trap, line) => {
    const run = await runYaml(
      `on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "${trap}; echo started; while true; do sleep 0.05; done" }] } }\n`,
      { times: { ...times, cancel: 600_000 }, ...cancelOn('started') },
    );
    expect(run.log('a')).toContain(`\n${line}\n`);
    expect(run.job('a').conclusion).toBe('cancelled');
  });

  it('does not stop a step that runs always, and cleans up after actions', async () => {
    const action: Tree = {
      'a/action.yml': 'name: A\ndescription: d\nruns: { using: node24, main: main.js, post: post.js }\n',
      'a/main.js': '',
      'a/post.js': "console.log('post ran');",
    };
    const run = await runFiles(
      {
        ...action,
        '.github/workflows/main.yml':
          'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ uses: $/a }, { if: always(), run: "echo started; sleep 0.6; echo finished" }] } }\n',
      },
      { times, ...cancelOn('started') },
    );
    expect(run.job('a').steps.map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'success',
      'success',
      'success',
      'success',
    ]);
    expect(run.log('a')).toMatch(/\nfinished\n(?:.*\n)*post ran/);
    expect(run.job('a').conclusion).toBe('cancelled');
  });

  it('starts no job that has not started, but those that run always', async () => {
    const run = await runYaml(
      `on: push
concurrency: { group: g }
jobs:
  a: { runs-on: ubuntu-latest, steps: [{ run: 'echo started; sleep 5' }] }
  b: { runs-on: ubuntu-latest, concurrency: b, steps: [{ run: sleep 5 }] }
  c: { runs-on: ubuntu-latest, concurrency: b, steps: [{ run: sleep 5 }] }
  d: { needs: a, if: '!cancelled()', runs-on: ubuntu-latest, steps: [{ run: echo }] }
`,
      { times, ...cancelOn('started') },
    );
    expect(run.jobs.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('is killed when cancelling takes too long', async () => {
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ if: always(), run: "echo started; sleep 20" }, { if: always(), run: echo more }] } }\n',
      { times: { ...times, cancel: 300 }, ...cancelOn('started') },
    );
    expect(run.job('a').steps.map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'cancelled',
      'skipped',
      'success',
    ]);
  });

  it('is killed at once when it is asked for', async () => {
    const kill = new AbortController();
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ if: always(), run: "echo started; sleep 20" }] }, b: { needs: a, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo here }] } }\n',
      { times, kill: kill.signal, onLine: ({ text }) => text === 'started' && kill.abort() },
    );
    expect(run.job('a').conclusion).toBe('cancelled');
    expect(run.printed.some(({ text }) => text === 'here')).toBe(false);
  });
});

describe('a time limit', () => {
  it('of a step fails the step', async () => {
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: exec sleep 20, timeout-minutes: 1 }, { if: failure(), run: echo sorry }] } }\n',
      { times },
    );
    expect(run.job('a').steps.map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'failure',
      'success',
      'success',
    ]);
    expect(run.annotations).toEqual([
      { type: 'error', message: "The action 'Run exec sleep 20' has timed out after 1 minutes.", job: 'a' },
    ]);
    expect(run.conclusion).toBe('failure');
  });

  it('of a job cancels the job', async () => {
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, timeout-minutes: 1, steps: [{ run: exec sleep 20 }, { if: always(), run: echo always }] } }\n',
      { times },
    );
    expect(run.job('a').conclusion).toBe('cancelled');
    expect(run.log('a')).toContain('\nalways\n');
    expect(run.log('a')).toContain('The job has exceeded the maximum execution time of 1 minutes.');
  });

  it('that is no number of minutes fails the step: the runner would take it for none', async () => {
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo, timeout-minutes: "${{ github.run_number == 2 && 0.5 }}" }] } }\n',
    );
    expect(run.conclusion).toBe('failure');
    expect(run.log('a')).toContain('`timeout-minutes` must be a whole number above 0, not `0.5`.');
  });
});

describe('what a job starts', () => {
  it('in the background lives on for later steps, and is gone after the job', async () => {
    const run = await runYaml(
      `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: |
          setsid sleep 300 > /dev/null 2>&1 &
          echo $! > "$RUNNER_TOOL_CACHE/detached"
          sleep 301 > /dev/null 2>&1 &
          echo $! > "$RUNNER_TOOL_CACHE/plain"
      - run: kill -0 "$(cat "$RUNNER_TOOL_CACHE/detached")" "$(cat "$RUNNER_TOOL_CACHE/plain")" && echo both alive
`,
      { times },
    );
    expect(run.log('a')).toContain('\nboth alive');
    expect(run.log('a')).toContain('Terminated orphan processes: ');
    for (const name of ['detached', 'plain'])
      expect(isAlive(Number(readFileSync(join(run.folder, 'tool-cache', name), 'utf8')))).toBe(false);
  });

  it('and holds its output open does not hold up the job', async () => {
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "sleep 300 & echo done" }] } }\n',
      { times },
    );
    expect(run.conclusion).toBe('success');
    expect(run.job('a').steps[1]?.seconds).toBeLessThan(100);
  });

  it('is gone too when the run is cancelled', async () => {
    const run = await runYaml(
      'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "sleep 300 & echo $! > $RUNNER_TOOL_CACHE/pid; echo started; wait" }] } }\n',
      { times, ...cancelOn('started') },
    );
    expect(existsSync(join(run.folder, 'tool-cache', 'pid'))).toBe(true);
    expect(isAlive(Number(readFileSync(join(run.folder, 'tool-cache', 'pid'), 'utf8')))).toBe(false);
  });
});

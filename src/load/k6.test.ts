import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import type { Exec, ExecOptions, ExecResult } from '../effects/effects.ts';
import { runK6 } from './k6.ts';
import type { LoadPlan } from './plan.ts';

const plan: LoadPlan = {
  url: 'http://shop',
  endpoints: [{ method: 'GET', path: '/', weight: 1, status: 200, headers: {} }],
  objectives: { service: 'shop', latency: { percent: 95, atMost: 300 }, good: { percent: 99 } },
  rate: 50,
  duration: 2000,
  warmUp: 1000,
  timeout: 500,
};
const result = {
  complete: true,
  milliseconds: 3000,
  dropped: 0,
  latency: 3,
  endpoints: [{ requests: 100, bad: 0, unanswered: 0, latency: 3 }],
};
const well: ExecResult = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false };

/** Runs the plan with a k6 that ends as said and leaves a file with the given text, if any. */
async function runWith(
  ended: Partial<ExecResult>,
  left: string | undefined,
): Promise<{ run: Awaited<ReturnType<typeof runK6>>; options: ExecOptions; args: readonly string[] }> {
  let seen: { args: readonly string[]; options: ExecOptions } = { args: [], options: {} };
  const exec: Exec = (_program, args, options = {}) => {
    seen = { args, options };
    return Promise.resolve({ ...well, ...ended });
  };
  const files = memoryFiles(left === undefined ? {} : { '/tmp/x/load-test-result.json': left });
  const environment = { PATH: '/bin', HTTPS_PROXY: 'http://proxy' };
  const run = await runK6(plan, '/opt/k6', {
    exec,
    files,
    temp: '/tmp/x',
    environment,
    signal: new AbortController().signal,
  });
  return { run, ...seen };
}

describe('running k6', () => {
  it('gives counts only after exit code 0 and a whole result', async () => {
    expect((await runWith({}, JSON.stringify(result))).run).toEqual({ result });
  });

  it.each<[string, Partial<ExecResult>, string | undefined, string]>([
    ['writes nothing', {}, undefined, 'wrote no result'],
    ['writes half', {}, JSON.stringify(result).slice(0, 40), 'not whole'],
    ['ends with thresholds crossed, which the script has not', { code: 99 }, JSON.stringify(result), 'exit code 99'],
    ['is interrupted, and still writes counts', { code: 105 }, JSON.stringify(result), 'a signal stopped the run'],
    ['is killed', { code: null, signal: 'SIGKILL' }, undefined, 'ended by SIGKILL'],
    ['hangs', { code: null, signal: 'SIGTERM', timedOut: true }, undefined, 'did not end in time'],
    [
      'has a broken script',
      { code: 107, stderr: 'level=info msg=x\nlevel=error msg="ReferenceError"\n' },
      undefined,
      'the script threw an exception); its last error: level=error msg="ReferenceError"',
    ],
  ])('knows nothing when k6 %s', async (_, ended, left, wanted) => {
    const { run } = await runWith(ended, left);
    expect('failed' in run && run.failed).toContain(wanted);
  });

  it('sends no usage report, opens no port, and gives k6 the time that the plan takes', async () => {
    const { args, options } = await runWith({}, undefined);
    expect(args).toEqual(expect.arrayContaining(['--no-usage-report', '--address=']));
    expect(options.env).toMatchObject({ PATH: '/bin', HTTPS_PROXY: 'http://proxy', K6_NO_USAGE_REPORT: 'true' });
    expect(options.timeout).toBeGreaterThan(3500);
  });
});

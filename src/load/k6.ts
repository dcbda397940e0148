import { join } from 'node:path';
import type { Exec, ExecResult, Files } from '../effects/effects.ts';
import { cut } from '../report/text.ts';
import type { LoadPlan } from './plan.ts';
import { graceTime, k6Script } from './script.ts';
import type { LoadResult } from './result.ts';

/** What k6 came back with: counts, or why there are none that can be trusted. */
export type LoadRun = { readonly result: LoadResult } | { readonly failed: string };

interface K6Context {
  readonly exec: Exec;
  readonly files: Files;
  /** Folder that nobody else writes to. */
  readonly temp: string;
  /** Variables that k6 may see: where it finds certificates and a proxy. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const maxResultBytes = 1024 * 1024;
/** k6 writes a line for every request without an answer; the first ones are enough. */
const maxOutputBytes = 256 * 1024;
/** Time for k6 to start its virtual users, and to end. Milliseconds. */
const startAndEndTime = 60_000;

/** Runs the plan with the k6 program at a path. */
export async function runK6(plan: LoadPlan, k6: string, context: K6Context): Promise<LoadRun> {
  const script = join(context.temp, 'load-test.js');
  const resultFile = join(context.temp, 'load-test-result.json');
  await context.files.write(script, k6Script(plan, resultFile));
  // Only handleSummary's file counts. No usage report (one is sent to stats.grafana.org by default) and no REST server
  // (1.x opens port 6565, over which anybody could stop the run). The last setting keeps 1.x and 2.x on one shape.
  const ended = await context.exec(k6, ['run', '--quiet', '--no-color', '--no-usage-report', '--address=', script], {
    env: { ...context.environment, K6_NO_USAGE_REPORT: 'true', K6_NEW_MACHINE_READABLE_SUMMARY: 'false' },
    timeout: plan.warmUp + plan.duration + plan.timeout + graceTime + startAndEndTime,
    maxOutput: maxOutputBytes,
    signal: context.signal,
  });
  if (ended.code !== 0) return { failed: endingText(ended) };
  if ((await context.files.kind(resultFile)) !== 'file') return { failed: 'k6 ended well and wrote no result' };
  const { readResult } = await import('./result.ts');
  const result = readResult(await context.files.readText(resultFile, maxResultBytes), plan.endpoints.length);
  return result === undefined ? { failed: 'the result that k6 wrote is not whole' } : { result };
}

/** k6's own exit codes (grafana/k6, errext/exitcodes/codes.go) that have something to say here. */
const exitCodes: Readonly<Record<number, string>> = {
  102: 'the end took too long',
  103: 'the run was stopped over the REST API',
  104: 'the configuration is not valid',
  105: 'a signal stopped the run',
  107: 'the script threw an exception',
  109: 'k6 itself crashed',
};

function endingText({ code, signal, timedOut, stderr }: ExecResult): string {
  const last = stderr
    .split('\n')
    .filter((line) => line.includes('level=error'))
    .at(-1);
  const said = last === undefined ? '' : `; its last error: ${cut(last, 500)}`;
  if (timedOut) return `k6 did not end in time and was stopped${said}`;
  if (code === null) return `k6 was ended by ${signal ?? 'a signal'}${said}`;
  const meaning = exitCodes[code];
  return `k6 ended with exit code ${code}${meaning === undefined ? '' : ` (${meaning})`}${said}`;
}

import type { Workshop } from '../tools/workshop.ts';
import { realClock } from './clock.ts';
import { makeExec } from './exec.ts';
import { realHttp } from './http.ts';

/**
 * This machine as a place to build and install programs: for `npm run tools`, the tests and the local run.
 * @param root root of this repository
 * @param say gets a line whenever something begins, goes on or ends
 */
export function realWorkshop(root: string, say: (line: string) => void, signal: AbortSignal): Workshop {
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { exec: makeExec(env), http: realHttp, clock: realClock, root, env, say, signal };
}

import { takeBack } from './take-back.ts';
import type { Tools } from './tools.ts';

/** What a run that was cut off has left behind for its clean-up. */
export interface Unfinished {
  /** The last revision before it; 0 when there was none. */
  readonly before: number;
  /** The revision to go back to; 0 when the release is to be removed. */
  readonly target: number;
}

/** An upgrade and its rollback are all that one run adds. */
const revisionsOfOneRun = 2;

/**
 * Takes back what a run has changed that did not come to its end.
 * @param budget milliseconds
 * @returns what was found and done, a sentence each
 */
export async function recover({ before, target }: Unfinished, tools: Tools, budget: number): Promise<string[]> {
  const history = await tools.helm.history();
  if ('problem' in history) return [`The release cannot be read, so it is left as it is: ${history.problem.message}`];
  const last = history.value.at(-1);
  if (last === undefined || last.revision <= before) return ['The release was not changed.'];
  const found = `Revision ${last.revision} is \`${last.status}\`.`;
  if (last.revision > before + revisionsOfOneRun) return [found, 'It is of another run, so it is left as it is.'];
  if (last.status === 'deployed') return [found, 'It is complete, so it is left as it is. It was not verified.'];
  const revision = history.value.find((one) => one.revision === target);
  if (target !== 0 && revision === undefined) return [found, `Revision ${target} to go back to is gone.`];
  const { findings } = await takeBack(revision, [], tools, budget);
  return [found, ...findings.map(({ message }) => message)];
}

import { stat } from 'node:fs/promises';
import { maxSummaryBytes, parsePairs, readFileCommand, type FileCommands } from './file-commands.ts';
import type { JobState } from './job-state.ts';
import type { StepLog } from './step-log.ts';

/** What the files of a step change. */
export interface FileCommandTarget {
  readonly state: JobState;
  readonly log: StepLog;
  readonly outputs: Map<string, string>;
  /** The state of an action; a run step has none. */
  readonly actionState: Map<string, string> | undefined;
}

/**
 * Takes over what a step wrote to its files. A file that cannot be understood fails the step; the others still count.
 * @returns the summary, masked
 */
export async function applyFileCommands(files: FileCommands, target: FileCommandTarget): Promise<string> {
  const { state, log, outputs, actionState } = target;
  await understood('path', log, async () => {
    for (const folder of (await readFileCommand(files.path)).split(/\r?\n/)) {
      if (folder === '') continue;
      const known = state.path.indexOf(folder);
      if (known !== -1) state.path.splice(known, 1);
      state.path.push(folder);
    }
  });
  await understood('env', log, async () => {
    for (const [name, value] of parsePairs(await readFileCommand(files.env))) {
      if (name.toUpperCase() === 'NODE_OPTIONS')
        log.annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      else state.env.set(name, value);
    }
  });
  await understood('output', log, async () => {
    for (const [name, value] of parsePairs(await readFileCommand(files.output))) outputs.set(name, value);
  });
  await understood('state', log, async () => {
    for (const [name, value] of parsePairs(await readFileCommand(files.state))) actionState?.set(name, value);
  });
  let summary = '';
  await understood('step_summary', log, async () => {
    summary = await readSummary(files.summary, target);
  });
  return summary;
}

async function understood(name: string, log: StepLog, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.fail(`Unable to process file command '${name}' successfully. ${(error as Error).message}`);
  }
}

/** As on GitHub, a summary that is too large is dropped with an error, and the step stays green. */
async function readSummary(path: string, { state, log }: FileCommandTarget): Promise<string> {
  const size = await stat(path).then(
    (status) => status.size,
    () => 0,
  );
  if (size > maxSummaryBytes) {
    const kilobytes = Math.ceil(size / 1024);
    log.annotate(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`,
    );
    return '';
  }
  // Line by line, so that a secret of several lines is masked as it is in the log.
  return state.masker.mask(
    (await readFileCommand(path))
      .split('\n')
      .map((line) => state.masker.mask(line))
      .join('\n'),
  );
}

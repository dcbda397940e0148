import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  endGroup,
  error,
  getInput,
  getState,
  info,
  notice,
  saveState,
  setOutput,
  setSecret,
  startGroup,
  warning,
} from '@actions/core';
import type { Log } from '../effects/effects.ts';
import type { Annotation } from '../report/annotations.ts';
import { safeLine } from '../report/log.ts';
import { secretForms } from '../report/mask.ts';
import { realContext } from './context.ts';
import { realFiles } from './files.ts';
import type { Host } from './host.ts';
import { Ledger } from './ledger.ts';

const emit: Record<Annotation['type'], typeof error> = { error, warning, notice };

/**
 * The host on a runner: inputs from `INPUT_*`, output through the runner's files and commands.
 * @param packaged finds files shipped with Slipway
 * @param signal aborted when the runner cancels the step
 */
export function githubHost(packaged: (path: string) => string, signal: AbortSignal): Host {
  const variables = process.env;
  const root = variables.GITHUB_WORKSPACE ?? process.cwd();
  const runnerTemp = variables.RUNNER_TEMP ?? tmpdir();
  const temp = join(runnerTemp, 'slipway', randomUUID());
  const evidenceFolder = join(temp, 'evidence');
  const ledger = new Ledger(runnerTemp);
  const mask = (secret: string): void => secretForms(secret).forEach(setSecret);
  const context = realContext(
    {
      log,
      packaged,
      root,
      temp,
      evidence: () => ledger.entries(),
      signal,
      state: new Proxy({}, { get: (_, name) => getState(String(name)) }),
      saveState,
    },
    mask,
  );
  return {
    given: (name) => getInput(name, { trimWhitespace: false }),
    mask,
    scope: { root, temp: runnerTemp, files: realFiles, packaged },
    context: () => context,
    print: (lines) => lines.forEach((line) => info(line)),
    annotate: (annotations) =>
      annotations.forEach(({ type, message, title, file, line, column }) =>
        emit[type](message, {
          title,
          ...(file !== undefined && { file }),
          ...(line !== undefined && { startLine: line }),
          ...(column !== undefined && { startColumn: column }),
        }),
      ),
    summarize: async (markdown) => {
      if (variables.GITHUB_STEP_SUMMARY) await appendFile(variables.GITHUB_STEP_SUMMARY, markdown);
    },
    write: async (name, content) => {
      await realFiles.write(join(temp, name), content);
      return join(temp, name);
    },
    writeStatement: async (name, content) => {
      await realFiles.write(join(evidenceFolder, name), content);
      await ledger.add(join(evidenceFolder, name), content);
    },
    evidenceFolder,
    setOutput,
  };
}

const log: Log = {
  info: (message) => info(safeLine(message)),
  warning: (message) => warning(message),
  group: async (heading, work) => {
    startGroup(safeLine(heading));
    try {
      return await work();
    } finally {
      endGroup();
    }
  },
};
